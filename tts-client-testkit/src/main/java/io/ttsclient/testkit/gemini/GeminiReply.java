// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.gemini;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.ServerAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the emulator does with a request that Gemini would take. Immutable: each method gives a changed copy, as in
 * {@code GeminiReply.speak().upTo(9_600).finish("OTHER")}.
 */
public final class GeminiReply {
    private static final int WRITES_PER_SECOND = 50;
    private static final int EVENT_BYTES = 9_600; // 0.2 s of the usual samples

    // Read by AnswerJson too; not changed once a reply is handed out.
    private @Nullable GeminiFailure refusal;
    private UnaryOperator<ServerAnswer> wire = UnaryOperator.identity();
    private int trickle;
    private @Nullable TimeSource time;

    int eventBytes = EVENT_BYTES;
    int mostBytes = Integer.MAX_VALUE;
    boolean wav;

    @Nullable
    String mimeType;

    @Nullable
    String finishReason = "STOP";

    @Nullable
    String blockReason;

    @Nullable
    GeminiFailure failure;

    @Nullable
    String text;

    @Nullable
    String instead;

    private GeminiReply() {}

    private GeminiReply changed(Consumer<GeminiReply> change) {
        var copy = new GeminiReply();
        copy.refusal = refusal;
        copy.wire = wire;
        copy.trickle = trickle;
        copy.time = time;
        copy.eventBytes = eventBytes;
        copy.mostBytes = mostBytes;
        copy.wav = wav;
        copy.mimeType = mimeType;
        copy.finishReason = finishReason;
        copy.blockReason = blockReason;
        copy.failure = failure;
        copy.text = text;
        copy.instead = instead;
        change.accept(copy);
        return copy;
    }

    /** Speaks: {@link GeminiEmulator#audioOf} of the transcript. */
    public static GeminiReply speak() {
        return new GeminiReply();
    }

    /** Refuses. */
    public static GeminiReply refuse(GeminiFailure failure) {
        return speak().changed(reply -> reply.refusal = failure);
    }

    /** Answers this JSON with status 200, in an event where a stream was asked for. */
    public static GeminiReply json(String object) {
        return speak().changed(reply -> reply.instead = object);
    }

    /** Blocks the prompt for this reason. */
    public static GeminiReply block(String reason) {
        return speak().changed(reply -> reply.blockReason = reason);
    }

    /** Stops speaking for another reason than {@code STOP}. */
    public GeminiReply finish(String reason) {
        return changed(reply -> reply.finishReason = reason);
    }

    /** Ends without saying why. */
    public GeminiReply withoutFinish() {
        return changed(reply -> reply.finishReason = null);
    }

    /** Speaks only as many bytes of audio. */
    public GeminiReply upTo(int bytes) {
        return changed(reply -> reply.mostBytes = bytes);
    }

    /** Has text in a part before the audio. */
    public GeminiReply text(String words) {
        return changed(reply -> reply.text = words);
    }

    /** Says in the end that it has failed. */
    public GeminiReply thenFail(GeminiFailure with) {
        return changed(reply -> {
            reply.failure = with;
            reply.finishReason = null;
        });
    }

    /** Puts the samples into a WAV, which 3.8 does where nothing else is asked for. */
    public GeminiReply wav() {
        return changed(reply -> reply.wav = true);
    }

    /** Calls the audio so, whatever it is. */
    public GeminiReply mimeType(String value) {
        return changed(reply -> reply.mimeType = value);
    }

    /** Puts as many bytes of audio into each event of a stream, but for one of 2.5, which is one event; 9600 unless set. */
    public GeminiReply eventBytes(int bytes) {
        return changed(reply -> reply.eventBytes = bytes);
    }

    /** Sends so many bytes of the answer a second, in even steps, on that clock. */
    public GeminiReply trickle(int bytesPerSecond, TimeSource clock) {
        return changed(reply -> {
            reply.trickle = bytesPerSecond;
            reply.time = clock;
        });
    }

    /** Changes how the answer goes over the wire, such as {@code answer -> answer.cutAt(700)}. */
    public GeminiReply wire(UnaryOperator<ServerAnswer> change) {
        return changed(reply -> reply.wire = change);
    }

    ServerAnswer to(GeminiRequest request) {
        if (refusal != null) {
            return wire.apply(refusal.answer());
        }
        byte[] body = new AnswerJson(this, request).write().getBytes(StandardCharsets.UTF_8);
        ServerAnswer answer = ServerAnswer.of(200)
                .header("Content-Type", request.streaming() ? "text/event-stream" : "application/json; charset=UTF-8")
                .header("X-Gemini-Service-Tier", "standard");
        return wire.apply(time == null ? answer.body(body).chunked() : answer.body(trickling(body, time)));
    }

    private ServerAnswer.BodyScript trickling(byte[] body, TimeSource clock) {
        int step = Math.max(1, trickle / WRITES_PER_SECOND);
        return out -> {
            for (int at = 0; at < body.length; at += step) {
                out.write(body, at, Math.min(step, body.length - at));
                clock.sleep(Duration.ofNanos(1_000_000_000L * step / trickle));
            }
        };
    }

    byte[] audio(GeminiRequest request, AudioFormat format) {
        byte[] all = FakeBackend.audioOf(request.transcript(), format);
        return mostBytes >= all.length ? all : Arrays.copyOf(all, mostBytes);
    }
}
