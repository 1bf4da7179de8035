// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes words apart whose stem is in the lexicon: endings, beginnings, and two words written as one. */
final class Morphology {
    /** Endings, at most so many, one inside the other: hope-less-ness-es. */
    private static final int DEPTH = 3;

    private static final int SHORTEST_STEM = 3;
    private static final int SHORTEST_COMPOUND = 6;

    /** How a stem's spelling changes in front of an ending. */
    private enum Joint {
        /** Added as it is. */
        PLAIN,
        /** As PLAIN, behind stems of at least four letters. */
        LONG,
        /** As VOWEL, behind verbs only. */
        VERB,
        /** A vowel follows: a final e may have gone, a consonant may have doubled, y may have become i. */
        VOWEL,
        /** A consonant follows: y may have become i. */
        CONSONANT
    }

    private record Suffix(String spelling, Joint joint, String phones) {}

    private record Prefix(String spelling, String phones) {}

    private static final List<Suffix> SUFFIXES = List.of(
            new Suffix("ing", Joint.VERB, "IH0 NG"),
            new Suffix("er", Joint.VOWEL, "ER0"),
            new Suffix("est", Joint.VOWEL, "IH0 S T"),
            new Suffix("ness", Joint.CONSONANT, "N AH0 S"),
            new Suffix("less", Joint.CONSONANT, "L AH0 S"),
            new Suffix("ful", Joint.CONSONANT, "F AH0 L"),
            new Suffix("ment", Joint.CONSONANT, "M AH0 N T"),
            new Suffix("able", Joint.VOWEL, "AH0 B AH0 L"),
            new Suffix("ably", Joint.VOWEL, "AH0 B L IY0"),
            new Suffix("ship", Joint.PLAIN, "SH IH2 P"),
            new Suffix("hood", Joint.CONSONANT, "HH UH2 D"),
            new Suffix("ward", Joint.PLAIN, "W ER0 D"),
            new Suffix("wise", Joint.PLAIN, "W AY2 Z"),
            new Suffix("like", Joint.PLAIN, "L AY2 K"),
            new Suffix("some", Joint.PLAIN, "S AH0 M"),
            new Suffix("dom", Joint.PLAIN, "D AH0 M"),
            new Suffix("ish", Joint.VOWEL, "IH0 SH"),
            new Suffix("ism", Joint.VOWEL, "IH2 Z AH0 M"),
            new Suffix("ist", Joint.VOWEL, "IH0 S T"),
            new Suffix("ize", Joint.VOWEL, "AY2 Z"),
            new Suffix("ise", Joint.VOWEL, "AY2 Z"),
            new Suffix("or", Joint.VOWEL, "ER0"),
            new Suffix("ance", Joint.VOWEL, "AH0 N S"),
            new Suffix("ence", Joint.LONG, "AH0 N S"),
            new Suffix("ant", Joint.LONG, "AH0 N T"),
            new Suffix("ent", Joint.LONG, "AH0 N T"),
            new Suffix("age", Joint.LONG, "IH0 JH"),
            new Suffix("en", Joint.LONG, "AH0 N"),
            new Suffix("ary", Joint.LONG, "EH2 R IY0"),
            new Suffix("y", Joint.VOWEL, "IY0"));

