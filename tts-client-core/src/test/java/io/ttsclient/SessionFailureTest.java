// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.error.Category;
import io.ttsclient.error.DeliveredText;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechListener;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Turns that fail, and readers and users that leave. */
class SessionFailureTest extends SessionFixture {
    // --- failures

    @ParameterizedTest
    @EnumSource
    void read_failsBeforeFirstAudio_isTriedAgainWithTheTextWrittenMeanwhile(Way way) {
        FakeBackend fake = way.backend().build();
        fake.enqueue(Behaviour.fail(Category.UNAVAILABLE));
        var session = new AtomicReference<SpeechSession>();
        var betweenAttempts = new SpeechListener() {
            @Override
            public void retryScheduled(RetryScheduled event) {
                session.get().write("more of it.");
                session.get().finish();
            }
        };
        session.set(open(client(fake)
                .listener(betweenAttempts)
                .retry(RetryPolicy.defaults())
                .random(() -> 0)));
        session.get().write("Hello there. And ");

        assertThat(session.get().audio().toBytes()).isEqualTo(audioOf("Hello there. And more of it."));

        assertThat(listener.events(SpeechListener.RetryScheduled.class)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void read_writerStopsUntilTheDeadline_isATimeout(Way way) throws Exception {
        SpeechSession session = open(
                client(way.backend().build()),
                SpeechOptions.builder().timeout(Duration.ofSeconds(9)).build());
        session.write("Hello there. And ");
        AudioStream audio = session.audio();
        audio.read();
        CompletableFuture<TtsException> read =
                CompletableFuture.supplyAsync(() -> catchThrowableOfType(TtsException.class, audio::toBytes), threads);

        time.advance(Duration.ofSeconds(9));

        assertThat(on(read).category()).isEqualTo(Category.TIMEOUT);
        assertThat(on(read).timeoutPhase()).contains(TimeoutPhase.TOTAL);
    }

    @ParameterizedTest
    @EnumSource
    void write_turnHasFailed_saysSoUntilItIsFinished(Way way) {
        FakeBackend fake = way.backend().build();
        fake.enqueue(Behaviour.fail(Category.AUTHENTICATION));
        SpeechSession session = open(fake);
        session.write("Hello there. And ");
        AudioStream audio = session.audio();
        assertThat(categoryOf(audio::read)).isEqualTo(Category.AUTHENTICATION);

        assertThat(categoryOf(() -> session.write("more"))).isEqualTo(Category.AUTHENTICATION);
        session.finish();
        session.write("Again.");
        session.finish();

        assertThat(session.audio().toBytes()).isEqualTo(audioOf("Again."));
    }

    @ParameterizedTest
    @EnumSource
    void read_failsBeforeFirstAudio_isSpokenElsewhereWithAllTheText(Way way) {
        FakeBackend broken =
                way.backend().behaviour(Behaviour.fail(Category.UNAVAILABLE)).build();
        FakeBackend other = FakeBackend.builder("other", FORMAT).build();
        SpeechSession session = open(client(broken).fallback(other));
        session.write("Hello there. And ");
        AudioStream audio = session.audio();
        session.write("more of it.");
        session.finish();

        assertThat(audio.toBytes()).isEqualTo(audioOf("Hello there. And more of it."));
        assertThat(audio.report().backend()).contains("other");
    }

    @Test
    void read_failsInTheMiddle_saysWhatWasDelivered() {
        FakeBackend fake = Way.SEGMENTED.backend().build();
        fake.enqueue(Behaviour.speak());
        fake.enqueue(Behaviour.speak().failAt(3 * 320, Category.TRUNCATED));
        SpeechSession session = open(fake);
        session.write("**One** sentence of it. Another one of it. ");
        session.finish();

        TtsException failure =
                catchThrowableOfType(TtsException.class, () -> session.audio().toBytes());

        assertThat(failure.category()).isEqualTo(Category.TRUNCATED);
        assertThat(failure.deliveredText()).contains(new DeliveredText(24, 42));
        assertThat(failure.getMessage()).contains("deliveredText=24..42");
    }

    @Test
    void read_nativeBackendFailsInTheMiddle_saysWhatTheTimingsTell() {
        FakeBackend fake = Way.NATIVE
                .backend()
                .behaviour(Behaviour.speak().withTimings().failAt(5 * 320, Category.TRUNCATED))
                .build();
        SpeechSession session = open(fake);
        session.write("One two three.");
        session.finish();

        TtsException failure =
                catchThrowableOfType(TtsException.class, () -> session.audio().toBytes());

        assertThat(failure.deliveredText()).contains(new DeliveredText(3, 14));
    }

    // --- leaving

    @ParameterizedTest
    @EnumSource
    void audio_closedByItsReader_refusesTheRestOfTheTurn(Way way) {
        FakeBackend fake = way.backend().build();
        SpeechSession session = open(fake);
        session.write("Hello there. And ");
        session.audio().close();

        assertThat(categoryOf(() -> session.write("more"))).isEqualTo(Category.CANCELLED);
        session.finish();
        session.write("Next.");
        session.finish();
        assertThat(session.audio().toBytes()).isEqualTo(audioOf("Next."));
        fake.awaitReleased();
    }

    @Test
    void close_then_everythingIsClosed() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        AudioStream audio = session.audio();
        CompletableFuture<Category> waiting = CompletableFuture.supplyAsync(() -> categoryOf(audio::read), threads);

        session.close();
        session.close();
        session.interrupt();

        assertThat(on(waiting)).isEqualTo(Category.CANCELLED);
        assertThat(categoryOf(() -> session.write("x"))).isEqualTo(Category.CLOSED);
        assertThat(categoryOf(() -> session.write(List.of("x").iterator()))).isEqualTo(Category.CLOSED);
        assertThat(categoryOf(session::flush)).isEqualTo(Category.CLOSED);
        assertThat(categoryOf(session::finish)).isEqualTo(Category.CLOSED);
        assertThat(categoryOf(session::audio)).isEqualTo(Category.CLOSED);
        assertThat(session.spokenUpTo(Duration.ofSeconds(1)).text()).isEmpty();
    }

    @Test
    void close_ofTheClient_endsTheSession() throws Exception {
        TtsClient client = client(Way.SEGMENTED.backend().build()).build();
        SpeechSession session = client.open();
        AudioStream audio = session.audio();
        CompletableFuture<Category> waiting = CompletableFuture.supplyAsync(() -> categoryOf(audio::read), threads);

        client.close();

        assertThat(on(waiting)).isEqualTo(Category.CLOSED);
        assertThat(categoryOf(() -> session.write("x"))).isEqualTo(Category.CLOSED);
        assertThat(categoryOf(client::open)).isEqualTo(Category.CLOSED);
    }

    @Test
    void read_twoThreadsOfOneTurn_isRefused() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        var first = new FutureTask<>(session.audio()::toBytes);
        awaitWaitingIn("awaitText", started(first));

        assertThatIllegalStateException()
                .isThrownBy(() -> session.audio().read())
                .withMessageContaining("another thread is reading");

        session.write("Hello.");
        session.finish();
        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(audioOf("Hello."));
    }
}
