// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

/** What surrounds the encoded audio. */
public enum Container {
    /** Nothing: the first byte is audio. */
    RAW,
    /** RIFF WAVE. */
    WAV,
    /** Ogg pages. */
    OGG;

    boolean holds(Encoding encoding) {
        return switch (this) {
            case RAW -> true;
            case WAV -> !encoding.isCompressed();
            case OGG -> encoding == Encoding.OPUS || encoding == Encoding.VORBIS || encoding == Encoding.FLAC;
        };
    }
}
