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
    OGG
}
