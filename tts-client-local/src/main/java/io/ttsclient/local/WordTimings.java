// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.speech.TimingMark;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;

/** When each word is heard, from the frames that the graph spent on each id. */
final class WordTimings {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final int hopLength;
    private final int sampleRate;

    WordTimings(VoiceConfig config) {
        hopLength = config.hopLength();
        sampleRate = config.sampleRate();
    }

    /** The marks of {@code words}; {@code frames} has an element for each id. */
    List<TimingMark> marks(List<PhonemeIds.Word> words, FloatBuffer frames) {
        double[] ends = new double[frames.remaining() + 1];
        for (int i = 0; i < frames.remaining(); i++) {
            float spent = frames.get(i);
            ends[i + 1] = ends[i] + (spent > 0 ? spent : 0); // what is no number counts as nothing
        }
        return words.stream()
                .map(word -> new TimingMark(
                        TimingMark.Kind.WORD,
                        word.textStart(),
                        word.textEnd(),
                        time(ends[word.idStart()]),
                        time(ends[word.idEnd()])))
                .toList();
    }

    private Duration time(double frames) {
        return Duration.ofNanos(Math.round(frames * hopLength * NANOS_PER_SECOND / sampleRate));
    }
}
