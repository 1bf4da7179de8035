// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static io.ttsclient.vits.Emulated.audioOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Health;
import io.ttsclient.error.Category;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.vits.CoquiEmulator;
import io.ttsclient.testkit.vits.CoquiEmulator.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LeakCheck.class)
class CoquiTest {
    private static Emulated emulated(Version version) {
        return new Emulated(Dialect.COQUI, new CoquiEmulator(version));
    }

    @ParameterizedTest
    @EnumSource
    void stream_everythingSet_isSentAsAForm(Version version) {
        try (Emulated emulated = emulated(version)) {
            SpeechOptions options =
                    SpeechOptions.builder().voice("p226").language("de-AT").build();

            assertThat(emulated.speak("Gr\u00fc\u00df & 1+1", options))
                    .isEqualTo(audioOf("Gr\u00fc\u00df & 1+1", 22_050));
            assertThat(emulated.asked()).containsExactly("POST /api/tts");
            assertThat(emulated.lastRequest().header("text")).isEmpty();
            assertThat(emulated.lastRequest().text())
                    .isEqualTo("text=Gr%C3%BC%C3%9F+%26+1%2B1&speaker_id=p226&language_id=de");
        }
    }

    @ParameterizedTest
    @EnumSource
    void stream_failure_mayBeTheRequestSoItIsNotRetried(Version version) {
        try (Emulated emulated = emulated(version)) {
            var failure =
                    Thrown.by(Category.UNAVAILABLE, () -> emulated.speak("a", SpeechOptions.voice("no-such-voice")));

            assertThat(failure.retryable()).isFalse();
        }
    }

    @Test
    void speed_otherThanItsOwn_isRefusedHere() {
        try (Emulated emulated = emulated(Version.COQUI)) {
            assertThat(Thrown.by(
                            Category.INVALID_REQUEST,
                            () -> emulated.speak(
                                    "a", SpeechOptions.builder().speed(1.1).build())))
                    .hasMessageContaining("speed: 1.1, allowed only 1.0 for coqui");
        }
    }

    @Test
    void health_isWhetherItListsItsLocales() {
        try (Emulated emulated = emulated(Version.COQUI)) {
            assertThat(emulated.backend.health().status()).isEqualTo(Health.Status.UP);
            assertThat(emulated.asked()).containsExactly("GET /locales");
        }
    }
}
