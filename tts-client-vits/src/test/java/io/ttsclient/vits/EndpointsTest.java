// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Health;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.vits.OpenAiFlavour;
import io.ttsclient.testkit.vits.OpenAiSpeechEmulator;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two equal servers. */
class EndpointsTest extends TwoServersFixture {
    EndpointsTest() {
        super(new OpenAiSpeechEmulator(OpenAiFlavour.KOKORO), settings -> settings.dialect(Dialect.OPENAI_SPEECH));
    }

    @Test
    void stream_bothIdle_takesTurns() {
        for (int i = 0; i < 6; i++) {
            speak();
        }

        assertThat(asked()).containsExactly(3, 3);
    }

    @Test
    void stream_oneBusy_asksTheOther() {
        try (AudioSource open = backend.stream(hello())) {
            assertThat(open).isNotNull();
            speak();
            speak();
        }

        assertThat(asked()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429})
    void stream_oneRefuses_theOtherSpeaksAtOnce(int status) {
        one.enqueue(ServerAnswer.of(status));

        speak();

        assertThat(asked()).containsExactly(1, 1);
    }

    @Test
    void stream_oneGone_isLeftAloneForAWhile() {
        one.close();
        speak();
        for (int i = 0; i < 3; i++) {
            speak();
        }
        assertThat(two.requests()).hasSize(4);

        time.advance(Duration.ofSeconds(11));
        speak();
        speak();
        assertThat(two.requests()).hasSize(6); // asked again, and gone still
    }

    @Test
    void stream_oneBack_isAskedAgain() {
        one.enqueue(ServerAnswer.of(503));
        speak();
        speak();
        assertThat(asked()).containsExactly(1, 2);

        time.advance(Duration.ofSeconds(11));
        speak();
        speak();
        assertThat(asked()).containsExactly(2, 3);
    }

    @Test
    void stream_wrongRequest_isNotTakenToTheOther() {
        one.enqueue(ServerAnswer.of(400));

        Thrown.by(Category.INVALID_REQUEST, this::speak);

        assertThat(asked()).containsExactly(1, 0);
    }

    @Test
    void stream_bothFail_tellsOfBoth() {
        one.enqueue(ServerAnswer.of(503));
        two.close();

        TtsException failure = Thrown.by(Category.CONNECTION, this::speak);

        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(failure.getSuppressed()[0]).hasMessageContaining("503");
    }

    @Test
    void stream_cutInTheMiddle_theNextOneGoesToTheOther() {
        one.enqueue(ServerAnswer.of(200)
                .body(Wav.saying("Hello", io.ttsclient.audio.AudioFormat.linear16(24_000)))
                .cutAt(2_000));
        Thrown.by(Category.TRUNCATED, this::speak);

        speak();
        speak();

        assertThat(asked()).containsExactly(1, 2);
    }

    @Test
    void health_oneDown_isDegradedAndItIsLeftAlone() {
        one.enqueue(ServerAnswer.of(500));

        Health health = backend.health();

        assertThat(health.status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(health.detail()).isEqualTo("1 of 2 servers are up");
        speak();
        speak();
        assertThat(asked()).containsExactly(1, 3);
    }

    @Test
    void health_oneDown_isAskedAgainAfterAMinute() {
        one.enqueue(ServerAnswer.of(500));
        backend.health();
        time.advance(Duration.ofSeconds(61));

        speak();
        speak();

        assertThat(asked()).containsExactly(2, 2);
    }

    @Test
    void voices_oneFails_areThoseOfTheOther() {
        one.enqueue(ServerAnswer.of(500));

        assertThat(backend.voices()).isNotEmpty();
        assertThat(asked()).containsExactly(1, 1);
    }

    @Test
    void voices_bothFail_tellsOfBoth() {
        one.enqueue(ServerAnswer.of(500));
        two.enqueue(ServerAnswer.of(503));

        assertThat(Thrown.by(Category.UNAVAILABLE, backend::voices).getSuppressed())
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("answered 500"));
    }

    @Test
    void health_bothUp_isUp() {
        assertThat(backend.health().status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void capabilities_ofTwo_areTwiceTheStreams() {
        assertThat(backend.capabilities().concurrentStreams()).hasValue(4);
        assertThat(backend.capabilities().firstAudioPatience()).contains(Duration.ofSeconds(60));
    }

    @Test
    void prewarm_connectsToEach() {
        backend.prewarm();

        assertThat(one.connections()).isEqualTo(1);
        assertThat(two.connections()).isEqualTo(1);
    }
}
