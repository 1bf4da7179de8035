// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.examples.RecordingLine;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;
import org.jspecify.annotations.Nullable;

/** One line, or none at all. Does not play 44.1 kHz, which somebody else does, and nothing above 96 kHz. */
final class FakeLoudspeaker implements Loudspeaker {
    private final @Nullable RecordingLine line;
    private @Nullable AudioFormat format;

    FakeLoudspeaker(RecordingLine line) {
        this.line = line;
    }

    private FakeLoudspeaker() {
        line = null;
    }

    static FakeLoudspeaker none() {
        return new FakeLoudspeaker();
    }

    /** What was asked for last. */
    @Nullable
    AudioFormat format() {
        return format;
    }

    @Override
    public boolean exists() {
        return line != null;
    }

    @Override
    public SourceDataLine line(AudioFormat wanted) throws LineUnavailableException {
        if (line == null || wanted.getSampleRate() > 96_000) {
            throw new IllegalArgumentException("not played");
        }
        if (wanted.getSampleRate() == 44_100) {
            throw new LineUnavailableException("taken");
        }
        format = wanted;
        return line.line();
    }
}
