// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.speech.TimingMark;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordTimingsTest {
    private static final WordTimings TIMINGS =
            new WordTimings(VoiceConfigReader.read("""
            {"audio": {"sample_rate": 10000}, "hop_length": 100,
             "phoneme_id_map": {"_": [0], "^": [1], "$": [2]}}
            """.getBytes(StandardCharsets.UTF_8), "test"));

    private static TimingMark mark(int textStart, int textEnd, int startMillis, int endMillis) {
        return new TimingMark(
                TimingMark.Kind.WORD, textStart, textEnd, Duration.ofMillis(startMillis), Duration.ofMillis(endMillis));
    }

    private static FloatBuffer frames(float... values) {
        return FloatBuffer.wrap(values);
    }

    @Test
    void marks_framesOfEachId_addUpToTimes() {
        var words = List.of(new PhonemeIds.Word(0, 5, 2, 4), new PhonemeIds.Word(6, 9, 5, 6));
        assertThat(TIMINGS.marks(words, frames(1, 0.5f, 10, 0, 2, 3, 1)))
                .containsExactly(mark(0, 5, 15, 115), mark(6, 9, 135, 165));
    }

    @Test
    void marks_framesThatAreNoNumbersOrNegative_countAsNothing() {
        var words = List.of(new PhonemeIds.Word(0, 1, 0, 1), new PhonemeIds.Word(1, 2, 1, 4));
        assertThat(TIMINGS.marks(words, frames(Float.NaN, -3, 2, Float.NEGATIVE_INFINITY)))
                .containsExactly(mark(0, 1, 0, 0), mark(1, 2, 0, 20));
    }

    @Test
    void marks_noWords_areNone() {
        assertThat(TIMINGS.marks(List.of(), frames(1, 2))).isEmpty();
    }
}
