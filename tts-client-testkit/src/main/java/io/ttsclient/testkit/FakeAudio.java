// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Encoding;
import io.ttsclient.speech.TimingMark;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Noise that depends on the text only: each character has its own 10 ms, white space has none. So texts can be told apart by
 * their audio, and the audio of a text is that of its pieces, one after the other, wherever it was cut.
 */
final class FakeAudio {
    private static final double SECONDS_PER_CHAR = 0.010;
    private static final int LOUDEST = 8_000; // a quarter of full scale, so that converters need not clip

    private final String text;
    private final AudioFormat format;
    private final int framesPerChar;

    FakeAudio(String text, AudioFormat format, double speed) {
        this.text = text;
        this.format = format;
        framesPerChar = Math.max(1, (int) Math.round(format.sampleRate() * SECONDS_PER_CHAR / speed));
    }

    private static boolean isHeard(char c) {
        return !Character.isWhitespace(c) && !Character.isSpaceChar(c);
    }

    private int bytesPerChar() {
        return framesPerChar * format.bytesPerFrame();
    }

    byte[] bytes() {
        var audio = new byte
                [Math.toIntExact(text.chars().filter(c -> isHeard((char) c)).count() * bytesPerChar())];
        int position = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isHeard(text.charAt(i))) {
                position = speak(text.charAt(i), audio, position);
            }
        }
        return audio;
    }

    private int speak(char c, byte[] audio, int from) {
        var random = new SplittableRandom(c);
        int end = from + bytesPerChar();
        for (int i = from; i < end; i++) {
            if (format.encoding() == Encoding.LINEAR16) {
                int sample = random.nextInt(-LOUDEST, LOUDEST + 1);
                audio[i++] = (byte) sample;
                audio[i] = (byte) (sample >> 8);
            } else {
                audio[i] = (byte) random.nextInt();
            }
        }
        return end;
    }

    /** A mark for each word, where the encoding tells how long a byte plays. */
    List<TimingMark> words() {
        var marks = new ArrayList<TimingMark>();
        if (format.encoding().isCompressed()) {
            return marks;
        }
        int wordStart = 0;
        long heardBefore = 0;
        long heard = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && isHeard(text.charAt(i))) {
                heard++;
                continue;
            }
            if (heard > heardBefore) {
                marks.add(new TimingMark(
                        TimingMark.Kind.WORD,
                        wordStart,
                        i,
                        format.durationOf(heardBefore * bytesPerChar()),
                        format.durationOf(heard * bytesPerChar())));
            }
            heardBefore = heard;
            wordStart = i + 1;
        }
        return marks;
    }
}