    private static final List<Prefix> PREFIXES = List.of(
            new Prefix("counter", "K AW2 N T ER0"),
            new Prefix("electro", "IH0 L EH2 K T R OW0"),
            new Prefix("crypto", "K R IH2 P T OW0"),
            new Prefix("pseudo", "S UW2 D OW0"),
            new Prefix("hyper", "HH AY2 P ER0"),
            new Prefix("inter", "IH2 N T ER0"),
            new Prefix("micro", "M AY2 K R OW0"),
            new Prefix("macro", "M AE2 K R OW0"),
            new Prefix("multi", "M AH2 L T IY0"),
            new Prefix("super", "S UW2 P ER0"),
            new Prefix("trans", "T R AE2 N S"),
            new Prefix("ultra", "AH2 L T R AH0"),
            new Prefix("under", "AH2 N D ER0"),
            new Prefix("cyber", "S AY2 B ER0"),
            new Prefix("photo", "F OW2 T OW0"),
            new Prefix("hydro", "HH AY2 D R OW0"),
            new Prefix("infra", "IH2 N F R AH0"),
            new Prefix("intra", "IH2 N T R AH0"),
            new Prefix("extra", "EH2 K S T R AH0"),
            new Prefix("milli", "M IH2 L AH0"),
            new Prefix("centi", "S EH2 N T AH0"),
            new Prefix("kilo", "K IH2 L AH0"),
            new Prefix("mega", "M EH2 G AH0"),
            new Prefix("giga", "G IH2 G AH0"),
            new Prefix("tera", "T EH2 R AH0"),
            new Prefix("peta", "P EH2 T AH0"),
            new Prefix("nano", "N AE2 N OW0"),
            new Prefix("over", "OW2 V ER0"),
            new Prefix("post", "P OW2 S T"),
            new Prefix("anti", "AE2 N T IY0"),
            new Prefix("auto", "AO2 T OW0"),
            new Prefix("fore", "F AO2 R"),
            new Prefix("meta", "M EH2 T AH0"),
            new Prefix("mini", "M IH2 N IY0"),
            new Prefix("semi", "S EH2 M IY0"),
            new Prefix("tele", "T EH2 L AH0"),
            new Prefix("poly", "P AA2 L IY0"),
            new Prefix("bio", "B AY2 OW0"),
            new Prefix("geo", "JH IY2 OW0"),
            new Prefix("non", "N AA2 N"),
            new Prefix("out", "AW2 T"),
            new Prefix("pre", "P R IY2"),
            new Prefix("mid", "M IH2 D"),
            new Prefix("mis", "M IH2 S"),
            new Prefix("dis", "D IH2 S"),
            new Prefix("sub", "S AH2 B"),
            new Prefix("bi", "B AY2"),
            new Prefix("co", "K OW2"),
            new Prefix("de", "D IY2"),
            new Prefix("il", "IH2"),
            new Prefix("im", "IH2 M"),
            new Prefix("in", "IH2 N"),
            new Prefix("ir", "IH2"),
            new Prefix("re", "R IY2"),
            new Prefix("un", "AH2 N"),
            new Prefix("up", "AH2 P"),
            new Prefix("mc", "M AH0 K"));

    /** Words that end many others without being part of them: leg-end, pal-ace, lem-on. */
    private static final Set<String> NO_SECOND_PART = WordSet.of("""
            able led ling ace act ian eve eva ana ada bon pet per chic lla age ally and ant any are art ate ease eat end era ever ice ill ion its ring red ten use
            her his the tie ted ness chi met all arm ash ask ear egg ago ran ray rent sent cent tent ties tier
            lent lest bed men net den pen lies dies rate late date mate gate rage cage rice mice dice tore sure
            pure cure rim ham ada ali ana lee
            """);

    /** Second parts that lose their vowel: policeman, Portland. */
    private static final Map<String, String> WEAK_SECOND_PARTS = Map.of(
            "man", "M AH0 N",
            "men", "M AH0 N",
            "land", "L AH0 N D",
            "son", "S AH0 N",
            "ton", "T AH0 N",
            "ford", "F ER0 D",
            "mouth", "M AH0 TH");

    private final EnglishLexicon lexicon;

    Morphology(EnglishLexicon lexicon) {
        this.lexicon = lexicon;
    }

    /** The sound of {@code word}, in small letters, made from known parts; null where it has none. */
    @Nullable
    Phones derive(String word) {
        return learned(word) ? null : derive(word, DEPTH);
    }

    /** Biography is no bio-graphy: such words are stressed by their ending, which the spelling rules know. */
    private static boolean learned(String word) {
        return word.endsWith("graphy")
                || word.endsWith("ography")
                || word.endsWith("ographer")
                || (word.endsWith("meter") && !word.endsWith("imeter"));
    }

    /** Weak words such as "the" and "per" take no endings. */
    private @Nullable Phones stem(String word, int depth) {
        if (word.length() < SHORTEST_STEM) {
            return null;
        }
        Phones known = lexicon.get(word);
        if (known != null) {
            return known.primary() >= 0 ? known : null;
        }
        return depth > 0 && !word.endsWith("s") ? derive(word, depth - 1) : null;
    }

