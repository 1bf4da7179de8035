// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.local.VoiceConfig.Scales;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What shapes the audio of a voice besides the request, for caches. */
final class VoiceIdentity {
    private static final String[] UNKNOWN = {};

    private VoiceIdentity() {}

    /** Empty with a phonemizer of somebody else's, which says nothing about itself. */
    static String[] of(VoiceFiles files, Scales scales, String speaker, Phonemizer phonemizer) {
        String symbols = symbols(phonemizer);
        return symbols == null
                ? UNKNOWN
                : List.of(files.voice(), files.fingerprint(), scales.toString(), speaker, symbols)
                        .toArray(String[]::new);
    }

    private static @Nullable String symbols(Phonemizer phonemizer) {
        if (phonemizer instanceof EnglishPhonemizer english) {
            return "english " + english.ownWords();
        }
        if (phonemizer instanceof EspeakPhonemizer espeak) {
            return "espeak-ng " + espeak.voice();
        }
        return phonemizer instanceof CharacterPhonemizer ? "characters" : null;
    }
}
