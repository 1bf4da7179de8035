// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ttsclient.TtsClient;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.speech.SpokenText;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.ServerWebSocket;
import io.ttsclient.testkit.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call, before a server that plays Twilio. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PhoneCallTest {
    private static final AudioFormat LINE = AudioFormat.mulaw(8_000);
    private static final Duration FRAME = Duration.ofMillis(20);

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final LoopbackServer server = LoopbackServer.start(request -> ServerAnswer.webSocket(this::receive));
    private final WebSocket socket = HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(server.webSocketUrl("/media")), new WebSocket.Listener() {})
            .join();
    private final FakeBackend backend = FakeBackend.builder("fake", LINE)
            .behaviour(Behaviour.speak().withTimings())
            .build();
    private final TtsClient tts = TtsClient.of(backend);
    private final SpeechSession session = tts.open(PhoneCall.OPTIONS);

    private void receive(ServerWebSocket from) throws IOException {
        for (ServerWebSocket.Message next = from.receive(); next != null; next = from.receive()) {
            messages.add(new ObjectMapper().readTree(next.text()));
        }
    }

    @AfterEach
    void close() {
        tts.close();
        socket.abort();
        server.close();
    }

    private PhoneCall call(VirtualTime clock) {
        return new PhoneCall(
                session, "MZ12", message -> socket.sendText(message, true).join(), clock);
    }

    private static CompletableFuture<Void> play(PhoneCall call) {
        return CompletableFuture.runAsync(() -> {
            try {
                call.play();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private JsonNode next() throws InterruptedException {
        JsonNode message = messages.poll(30, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        assertThat(message.get("streamSid").textValue()).isEqualTo("MZ12");
        return message;
    }

    @Test
    void play_aTurn_sendsItsFramesOnTheClockAndAMark() throws Exception {
        String text = "Thank you for calling.";
        var clock = VirtualTime.autoAdvancing();
        CompletableFuture<Void> playing = play(call(clock));

        session.write(text);
        session.finish();

        byte[] whole = FakeBackend.audioOf(text, LINE);
        int frames = (whole.length + 159) / 160;
        var sent = new ByteArrayOutputStream();
        JsonNode message = next();
        for (; message.get("event").textValue().equals("media"); message = next()) {
            byte[] frame = message.get("media").get("payload").binaryValue();
            assertThat(frame).hasSize(160);
            sent.writeBytes(frame);
        }
        assertThat(message.get("event").textValue()).isEqualTo("mark");
        assertThat(message.get("mark").get("name").textValue()).isEqualTo("turn-1");
        byte[] expected = Arrays.copyOf(whole, frames * 160);
        Arrays.fill(expected, whole.length, expected.length, (byte) 0xFF);
        assertThat(sent.toByteArray()).isEqualTo(expected);
        assertThat(clock.elapsed()).isEqualTo(FRAME.multipliedBy(frames - 1L));
        session.close();
        playing.join();
    }

    @Test
    void bargeIn_inTheMiddleOfATurn_clearsAndSendsNoMoreOfIt() throws Exception {
        var clock = new VirtualTime();
        PhoneCall call = call(clock);
        CompletableFuture<Void> playing = play(call);
        session.write("One two three four five.");
        session.finish();
        for (int frame = 1; frame <= 5; frame++) {
            assertThat(next().get("event").textValue()).isEqualTo("media");
            clock.awaitSleeping(1);
            if (frame < 5) {
                clock.advance(FRAME);
            }
        }

        SpokenText heard = call.bargeIn();
        clock.advance(FRAME);

        assertThat(next().get("event").textValue()).isEqualTo("clear");
        assertThat(heard.text()).isEqualTo("One two");
        session.write("Yes?");
        session.finish();
        clock.awaitSleeping(1);
        clock.advance(FRAME);
        assertThat(next().get("event").textValue()).isEqualTo("media");
        clock.awaitSleeping(1);
        session.close();
        clock.advance(FRAME);
        playing.join();
    }
}
