// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code .onnx.json} beside a voice says.
 *
 * @param sampleRate in Hz
 * @param hopLength samples of one frame, in which the graph counts durations
 * @param phonemeType what the symbols are
 * @param espeakVoice whose phonemes it speaks, as espeak-ng names its voices
 * @param language BCP 47 tag
 * @param symbolIds the ids of each symbol
 * @param clusters symbols of several code points, the longest first
 * @param speakers the id of each named speaker, in the order of the ids
 * @param speakerCount how many there are, named or not
 * @param defaultSpeaker the id of the one who speaks when none is asked for
 */
record VoiceConfig(
        int sampleRate,
        int hopLength,
        PhonemeType phonemeType,
        @Nullable String espeakVoice,
        Optional<String> language,
        Map<String, long[]> symbolIds,
        List<String> clusters,
        Map<String, Integer> speakers,
        int speakerCount,
        int defaultSpeaker,
        Scales scales) {
    /** What the symbols of a voice are. */
    enum PhonemeType {
        /** IPA, as espeak-ng writes it. */
        ESPEAK,
        /** The characters of the text itself. */
        TEXT
    }

    /**
     * How the voice varies.
     *
     * @param noise of the sound
     * @param length factor on all durations
     * @param noiseWidth of the durations
     */
    record Scales(float noise, float length, float noiseWidth) {
        /** The same, {@code speed} times as fast. */
        Scales atSpeed(double speed) {
            return new Scales(noise, (float) (length / speed), noiseWidth);
        }
    }
}
