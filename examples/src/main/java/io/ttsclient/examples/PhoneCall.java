// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ttsclient.TtsClient;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Framer;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.error.TtsException;
import io.ttsclient.local.LocalVoice;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.speech.SpokenText;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bot on a phone call, in the shape of Twilio's Media Streams: frames of 20 ms in JSON on a WebSocket, {@code mark} behind each
 * turn, {@code clear} when the caller talks (https://www.twilio.com/docs/voice/media-streams/websocket-messages).
 *
 * <p>Frames go out when they are due and not earlier, so that the other side holds next to nothing that would have to be cleared,
 * and what was sent is about what was heard.
 */
public final class PhoneCall {
    /** How the session of a call speaks. */
    public static final SpeechOptions OPTIONS =
            SpeechOptions.builder().format(AudioFormat.mulaw(8_000)).build();

    private static final long FRAME_NANOS = Framer.TELEPHONY.toNanos();

    private final SpeechSession session;
    private final String streamSid;
    private final Consumer<String> socket;
    private final TimeSource clock;
    private long due; // when the next frame is, in nanoseconds of the clock
    private volatile long framesSent; // of this turn; written by the thread that plays

    /**
     * A call that says what is written to {@code session}.
     *
     * @param streamSid what the {@code start} message called it
     * @param socket takes the messages, one at a time
     */
    public PhoneCall(SpeechSession session, String streamSid, Consumer<String> socket, TimeSource clock) {
        this.session = session;
        this.streamSid = streamSid;
        this.socket = socket;
        this.clock = clock;
    }

    /** Plays turn after turn until the session is closed. It alone sends, so nothing overtakes a {@code clear}. */
    public void play() throws InterruptedException {
        for (int turn = 1; ; turn++) {
            try (AudioStream audio = session.audio()) {
                play(audio);
                ObjectNode mark = message("mark");
                mark.putObject("mark").put("name", "turn-" + turn);
                socket.accept(mark.toString());
            } catch (TtsException e) {
                switch (e.category()) {
                    case CANCELLED -> socket.accept(message("clear").toString()); // interrupted: on to the next turn
                    case CLOSED -> {
                        return;
                    }
                    default -> throw e;
                }
            }
        }
    }

    private void play(AudioStream audio) throws InterruptedException {
        var framer = new Framer(AudioFormat.mulaw(8_000), Framer.TELEPHONY);
        long sent = 0;
        for (AudioChunk chunk : audio) {
            framesSent = sent;
            for (ByteBuffer frame : framer.frames(chunk.bytes())) {
                awaitDue();
                if (!audio.equals(session.audio())) {
                    break; // interrupted, as the next read says
                }
                send(frame, ++sent);
            }
        }
        Optional<ByteBuffer> last = framer.finish();
        if (last.isPresent()) {
            awaitDue();
            send(last.get(), ++sent);
        }
    }

    private void awaitDue() throws InterruptedException {
        long early = due - clock.nanoTime();
        if (early > 0 && early <= FRAME_NANOS) {
            clock.sleep(Duration.ofNanos(early));
        } else {
            due = clock.nanoTime(); // the audio had to be waited for
        }
        due += FRAME_NANOS;
    }

    private void send(ByteBuffer frame, long number) {
        var bytes = new byte[frame.remaining()];
        frame.get(bytes);
        ObjectNode media = message("media");
        media.putObject("media").put("payload", Base64.getEncoder().encodeToString(bytes));
        framesSent = number;
        socket.accept(media.toString());
    }

    private ObjectNode message(String event) {
        return JsonNodeFactory.instance.objectNode().put("event", event).put("streamSid", streamSid);
    }

    /** The caller talks: silence at once, from any thread. Tells what the caller has heard. */
    public SpokenText bargeIn() {
        session.interrupt();
        return session.spokenUpTo(Framer.TELEPHONY.multipliedBy(framesSent));
    }

    /** Greets at the WebSocket that the first argument names, and hangs up when that was heard. */
    public static void main(String[] args) throws InterruptedException {
        try (TtsClient tts = TtsClient.of(LocalVoice.builtIn());
                SpeechSession session = tts.open(OPTIONS);
                TimeSource clock = TimeSource.system()) {
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(args[0]), new HangsUp(session))
                    .join();
            session.write("Thank you for calling.");
            session.finish();
            new PhoneCall(
                            session,
                            "MZ1",
                            message -> socket.sendText(message, true).join(),
                            clock)
                    .play();
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }
    }

    /** A mark comes back when all before it was played. */
    private record HangsUp(SpeechSession session) implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence message, boolean last) {
            session.close();
            return null;
        }
    }
}