    private @Nullable Phones derive(String word, int depth) {
        Phones found = inflected(word, depth);
        found = found != null ? found : shifted(word, depth);
        found = found != null ? found : suffixed(word, depth);
        found = found != null ? found : prefixed(word, depth);
        return found != null ? found : compound(word);
    }

    private @Nullable Phones inflected(String word, int depth) {
        if (word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") && !word.endsWith("is")) {
            Phones stem = pluralStem(word, depth);
            return stem == null ? null : Inflection.s(stem);
        }
        if (word.endsWith("ed")) {
            Phones stem = verbStem(word.substring(0, word.length() - 2), depth);
            return stem == null ? null : Inflection.d(stem);
        }
        if (word.endsWith("ly")) {
            return adverb(word, depth);
        }
        return null;
    }

    private @Nullable Phones pluralStem(String word, int depth) {
        int length = word.length();
        Phones stem = stem(word.substring(0, length - 1), depth);
        if (stem == null && word.endsWith("ies")) {
            stem = stem(word.substring(0, length - 3) + "y", depth);
        }
        if (stem == null && word.endsWith("ves")) {
            Phones leaf = stem(word.substring(0, length - 3) + "f", depth);
            leaf = leaf != null ? leaf : stem(word.substring(0, length - 3) + "fe", depth);
            return leaf != null && leaf.last() == Phone.F ? leaf.dropLast(1).plus(Phones.of("V")) : null;
        }
        String base = word.substring(0, length - 1);
        boolean hisses = base.endsWith("se")
                || base.endsWith("xe")
                || base.endsWith("ze")
                || base.endsWith("he")
                || base.endsWith("oe");
        return stem == null && hisses ? stem(word.substring(0, length - 2), depth) : stem;
    }

    private @Nullable Phones adverb(String word, int depth) {
        String base = word.substring(0, word.length() - 2);
        Phones stem = base.endsWith("ical") ? stem(base.substring(0, base.length() - 2), depth) : null;
        if (stem != null) {
            return stem.plus(Phones.of("L IY0"));
        }
        stem = stem(base, depth);
        if (stem != null) {
            return Inflection.ly(stem);
        }
        if (base.endsWith("i")) {
            stem = stem(base.substring(0, base.length() - 1) + "y", depth);
            return stem == null ? null : stem.dropLast(1).plus(Phones.of("AH0 L IY0"));
        }
        stem = stem(base + "le", depth);
        if (stem != null && stem.endsWith(Phones.of("AH0 L"))) {
            return stem.dropLast(2).plus(Phones.of("L IY0"));
        }
        return null;
    }

    private @Nullable Phones suffixed(String word, int depth) {
        for (Suffix suffix : SUFFIXES) {
            if (word.endsWith(suffix.spelling)) {
                String base = word.substring(0, word.length() - suffix.spelling.length());
                Phones stem = switch (suffix.joint) {
                    case PLAIN -> stem(base, depth);
                    case LONG -> base.length() > SHORTEST_STEM ? stem(base, depth) : null;
                    case VERB -> verbStem(base, depth);
                    case VOWEL -> vowelStem(base, depth);
                    case CONSONANT -> consonantStem(base, depth);
                };
                if (stem != null) {
                    return stem.plus(Phones.of(suffix.phones));
                }
            }
        }
        return null;
    }

    private @Nullable Phones consonantStem(String base, int depth) {
        Phones stem = stem(base, depth);
        return stem == null && base.endsWith("i") ? stem(base.substring(0, base.length() - 1) + "y", depth) : stem;
    }

    /** The stem of a form that only verbs have: re-cord-ed, not rec-ord-ed. */
    private @Nullable Phones verbStem(String base, int depth) {
        Phones verb = Heteronyms.verb(base);
        verb = verb != null ? verb : Heteronyms.verb(base + "e");
        return verb != null ? verb : vowelStem(base, depth);
    }

    private @Nullable Phones vowelStem(String base, int depth) {
        int last = base.length() - 1;
        if (last < 1) {
            return null;
        }
        boolean doubled = base.charAt(last) == base.charAt(last - 1);
        Phones stem = null;
        if (base.endsWith("i")) {
            stem = stem(base.substring(0, last) + "y", depth);
        } else if (silentELikely(base)) {
            stem = stem(base + "e", depth);
        }
        stem = stem != null ? stem : stem(base, depth);
        stem = stem != null ? stem : stem(base + "e", depth);
        return stem == null && doubled ? stem(base.substring(0, last), depth) : stem;
    }

