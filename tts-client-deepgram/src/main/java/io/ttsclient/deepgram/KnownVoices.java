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
 * /v1/models} lists Aura's voices, but not Flux's.
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

    private static final Map<String, String> NAMES = new LinkedHashMap<>(); // by the id, with % for the name

    static {
        NAMES.put("aura-%-en", "angus arcas asteria athena helios hera luna orion orpheus perseus stella zeus");
        NAMES.put(
                "aura-2-%-en",
                "amalthea andromeda apollo arcas aries asteria athena atlas aurora callista cora cordelia delia draco electra"
                        + " harmonia helena hera hermes hyperion iris janus juno jupiter luna mars minerva neptune odysseus"
                        + " ophelia orion orpheus pandora phoebe pluto saturn selene thalia theia vesta zeus");
        NAMES.put(
                "aura-2-%-es",
                "agustina alvaro antonia aquila carina celeste diana estrella gloria javier luciano nestor olivia selena"
                        + " silvia sirio valerio");
        NAMES.put("aura-2-%-de", "aurelia elara fabian julius kara lara viktoria");
        NAMES.put("aura-2-%-nl", "beatrix cornelia daphne hestia lars leda rhea roman sander");
        NAMES.put("aura-2-%-fr", "agathe hector");
        NAMES.put("aura-2-%-it", "cesare cinzia demetra dionisio elio flavio livia maia melia");
        NAMES.put("aura-2-%-ja", "ama ebisu fujin izanami uzume");
        NAMES.put(
                "flux-%-en",
                "alexis bree brittany brooke bruce cliff cole colin conor donovan drew elise gemma haley hannah heather jack kai"
                        + " kelsey kit maeve marcelo marcus meena meghan miles naveen paige priya rufus sean sharon sienna"
                        + " tanner wade wes");
    }

    /** These speak English as well, in one sentence with Spanish. */
    private static final Set<String> BILINGUAL = Set.of("aquila", "carina", "diana", "javier", "selena");

    private static final List<Voice> ALL =
            NAMES.entrySet().stream().flatMap(KnownVoices::voices).toList();

    private KnownVoices() {}

    private static Stream<Voice> voices(Map.Entry<String, String> names) {
        return Stream.of(names.getValue().split(" ", -1))
                .map(name -> names.getKey().replace("%", name))
                .map(id -> new Voice(id, nameOf(id), languagesOf(id), ""));
    }

    private static List<String> languagesOf(String id) {
        String language = languageOf(id).orElseThrow();
        boolean isBilingual = language.equals("es") && BILINGUAL.contains(id.split("-", -1)[2]);
        return isBilingual ? List.of("es", "en") : List.of(language);
    }

    /** All of them. */
    static List<Voice> all() {
        return ALL;
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
