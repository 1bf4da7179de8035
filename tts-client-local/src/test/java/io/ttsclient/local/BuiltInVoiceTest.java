// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.error.Category;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.TimingMark;
import io.ttsclient.speech.Voice;
import io.ttsclient.testkit.TestSynthesis;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInVoiceTest {
    private static LocalVoice voice;

    @BeforeAll
    static void open() {
        voice = LocalVoice.builtIn();
    }

    @AfterAll
    static void close() {
        voice.close();
    }

    private static double rms(ByteBuffer samples, int fromByte, int toByte) {
        return Math.sqrt(IntStream.range(fromByte / 2, toByte / 2)
                .mapToDouble(i -> samples.getShort(i * 2))
                .map(sample -> sample * sample)
                .average()
                .orElse(0));
    }

    @Test
    void voices_areOneThatSpeaksEnglish() {
        assertThat(voice.voices()).containsExactly(new Voice("builtin", "builtin", List.of("en-US"), ""));
        assertThat(voice.capabilities().defaultFormat()).isEqualTo(AudioFormat.linear16(22_050));
    }

    @Test
    void capabilities_pauses_leaveRoomForTheSilenceThatASentenceEndsWith() {
        assertThat(voice.capabilities().sentencePause()).isEqualTo(Duration.ofMillis(175));
        assertThat(voice.capabilities().paragraphPause()).isEqualTo(Duration.ofMillis(425));
    }

    @Test
    void stream_sentence_isSpeechThatEndsInSilence() {
        ByteBuffer audio = Listening.samples(Listening.to(voice, "Good morning, and welcome to the museum."));
        int end = audio.limit();
        int ending = 2 * 22_050 * 60 / 1_000; // bytes in 60 ms
        assertThat(rms(audio, 0, end)).isGreaterThan(1_000);
        assertThat(rms(audio, end - ending, end)).isLessThan(rms(audio, 0, end) / 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Yes", "No", "Hi!", "A", "7", "Stop"})
    void stream_oneWord_isWholeAndEndsInSilence(String word) {
        ByteBuffer audio = Listening.samples(Listening.to(voice, word));
        int end = audio.limit();
        int ending = 2 * 22_050 * 40 / 1_000;
        assertThat(end).as("bytes, a fifth of a second at least").isGreaterThan(2 * 22_050 / 5);
        assertThat(rms(audio, end - ending, end)).isLessThan(rms(audio, 0, end) / 10);
    }

    @Test
    void stream_samePhrase_isBitIdenticalInAnotherInstance() {
        byte[] first = Listening.to(voice, "Hello, world.");
        try (LocalVoice other = LocalVoice.builtIn()) {
            assertThat(Listening.to(other, "Hello, world.")).isEqualTo(first);
        }
    }

    @Test
    void timings_sentence_markItsWordsInOrderInsideTheAudio() {
        String text = "It costs $3, he said.";
        try (AudioSource source = voice.stream(TestSynthesis.of(text))) {
            List<TimingMark> marks = source.timings();
            assertThat(marks)
                    .extracting(mark -> text.substring(mark.textStart(), mark.textEnd()))
                    .containsExactly("It", "costs", "$3", "he", "said");
            assertThat(marks).allSatisfy(mark -> assertThat(mark.end()).isGreaterThan(mark.start()));
            Duration duration = source.format().durationOf(Listening.to(source).length);
            assertThat(marks.get(4).end()).isLessThan(duration);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 0.5", "0.5, 2"})
    void stream_speed_changesTheDurationAccordingly(double speed, double factor) {
        String text = "Rain is expected in the evening, with some wind from the west.";
        var options = SpeechOptions.builder().speed(speed).build();
        int usual = Listening.to(voice, text).length;
        assertThat((double) Listening.to(voice, TestSynthesis.of(text, options)).length / usual)
                .isBetween(factor * 0.9, factor * 1.1);
    }

    @Test
    void stream_otherLanguage_isUnsupported() {
        var options = SpeechOptions.builder().language("de").build();
        Thrown.by(Category.UNSUPPORTED, () -> voice.stream(TestSynthesis.of("Hallo", options)));
    }

    @Test
    void lexicon_ofTheCaller_changesWhatIsSaid() {
        byte[] usual = Listening.to(voice, "Say nginx.");
        var lexicon = Lexicon.builder().respell("nginx", "engine x").build();
        try (LocalVoice own = LocalVoice.builder().lexicon(lexicon).build()) {
            assertThat(Listening.to(own, "Say nginx."))
                    .isNotEqualTo(usual)
                    .isEqualTo(Listening.to(own, "Say engine x."));
        }
    }

    @Test
    void prewarm_speaksAfterwards() {
        voice.prewarm();
        assertThat(Listening.to(voice, "Hello.")).isNotEmpty();
    }
}
