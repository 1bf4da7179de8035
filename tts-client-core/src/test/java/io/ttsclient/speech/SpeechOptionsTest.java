// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.text.TextPreparation;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechOptionsTest {
    private record RedOptions(String shade) implements ProviderOptions {
        @Override
        public String backend() {
            return "red";
        }
    }

    private record BlueOptions(String shade) implements ProviderOptions {
        @Override
        public String backend() {
            return "blue";
        }
    }

    private static SpeechOptions everything() {
        return SpeechOptions.builder()
                .voice("anna")
                .model("large")
                .language("de-DE")
                .speed(1.5)
                .style("like a secret")
                .format(AudioFormat.mulaw(8_000))
                .timeout(Duration.ofSeconds(3))
                .priority(Priority.BATCH)
                .cacheable(false)
                .textPreparation(TextPreparation.off())
                .trimSilence(true)
                .provider(new RedOptions("dark"))
                .build();
    }

    private static void assertRefused(Consumer<SpeechOptions.Builder> setter, String message) {
        assertThatThrownBy(() -> setter.accept(SpeechOptions.builder()))
                .isInstanceOfSatisfying(TtsException.class, e -> {
                    assertThat(e.category()).isEqualTo(Category.INVALID_REQUEST);
                    assertThat(e.origin()).isEqualTo(Origin.CLIENT);
                })
                .hasMessage(message + " [INVALID_REQUEST]");
    }

    @Test
    void none_everyAccessor_isEmptyOrTheDefault() {
        SpeechOptions none = SpeechOptions.none();

        assertThat(none.voice()).isEmpty();
        assertThat(none.model()).isEmpty();
        assertThat(none.language()).isEmpty();
        assertThat(none.speed()).isEmpty();
        assertThat(none.style()).isEmpty();
        assertThat(none.format()).isEmpty();
        assertThat(none.timeout()).isEmpty();
        assertThat(none.priority()).isEqualTo(Priority.LIVE);
        assertThat(none.cacheable()).isTrue();
        assertThat(none.textPreparation()).isEqualTo(TextPreparation.off());
        assertThat(none.trimSilence()).isFalse();
        assertThat(none.provider()).isEmpty();
        assertThat(none.provider(RedOptions.class)).isEmpty();
        assertThat(none).hasToString("SpeechOptions{}");
    }

    @Test
    void build_everythingSet_isThere() {
        assertIsEverything(everything());
    }

    @Test
    void toBuilder_everythingSet_copiesEverything() {
        assertIsEverything(everything().toBuilder().build());
    }

    @Test
    void withDefaults_nothingSet_takesEverythingFromTheDefaults() {
        assertIsEverything(SpeechOptions.none().withDefaults(everything()));
    }

    @Test
    void withDefaults_everythingSet_keepsItsOwn() {
        SpeechOptions defaults = SpeechOptions.builder()
                .voice("otto")
                .model("small")
                .language("fr")
                .speed(0.5)
                .style("loud")
                .format(AudioFormat.linear16(16_000))
                .timeout(Duration.ofSeconds(9))
                .priority(Priority.PREFETCH)
                .cacheable(true)
                .trimSilence(false)
                .provider(new RedOptions("light"))
                .build();

        assertIsEverything(everything().withDefaults(defaults));
    }

    @Test
    void withDefaults_differentThingsSet_mergesThem() {
        SpeechOptions merged = SpeechOptions.builder()
                .voice("anna")
                .provider(new RedOptions("dark"))
                .build()
                .withDefaults(SpeechOptions.builder()
                        .voice("otto")
                        .speed(2)
                        .provider(new BlueOptions("light"))
                        .build());

        assertThat(merged.voice()).contains("anna");
        assertThat(merged.speed()).hasValue(2);
        assertThat(merged.provider(RedOptions.class)).contains(new RedOptions("dark"));
        assertThat(merged.provider(BlueOptions.class)).contains(new BlueOptions("light"));
    }

    private static void assertIsEverything(SpeechOptions options) {
        assertThat(options.voice()).contains("anna");
        assertThat(options.model()).contains("large");
        assertThat(options.language()).contains("de-DE");
        assertThat(options.speed()).hasValue(1.5);
        assertThat(options.style()).contains("like a secret");
        assertThat(options.format()).contains(AudioFormat.mulaw(8_000));
        assertThat(options.timeout()).contains(Duration.ofSeconds(3));
        assertThat(options.priority()).isEqualTo(Priority.BATCH);
        assertThat(options.cacheable()).isFalse();
        assertThat(options.trimSilence()).isTrue();
        assertThat(options.textPreparation()).isEqualTo(TextPreparation.off());
        assertThat(options.provider(RedOptions.class)).contains(new RedOptions("dark"));
    }

    @Test
    void builder_usedAgain_leavesWhatItBuiltAlone() {
        SpeechOptions.Builder builder = SpeechOptions.builder().voice("anna");
        SpeechOptions first = builder.build();

        builder.voice("otto").provider(new RedOptions("dark"));

        assertThat(first.voice()).contains("anna");
        assertThat(first.provider()).isEmpty();
    }

    @Test
    void voice_shortcut_setsOnlyTheVoice() {
        assertThat(SpeechOptions.voice("anna")).hasToString("SpeechOptions{voice=anna}");
    }

    @Test
    void provider_sameClassTwice_theLaterOneCounts() {
        SpeechOptions options = SpeechOptions.builder()
                .provider(new RedOptions("dark"))
                .provider(new RedOptions("light"))
                .build();

        assertThat(options.provider()).hasSize(1);
        assertThat(options.provider(RedOptions.class)).contains(new RedOptions("light"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u2003"})
    void setters_blankWords_areRefusedByName(String blank) {
        assertRefused(builder -> builder.voice(blank), "voice: blank, allowed any other value");
        assertRefused(builder -> builder.model(blank), "model: blank, allowed any other value");
        assertRefused(builder -> builder.style(blank), "style: blank, allowed any other value");
        assertRefused(builder -> builder.language(blank), "language: blank, allowed any other value");
    }

    @ParameterizedTest
    @CsvSource({
        "en, en",
        "EN-us, en-US",
        "zh-hant-tw, zh-Hant-TW",
        "sr-latn, sr-Latn",
        "es-419, es-419",
        "i-klingon, tlh"
    })
    void language_tag_isBroughtIntoItsUsualCase(String tag, String normalised) {
        assertThat(SpeechOptions.builder().language(tag).build().language()).contains(normalised);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"en_US", "english language", "e", "en-US-", "en--US", "en-waytoolongsubtag", "und", "-", "日本語"})
    void language_notATag_isRefusedWithTheValue(String tag) {
        assertRefused(builder -> builder.language(tag), "language: '" + tag + "', allowed BCP 47 tags such as en-US");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 1, 4})
    void speed_inRange_isTaken(double speed) {
        assertThat(SpeechOptions.builder().speed(speed).build().speed()).hasValue(speed);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2499, 4.0001, 0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void speed_outOfRange_isRefusedWithTheRange(double speed) {
        assertRefused(
                builder -> builder.speed(speed), "speed: " + speed + ", allowed 0.25 to 4.0 (1 is the voice's own)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT-0.000000001S"})
    void timeout_notPositive_isRefused(Duration timeout) {
        assertRefused(builder -> builder.timeout(timeout), "timeout: " + timeout + ", allowed above zero");
    }

    @Test
    void toString_everythingSet_keepsTheWordsToItself() {
        assertThat(everything().toString())
                .contains("voice=anna", "model=large", "language=de-DE", "speed=1.5", "styleLength=13")
                .contains("format=mulaw 8000 Hz", "timeout=PT3S", "priority=BATCH", "cacheable=false", "provider=[red]")
                .doesNotContain("secret")
                .doesNotContain("dark");
    }
}
