// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.speech.Priority;
import io.ttsclient.speech.ProviderOptions;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.TestSynthesis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CacheKeyTest {
    private static final TtsCapabilities RED =
            TtsCapabilities.builder("red", AudioFormat.linear16(8_000)).build();

    private record RedOptions(String shade) implements ProviderOptions {
        @Override
        public String backend() {
            return "red";
        }

        @Override
        public Optional<String> audioKey() {
            return Optional.of(shade);
        }
    }

    private record UnknownOptions(String backend) implements ProviderOptions {}

    private static @Nullable CacheKey key(String text, UnaryOperator<SpeechOptions.Builder> options) {
        return CacheKey.of(
                TestSynthesis.of(text, options.apply(SpeechOptions.builder()).build()), RED, List.of("here"));
    }

    @Test
    void of_whatShapesTheAudio_eachMakesAnotherKey() {
        var keys = new ArrayList<@Nullable CacheKey>();
        keys.add(key("Hello", options -> options));
        keys.add(key("Hello!", options -> options));
        keys.add(key("Hello", options -> options.voice("anna")));
        keys.add(key("Hello", options -> options.model("anna")));
        keys.add(key("Hello", options -> options.style("anna")));
        keys.add(key("Hello", options -> options.language("en-US")));
        keys.add(key("Hello", options -> options.language("en-GB")));
        keys.add(key("Hello", options -> options.speed(1.0)));
        keys.add(key("Hello", options -> options.speed(1.5)));
        keys.add(key("Hello", options -> options.format(AudioFormat.linear16(8_000))));
        keys.add(key("Hello", options -> options.format(AudioFormat.linear16(16_000))));
        keys.add(key("Hello", options -> options.format(AudioFormat.mulaw(8_000))));
        keys.add(key("Hello", options -> options.provider(new RedOptions("dark"))));
        keys.add(key("Hello", options -> options.provider(new RedOptions("light"))));
        keys.add(CacheKey.of(TestSynthesis.of("Hello"), RED, List.of("there")));
        keys.add(CacheKey.of(TestSynthesis.of("Hello"), RED, List.of("he", "re")));
        keys.add(CacheKey.of(
                TestSynthesis.of("Hello"),
                TtsCapabilities.builder("green", AudioFormat.linear16(8_000)).build(),
                List.of("here")));

        assertThat(keys).doesNotContainNull();
        assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
    }

    @Test
    void of_valuesThatRunTogether_areToldApart() {
        assertThat(key("ab", options -> options.voice("c"))).isNotEqualTo(key("b", options -> options.voice("ca")));
        assertThat(key("x", options -> options.voice("ab").language("en")))
                .isNotEqualTo(key("x", options -> options.voice("a").language("en")));
    }

    /** Pairs of requests whose values, one behind the other, are the same characters. */
    static Stream<List<CacheKey>> neighbours() {
        return Stream.of(
                pair(
                        CacheKey.of(TestSynthesis.of("Hello"), named("re"), List.of("dhere")),
                        CacheKey.of(TestSynthesis.of("Hello"), named("red"), List.of("here"))),
                pair(
                        CacheKey.of(TestSynthesis.of("Hello"), RED, List.of("he", "re")),
                        CacheKey.of(TestSynthesis.of("Hello"), RED, List.of("her", "e"))),
                pair(
                        key("Hello", options -> options.model("ab").voice("c")),
                        key("Hello", options -> options.model("a").voice("bc"))),
                pair(key("Hello", options -> options.model("ab")), key("Hello", options -> options.voice("ab"))),
                pair(
                        key("Hello", options -> options.voice("ab").language("de")),
                        key("Hello", options -> options.voice("a").language("bde"))),
                pair(
                        key("Hello", options -> options.language("de").style("1.5")),
                        key("Hello", options -> options.language("de").speed(1.5))),
                pair(key("Hello", options -> options.style("calm")), key("calmHello", options -> options)),
                pair(
                        key("Hello", options -> options.provider(new RedOptions("dark"))),
                        key("kHello", options -> options.provider(new RedOptions("dar")))));
    }

    private static List<CacheKey> pair(@Nullable CacheKey one, @Nullable CacheKey other) {
        return List.of(Objects.requireNonNull(one), Objects.requireNonNull(other));
    }

    private static TtsCapabilities named(String backend) {
        return TtsCapabilities.builder(backend, AudioFormat.linear16(8_000)).build();
    }

    @ParameterizedTest
    @MethodSource("neighbours")
    void of_valuesThatBeginWhereOthersEnd_areToldApart(List<CacheKey> pair) {
        assertThat(pair.get(0)).isNotEqualTo(pair.get(1));
    }

    @Test
    void of_whatOnlyShapesTheRequest_makesNoDifference() {
        CacheKey plain = key("Hello", options -> options);

        assertThat(key("Hello", options -> options.timeout(Duration.ofSeconds(1))))
                .isEqualTo(plain);
        assertThat(key("Hello", options -> options.priority(Priority.BATCH))).isEqualTo(plain);
        assertThat(key("Hello", options -> options.provider(new UnknownOptions("green"))))
                .isEqualTo(plain);
    }

    @Test
    void of_ownOptionsThatDoNotSayWhatTheyDo_isNone() {
        assertThat(key("Hello", options -> options.provider(new UnknownOptions("red"))))
                .isNull();
    }

    @Test
    void toString_isTheHashAndTellsNothing() {
        assertThat(String.valueOf(key("Hello", options -> options))).matches("[0-9a-f]{64}");
    }
}
