// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Deadline;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.vits.OpenAiFlavour;
import io.ttsclient.testkit.vits.OpenAiSpeechEmulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two equal servers, of which each is asked for one stream at once. */
class PlacesTest extends TwoServersFixture {
    private final List<AudioSource> open = new ArrayList<>();

    PlacesTest() {
        super(
                new OpenAiSpeechEmulator(OpenAiFlavour.KOKORO),
                settings -> settings.dialect(Dialect.OPENAI_SPEECH).streamsPerServer(1));
    }

    @AfterEach
    void closeSources() {
        open.forEach(AudioSource::close);
    }

    private AudioSource begin() {
        AudioSource source = backend.stream(hello());
        open.add(source);
        return source;
    }

    private CompletableFuture<AudioSource> beginLater(Synthesis synthesis) {
        var later = CompletableFuture.supplyAsync(() -> backend.stream(synthesis));
        time.awaitScheduled(1); // it looks again from time to time
        return later;
    }

    private AudioSource begun(CompletableFuture<AudioSource> later) throws Exception {
        AudioSource source = later.get(10, TimeUnit.SECONDS);
        open.add(source);
        return source;
    }

    @Test
    void stream_allPlacesTaken_waitsForOneAndOwesNoAudioMeanwhile() throws Exception {
        AudioSource first = begin();
        begin();
        Synthesis synthesis = hello();
        var third = beginLater(synthesis);

        assertThat(third).isNotDone();
        assertThat(synthesis.attempt().isResting()).isTrue();
        assertThat(asked()).containsExactly(1, 1);
        time.advance(Duration.ofSeconds(3));
        first.close();

        begun(third);
        assertThat(synthesis.attempt().isResting()).isFalse();
        synthesis.attempt().spoke();
        assertThat(synthesis.journal().report().queueWait()).contains(Duration.ofSeconds(3));
        assertThat(asked()).containsExactly(2, 1);
    }

    @Test
    void stream_oneFailedLately_waitsForTheOtherUntilItMayBeAskedAgain() throws Exception {
        one.enqueue(ServerAnswer.of(503));
        begin();
        var second = beginLater(hello());
        assertThat(second).isNotDone();

        time.advance(Endpoint.ASIDE);

        begun(second);
        assertThat(asked()).containsExactly(2, 1);
    }

    @Test
    void stream_failureAmongThem_givesItsPlaceBack() {
        one.enqueue(ServerAnswer.of(400));
        Thrown.by(Category.INVALID_REQUEST, this::begin);

        begin();
        begin();

        assertThat(asked()).containsExactly(2, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CANCELLED", "TIMEOUT"})
    void stream_overWhileItWaits_asksNobody(Category category) {
        begin();
        begin();
        Duration timeout = Duration.ofSeconds(2);
        Synthesis synthesis = hello().withDeadline(Deadline.after(timeout, time));
        var third = beginLater(synthesis);

        if (category == Category.CANCELLED) {
            synthesis.cancellation().cancel();
        } else {
            time.advance(timeout);
        }

        Thrown.by(category, () -> {
            try {
                third.join();
            } catch (CompletionException e) {
                throw e.getCause();
            }
        });
        assertThat(asked()).containsExactly(1, 1);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void stream_ofAnOnlyServer_isLimitedByTheClientOnly() {
        try (VitsServer only = VitsServer.builder()
                .baseUrl(one.url(""))
                .dialect(Dialect.OPENAI_SPEECH)
                .streamsPerServer(1)
                .build()) {
            assertThat(only.capabilities().concurrentStreams()).hasValue(1);
            open.add(only.stream(hello()));
            open.add(only.stream(hello()));
            open.forEach(AudioSource::close);
        }
        assertThat(one.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_001})
    void streamsPerServer_outOfRange_isRefused(int value) {
        assertThat(Thrown.by(
                        Category.INVALID_REQUEST, () -> VitsServer.builder().streamsPerServer(value)))
                .hasMessageContaining("streamsPerServer: " + value + ", allowed 1 to 1000");
    }
}
