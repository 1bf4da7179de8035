// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.AudioFormat;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a server, in the server's own words; null where the request does not say.
 *
 * @param text normalised
 * @param language as the server calls it
 * @param speed a number or a label, as the server takes it
 * @param encoding as the server calls {@code format}
 * @param format what the audio is to come as
 */
record Utterance(
        String text,
        @Nullable String voice,
        @Nullable String model,
        @Nullable String language,
        @Nullable Object speed,
        @Nullable String encoding,
        AudioFormat format,
        Delivery delivery) {
    /** Without the text. */
    @Override
    public String toString() {
        return "Utterance[" + text.length() + " chars, voice=" + voice + ", " + format + ", " + delivery + "]";
    }
}
