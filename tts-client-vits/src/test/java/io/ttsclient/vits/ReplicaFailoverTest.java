// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Deadline;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.AttemptTimeoutLayer;
import io.ttsclient.layer.AttemptTimeouts;
import io.ttsclient.layer.DeadlineLayer;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.vits.PiperEmulator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of two equal servers one is broken: it hangs, or answers what may be the request's fault. */
class ReplicaFailoverTest extends TwoServersFixture {
    private static final Duration FIRST_AUDIO = Duration.ofSeconds(30);
    private static final Duration STALL = Duration.ofSeconds(5);

    private final TtsBackend bounded = new AttemptTimeoutLayer(backend, new AttemptTimeouts(FIRST_AUDIO, STALL));

    ReplicaFailoverTest() {
        super(new PiperEmulator(PiperEmulator.Version.V1_5), settings -> settings.dialect(Dialect.PIPER));
    }

    private static TtsException failureOf(Category category, CompletableFuture<?> speaking) {
        return Thrown.by(category, () -> {
            try {
                speaking.join();
            } catch (CompletionException e) {
                throw e.getCause();
            }
        });
    }

    /** Speaks on another thread, up to where the first server is silent. */
    private CompletableFuture<byte[]> speakToTheSilentOne(TtsBackend layers, Synthesis synthesis) {
        var speaking = CompletableFuture.supplyAsync(() -> Emulated.speak(layers, synthesis));
        one.awaitStalled(1);
        return speaking;
    }

    private void assertLeftAloneFor(Duration aside) {
        time.advance(aside.minusMillis(1));
        speak();
        speak();
        assertThat(asked()).containsExactly(1, 2);

        time.advance(Duration.ofMillis(1));
        speak();
        speak();
        assertThat(asked()).containsExactly(2, 3);
    }

    @Test
    void stream_oneHangs_isLeftAloneForAsLongAsItKeptUsWaiting() {
        one.enqueue(ServerAnswer.silence());
        var speaking = speakToTheSilentOne(bounded, hello());

        time.advance(FIRST_AUDIO);

        failureOf(Category.TIMEOUT, speaking);
        assertLeftAloneFor(FIRST_AUDIO);
    }

    @Test
    void stream_oneStallsInTheMiddle_isLeftAlone() {
        int audible = 2_000;
        one.enqueue(ServerAnswer.of(200)
                .body(Wav.saying("Hello", AudioFormat.linear16(22_050)))
                .stallAt(44 + audible));
        try (AudioSource source = bounded.stream(hello())) {
            for (int read = 0; read < audible; ) {
                AudioChunk chunk = source.read();
                read += chunk == null ? audible : chunk.size();
            }
            time.advance(STALL); // nobody waits, so nobody is late
            var reading = CompletableFuture.supplyAsync(source::read);
            time.awaitScheduled(1);

            time.advance(STALL);

            failureOf(Category.TIMEOUT, reading);
        }
        assertLeftAloneFor(Endpoint.ASIDE);
    }

    @Test
    void stream_oneHangsUntilTheDeadline_isLeftAlone() {
        one.enqueue(ServerAnswer.silence());
        Duration timeout = Duration.ofSeconds(2);
        var speaking =
                speakToTheSilentOne(new DeadlineLayer(backend), hello().withDeadline(Deadline.after(timeout, time)));

        time.advance(timeout);

        failureOf(Category.TIMEOUT, speaking);
        assertLeftAloneFor(Endpoint.ASIDE);
    }

    @Test
    void stream_callerLeavesBeforeAnything_saysNothingAboutTheServer() {
        one.enqueue(ServerAnswer.silence());
        Synthesis synthesis = hello();
        var speaking = speakToTheSilentOne(backend, synthesis);

        synthesis.cancellation().cancel();

        failureOf(Category.CANCELLED, speaking);
        speak();
        speak();
        assertThat(asked()).containsExactly(2, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "a page"})
    void stream_oneIsBroken_theOtherSpeaksAndItIsLeftAlone(String broken) {
        one.enqueue(
                broken.equals("500")
                        ? ServerAnswer.of(500)
                        : ServerAnswer.of(200).body("<h1>Welcome</h1>"));

        speak();

        assertThat(asked()).containsExactly(1, 1);
        speak();
        speak();
        assertThat(asked()).containsExactly(1, 3);
    }

    @Test
    void stream_bothAnswer500_itIsTheTextAndNobodyIsLeftAlone() {
        one.enqueue(ServerAnswer.of(500));
        two.enqueue(ServerAnswer.of(500));

        TtsException failure = Thrown.by(Category.UNAVAILABLE, this::speak);

        assertThat(failure.retryable()).isFalse();
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(asked()).containsExactly(1, 1);
        speak();
        speak();
        assertThat(asked()).containsExactly(2, 2);
    }

    @Test
    void stream_oneAnswers500AndTheOtherIsGone_isNotAskedForAgain() {
        one.enqueue(ServerAnswer.of(500));
        two.close();

        TtsException failure = Thrown.by(Category.CONNECTION, this::speak);

        assertThat(failure.retryable()).isFalse();
        assertThat(failure.getSuppressed()[0]).hasMessageContaining("answered 500");
    }

    @Test
    void stream_500OfThree_isTakenToOneOtherOnly() {
        try (LoopbackServer three = LoopbackServer.start(request -> ServerAnswer.of(500));
                VitsServer ofThree = VitsServer.builder()
                        .baseUrls(List.of(three.url("/a"), three.url("/b"), three.url("/c")))
                        .dialect(Dialect.PIPER)
                        .time(time)
                        .build()) {
            Thrown.by(Category.UNAVAILABLE, () -> ofThree.stream(hello()));

            assertThat(three.requests()).hasSize(2);
        }
    }
}