    /** Of "rat-ing" and "rate-ing" the second: one vowel and one consonant would have been doubled. */
    private static boolean silentELikely(String base) {
        int last = base.length() - 1;
        return last >= 2
                && "aeiouy".indexOf(base.charAt(last)) < 0
                && "wx".indexOf(base.charAt(last)) < 0
                && "aeiouy".indexOf(base.charAt(last - 1)) >= 0
                && "aeiou".indexOf(base.charAt(last - 2)) < 0;
    }

    /** Endings that draw the stress to themselves or change the stem's sound. */
    private @Nullable Phones shifted(String word, int depth) {
        Phones stem;
        if (word.endsWith("ation")
                && (stem = stem(cut(word, 3) + "e", depth)) != null
                && stem.last() == Phone.T
                && stem.at(stem.size() - 2) == Phone.EY) {
            return stem.stressedAt(stem.size() - 2).dropLast(1).plus(Phones.of("SH AH0 N"));
        }
        if (word.endsWith("ization") && (stem = stem(cut(word, 5) + "e", depth)) != null && stem.last() == Phone.Z) {
            return stem.demoted().dropLast(2).plus(Phones.of("AH0 Z EY1 SH AH0 N"));
        }
        if (word.endsWith("ator") && (stem = stem(cut(word, 2) + "e", depth)) != null) {
            return stem.plus(Phones.of("ER0"));
        }
        if (word.endsWith("ability")
                && (stem = stem(cut(word, 5) + "le", depth)) != null
                && stem.endsWith(Phones.of("AH0 B AH0 L"))) {
            return stem.demoted().dropLast(2).plus(Phones.of("IH1 L AH0 T IY0"));
        }
        if (word.endsWith("ality") && (stem = stem(cut(word, 3), depth)) != null && stem.endsWith(Phones.of("AH0 L"))) {
            return stem.demoted().dropLast(2).plus(Phones.of("AE1 L AH0 T IY0"));
        }
        if ((word.endsWith("ction") || word.endsWith("ption")) && (stem = stem(cut(word, 3), depth)) != null) {
            return stem.dropLast(1).plus(Phones.of("SH AH0 N"));
        }
        if (word.endsWith("ssion") && (stem = stem(cut(word, 3), depth)) != null) {
            return stem.dropLast(1).plus(Phones.of("SH AH0 N"));
        }
        boolean liveStem =
                word.endsWith("ctive") || word.endsWith("ssive") || word.endsWith("ptive") || word.endsWith("rtive");
        if (liveStem && (stem = stem(cut(word, 3), depth)) != null) {
            return stem.plus(Phones.of("IH0 V"));
        }
        if ((word.endsWith("ional") || word.endsWith("ical")) && (stem = stem(cut(word, 2), depth)) != null) {
            return stem.plus(Phones.of("AH0 L"));
        }
        return null;
    }

    private static String cut(String word, int count) {
        return word.substring(0, word.length() - count);
    }

    private @Nullable Phones prefixed(String word, int depth) {
        for (Prefix prefix : PREFIXES) {
            int length = prefix.spelling.length();
            if (word.startsWith(prefix.spelling) && word.length() >= length + (length == 2 ? 4 : 3)) {
                Phones stem = stem(word.substring(length), depth);
                if (stem != null) {
                    return Phones.of(prefix.phones).plus(stem);
                }
            }
        }
        return null;
    }

    /** Two known words as one: the first carries the stress. */
    private @Nullable Phones compound(String word) {
        if (word.length() < SHORTEST_COMPOUND) {
            return null;
        }
        for (int cut = word.length() - SHORTEST_STEM; cut >= SHORTEST_STEM; cut--) {
            String second = word.substring(cut);
            if (NO_SECOND_PART.contains(second)) {
                continue;
            }
            Phones head = lexicon.get(word.substring(0, cut));
            Phones tail = head == null || head.primary() < 0 ? null : lexicon.get(second);
            if (head != null && tail != null) {
                String weak = WEAK_SECOND_PARTS.get(second);
                return head.plus(weak == null ? tail.demoted() : Phones.of(weak));
            }
        }
        return null;
    }
}
