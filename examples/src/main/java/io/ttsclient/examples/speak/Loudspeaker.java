// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.Line;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;

/** What can play. */
interface Loudspeaker {
    /** Whether there is one. */
    boolean exists();

    /**
     * A line to it, not yet open; the caller closes it.
     *
     * @throws LineUnavailableException if it is taken
     * @throws IllegalArgumentException if it does not play {@code format}
     */
    SourceDataLine line(AudioFormat format) throws LineUnavailableException;

    /** The one of this computer. */
    static Loudspeaker system() {
        return new Loudspeaker() {
            @Override
            public boolean exists() {
                try {
                    return AudioSystem.isLineSupported(new Line.Info(SourceDataLine.class));
                } catch (LinkageError e) {
                    return false; // a JDK without sound, such as the headless packages
                }
            }

            @Override
            public SourceDataLine line(AudioFormat format) throws LineUnavailableException {
                return AudioSystem.getSourceDataLine(format);
            }
        };
    }
}
