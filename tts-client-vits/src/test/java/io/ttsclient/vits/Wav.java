// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.testkit.FakeBackend;
import java.nio.ByteBuffer;

/** WAVs that servers answer with. */
final class Wav {
    /** Where the size of the samples stands in a plain header, which is before the samples. */
    private static final int DATA_SIZE_AT = 40;

    private Wav() {}

    /** One that says {@code text}. */
    static byte[] saying(String text, AudioFormat format) {
        return FakeBackend.wavOf(FakeBackend.audioOf(text, format), format);
    }

    /** The same, but its header says that it has {@code bytes} bytes of samples. */
    static byte[] announcing(int bytes, byte[] wav) {
        byte[] changed = wav.clone();
        ByteBuffer.wrap(changed).putInt(DATA_SIZE_AT, Integer.reverseBytes(bytes));
        return changed;
    }
}
