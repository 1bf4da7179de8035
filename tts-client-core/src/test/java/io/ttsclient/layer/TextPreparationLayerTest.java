// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.doubles.ScriptedBackend;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.TimingMark;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.text.TextPreparation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextPreparationLayerTest {
    private static final SpeechOptions SPEAKABLE =
            SpeechOptions.builder().textPreparation(TextPreparation.speakable()).build();

    private final FakeBackend fake = FakeBackend.create();
    private final TextPreparationLayer layer = new TextPreparationLayer(fake);

    @Test
    void stream_preparationOff_passesTheSynthesisOnAsItIs() {
        List<Synthesis> seen = new ArrayList<>();
        var source = new ScriptedSource(AudioFormat.linear16(16_000)).gives(1, 2);
        var around = new TextPreparationLayer(new ScriptedBackend(source.format(), synthesis -> {
            seen.add(synthesis);
            return source;
        }));
        Synthesis synthesis = TestSynthesis.of("  **Hello**\n");

        assertThat(around.stream(synthesis)).isSameAs(source);
        assertThat(seen).containsExactly(synthesis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?!", "...", "\uD83D\uDE00", "-- --", "   "})
    void stream_nothingToPronounce_isRefusedBeforeTheBackendIsAsked(String text) {
        for (SpeechOptions options : List.of(SpeechOptions.none(), SPEAKABLE)) {
            assertThatThrownBy(() -> layer.stream(TestSynthesis.of(text, options)))
                    .isInstanceOf(NothingToSpeakException.class)
                    .hasMessageStartingWith("text: nothing to pronounce in " + text.length() + " chars");
        }
        assertThat(fake.calls()).isEmpty();
    }

    @Test
    void stream_onlyCodeThatIsDropped_isRefusedByTheLengthOfTheSource() {
        String text = "```java\nint x = 1;\n```";

        assertThatThrownBy(() -> layer.stream(TestSynthesis.of(text, SPEAKABLE)))
                .isInstanceOf(NothingToSpeakException.class)
                .hasMessageStartingWith("text: nothing to pronounce in " + text.length() + " chars");
    }

    @Test
    void stream_markup_isNotSpoken() {
        layer.stream(TestSynthesis.of("This is **very** good.", SPEAKABLE)).close();

        assertThat(fake.calls().get(0).text()).isEqualTo("This is very good.");
    }

    @Test
    void timings_preparedText_leadBackToTheSource() {
        String text = "This is **very** good, see [the page](https://example.com/a?b=c).";
        fake.always(Behaviour.speak().withTimings());

        List<String> heard = new ArrayList<>();
        try (AudioSource source = layer.stream(TestSynthesis.of(text, SPEAKABLE))) {
            FourSentences.readAll(source);
            for (TimingMark mark : source.timings()) {
                heard.add(text.substring(mark.textStart(), mark.textEnd()));
            }
            assertThat(source.timings().get(1).start()).isPositive();
        }

        assertThat(heard)
                .containsExactly("This", "is", "very", "good,", "see", "the", "page](https://example.com/a?b=c).");
    }

    @Test
    void timings_backendThatCountsBeyondItsText_endAtTheTextsEnd() {
        Duration now = Duration.ZERO;
        var source = new ScriptedSource(AudioFormat.linear16(16_000))
                .timings(
                        new TimingMark(TimingMark.Kind.WORD, 0, 500, now, now),
                        new TimingMark(TimingMark.Kind.WORD, 400, 500, now, now));
        var around = new TextPreparationLayer(new ScriptedBackend(source.format(), synthesis -> source));

        List<TimingMark> timings =
                around.stream(TestSynthesis.of("**Hello**", SPEAKABLE)).timings();

        assertThat(timings).allSatisfy(mark -> {
            assertThat(mark.textEnd()).isLessThanOrEqualTo(9);
            assertThat(mark.textStart()).isLessThanOrEqualTo(mark.textEnd());
        });
    }
}
