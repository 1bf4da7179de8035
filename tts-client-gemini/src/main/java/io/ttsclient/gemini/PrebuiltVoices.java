// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.speech.Voice;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The thirty voices that every model has, with Google's word for each. They speak every language. */
final class PrebuiltVoices {
    /** Who speaks when nobody is named. */
    static final String DEFAULT = "Kore";

    /** How ids of library and custom voices begin. */
    private static final String CUSTOM_VOICE = "voice_";

    private static final String STATELESS_VOICE = "voicekey_";

    static final List<Voice> ALL = Stream.of(
                    "Zephyr Bright",
                    "Puck Upbeat",
                    "Charon Informative",
                    "Kore Firm",
                    "Fenrir Excitable",
                    "Leda Youthful",
                    "Orus Firm",
                    "Aoede Breezy",
                    "Callirrhoe Easy-going",
                    "Autonoe Bright",
                    "Enceladus Breathy",
                    "Iapetus Clear",
                    "Umbriel Easy-going",
                    "Algieba Smooth",
                    "Despina Smooth",
                    "Erinome Clear",
                    "Algenib Gravelly",
                    "Rasalgethi Informative",
                    "Laomedeia Upbeat",
                    "Achernar Soft",
                    "Alnilam Firm",
                    "Schedar Even",
                    "Gacrux Mature",
                    "Pulcherrima Forward",
                    "Achird Friendly",
                    "Zubenelgenubi Casual",
                    "Vindemiatrix Gentle",
                    "Sadachbia Lively",
                    "Sadaltager Knowledgeable",
                    "Sulafat Warm")
            .map(PrebuiltVoices::voice)
            .toList();

    private static final Map<String, Voice> BY_LOWER_CASE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(voice -> lowerCase(voice.id()), Function.identity()));

    private PrebuiltVoices() {}

    private static Voice voice(String entry) {
        int blank = entry.indexOf(' ');
        String name = entry.substring(0, blank);
        return new Voice(name, name, List.of(), entry.substring(blank + 1));
    }

    private static String lowerCase(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    /** Whether it is a library voice or a custom one, which only 3.8 has, and only where one voice speaks. */
    static boolean isLibraryVoice(String id) {
        return id.startsWith(CUSTOM_VOICE) || id.startsWith(STATELESS_VOICE);
    }

    /** The id as Gemini writes it, whatever its case; {@code id} itself where it is none of these voices. */
    static String canonical(String id) {
        Voice voice = BY_LOWER_CASE.get(lowerCase(id));
        return voice == null ? id : voice.id();
    }
}
