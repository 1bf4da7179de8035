// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words that are written with a full stop, and what the stop behind them can be. An unlisted word costs a wrong pause, a wrongly
 * listed one a missed sentence end; the lists hold what running text uses often. Those of English are used for every language.
 */
final class Abbreviations {
    /** What a full stop behind a word is. */
    enum Kind {
        /** Not an abbreviation. */
        NONE,
        /** A title or connective: something always follows ({@code Dr.}, {@code e.g.}). */
        OPEN,
        /** Not an end before a number ({@code No. 5}). */
        NUMBERED,
        /** A day or month: not an end before a number, and before a name only if a usual first word follows. */
        DATE,
        /** {@code a.m.}: an end unless a day, month or zone follows. */
        TIME,
        /** May end a sentence, and does if a usual first word follows ({@code Inc.}, {@code U.S.}, initials). */
        NAME,
        /** An end before a capital ({@code etc.}). */
        LAST
    }

    private static final String DAYS_AND_MONTHS =
            "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun";

    private static final List<Entry> ENTRIES = List.of(
            new Entry(
                    "",
                    Kind.OPEN,
                    "dr mr mrs ms mx prof gen sen rep gov capt cpt cmdr lt col maj sgt adm rev hon pres supt"),
            new Entry("", Kind.OPEN, "messrs mme mlle e.g eg i.e ie vs v cf viz approx incl excl esp resp ca"),
            new Entry("", Kind.NUMBERED, "no nos nr fig figs eq vol vols ch chap p pp par art sect pt ver"),
            new Entry("", Kind.DATE, DAYS_AND_MONTHS),
            new Entry("", Kind.TIME, "a.m p.m"),
            new Entry("", Kind.NAME, "inc ltd corp co jr sr ph.d dept univ assn bros ave blvd rd apt al st mt ft gmbh"),
            new Entry("", Kind.LAST, "etc"),
            new Entry("vi", Kind.OPEN, "tp ths ts gs pgs bs ks ls tx kts đ/c"),
            new Entry("vi", Kind.NUMBERED, "tr đt"),
            new Entry("vi", Kind.LAST, "v.v vv"),
            new Entry("de", Kind.OPEN, "hr fr z d u z.b d.h u.a bzw vgl evtl ggf inkl dipl ing sog"),
            new Entry("de", Kind.NUMBERED, "abs bd kap nr s"),
            new Entry("de", Kind.NAME, "str"),
            new Entry("de", Kind.LAST, "usw u.s.w"),
            new Entry("fr", Kind.OPEN, "p.ex mm mgr"),
            new Entry("es", Kind.OPEN, "sra srta dra ud uds"),
            new Entry("es", Kind.NUMBERED, "pág págs núm"),
            new Entry("es", Kind.NAME, "ee.uu"));

    private static final Set<String> USUAL_FIRST_WORDS =
            words("the this that these those he she it we they you i there here a an"
                    + " and but so or if when what why how who where then his her its our my your their in on at as for from after"
                    + " before however yes not let's both some all most many now today still yet is are was were do does did can could"
                    + " will would should it's that's i'm we're they're he's she's you're there's"
                    + " tôi và nhưng nếu khi nó họ chúng đây đó sau trong các những"
                    + " der die das er sie es wir ich dann aber und ein eine nun"
                    + " le la les il elle ils nous vous on et mais el los las y pero ella");

    private static final Set<String> AFTER_A_TIME = words(
            DAYS_AND_MONTHS
                    + " january february march april may june july august september october november december"
                    + " monday tuesday wednesday thursday friday saturday sunday"
                    + " eastern central mountain pacific est edt cst cdt mst mdt pst pdt et ct mt pt gmt utc bst cet cest ict jst ist");

    private static final Set<String> ORDINAL_LANGUAGES = Set.of(
            "de", "da", "nb", "nn", "no", "fi", "cs", "sk", "hu", "pl", "sl", "hr", "sr", "et", "lv", "is", "tr");

    private static final Map<String, Map<String, Kind>> TABLES = Stream.concat(
                    Stream.of(""), ENTRIES.stream().map(Entry::language))
            .distinct()
            .collect(Collectors.toUnmodifiableMap(language -> language, Abbreviations::table));
    private static final Map<String, Kind> ENGLISH = table("en");

    private final Map<String, Kind> kinds;
    private final boolean ordinals;

    /** The lists for {@code language}; all of them if it names none. */
    Abbreviations(Locale language) {
        String code = language.getLanguage();
        kinds = TABLES.getOrDefault(code, ENGLISH);
        ordinals = ORDINAL_LANGUAGES.contains(code);
    }

    /** What a stop behind {@code word}, which comes without it, is. */
    Kind kind(String word) {
        Kind listed = kinds.getOrDefault(word.toLowerCase(Locale.ROOT), Kind.NONE);
        if (listed == Kind.DATE && !Character.isUpperCase(word.codePointAt(0))) {
            return Kind.NONE;
        }
        if (listed != Kind.NONE) {
            return listed;
        }
        if (isInitials(word) || ordinals && isOrdinal(word)) {
            return Kind.NAME;
        }
        return Kind.NONE;
    }

    static boolean usuallyStartsSentences(String word) {
        return USUAL_FIRST_WORDS.contains(word.toLowerCase(Locale.ROOT).replace('’', '\''));
    }

    static boolean belongsToTime(String word) {
        return AFTER_A_TIME.contains(word.toLowerCase(Locale.ROOT));
    }

    /** {@code J}, {@code U.S}, {@code Th.D}: one or two letters between the stops, a single one a capital. */
    private static boolean isInitials(String word) {
        int letters = 0;
        boolean dotted = false;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '.') {
                dotted = true;
                letters = 0;
            } else if (!Character.isLetter(c) || ++letters > 2) {
                return false;
            }
        }
        return dotted || letters == 1 && Character.isUpperCase(word.charAt(0));
    }

    private static boolean isOrdinal(String word) {
        return word.length() <= 2 && word.chars().allMatch(Character::isDigit);
    }

    private static Map<String, Kind> table(String language) {
        Map<String, Kind> table = new HashMap<>();
        for (Entry entry : ENTRIES) {
            if (entry.language.isEmpty() || language.isEmpty() || entry.language.equals(language)) {
                words(entry.words).forEach(word -> table.putIfAbsent(word, entry.kind));
            }
        }
        return Map.copyOf(table);
    }

    private static Set<String> words(String list) {
        return Set.copyOf(List.of(list.split(" ")));
    }

    private record Entry(String language, Kind kind, String words) {}
}
