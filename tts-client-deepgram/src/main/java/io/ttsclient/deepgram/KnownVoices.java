// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.speech.Voice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The voices that Deepgram's documentation names as of November 2026. The set is open: any other id is passed on. {@code GET
 * /v1/models} lists Aura's voices, but not Flux's, which this list is for.
 */
final class KnownVoices {
    private static final Pattern ID = Pattern.compile("(aura|aura-2|flux)-([a-z]+)-([a-z]{2})");

    private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("en", "aura-2-thalia-en");
        DEFAULTS.put("es", "aura-2-celeste-es");
        DEFAULTS.put("de", "aura-2-julius-de");
        DEFAULTS.put("nl", "aura-2-rhea-nl");
        DEFAULTS.put("fr", "aura-2-agathe-fr");
        DEFAULTS.put("it", "aura-2-livia-it");
        DEFAULTS.put("ja", "aura-2-izanami-ja");
    }

    private static final String FLUX_NAMES =
            "alexis bree brittany brooke bruce cliff cole colin conor donovan drew elise gemma haley hannah heather jack kai"
                    + " kelsey kit maeve marcelo marcus meena meghan miles naveen paige priya rufus sean sharon sienna tanner"
                    + " wade wes";
    private static final List<Voice> FLUX = Stream.of(FLUX_NAMES.split(" ", -1))
            .map(name -> "flux-" + name + "-en")
            .map(id -> new Voice(id, nameOf(id), List.of("en"), ""))
            .toList();

    private KnownVoices() {}

    /** The voices of Flux. */
    static List<Voice> flux() {
        return FLUX;
    }

    /** The languages that have a voice, as BCP 47 tags. */
    static Set<String> languages() {
        return DEFAULTS.keySet();
    }

    /** Who speaks a language where nobody is named. */
    static Optional<String> defaultFor(String language) {
        return Optional.ofNullable(DEFAULTS.get(language));
    }

    /** The language in a voice's id; empty where the id is not built like that. */
    static Optional<String> languageOf(String id) {
        Matcher matcher = ID.matcher(id);
        return matcher.matches() ? Optional.of(matcher.group(3)) : Optional.empty();
    }

    /** How people call a voice: {@code Thalia} for {@code aura-2-thalia-en}; the id where it is not built like that. */
    static String nameOf(String id) {
        Matcher matcher = ID.matcher(id);
        if (!matcher.matches()) {
            return id;
        }
        String name = matcher.group(2);
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
