// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import org.jspecify.annotations.Nullable;

/**
 * Writes phones in the IPA that espeak-ng writes for American English, which is what voices in Piper's contract were trained
 * on: one symbol a code point, the stress mark right before the vowel, and the allophones ɾ, ʔ, ᵻ, ɐ and ɚ.
 */
final class EnglishIpa {
    private static final String VOWELS = "aæɐɑɒɔəɚɛɜeiɪoøuʊʉʌyᵻ";
    private static final String HISSING = "szʃʒ";
    private static final String VOICELESS = "ptkfθʔ";
    private static final String MARKS = "ˈˌ";

    private EnglishIpa() {}

    /**
     * Appends a word.
     *
     * @param vowelFollows whether the next word starts with a vowel and no pause lies between
     */
    static void write(Phones word, boolean vowelFollows, StringBuilder ipa) {
        for (int i = 0; i < word.size(); i++) {
            if (syllabicN(word, i)) {
                ipa.append("ʔn\u0329");
                i += 2;
                continue;
            }
            Phone phone = word.at(i);
            if (phone.vowel()) {
                ipa.append(word.stress(i) == Phones.PRIMARY ? "ˈ" : word.stress(i) == Phones.SECONDARY ? "ˌ" : "");
                ipa.append(vowel(word, i));
                boolean linked = i + 1 < word.size() ? word.at(i + 1).vowel() : vowelFollows;
                ipa.append(phone == Phone.ER && linked ? "ɹ" : "");
            } else {
                ipa.append(phone == Phone.T && flapped(word, i, vowelFollows) ? "ɾ" : consonant(phone));
            }
        }
    }

    /** The t of "button" and the n behind it. */
    private static boolean syllabicN(Phones word, int at) {
        return at > 0
                && at + 2 < word.size()
                && word.at(at) == Phone.T
                && word.at(at - 1).vowel()
                && word.at(at + 1) == Phone.AH
                && word.stress(at + 1) == Phones.REDUCED
                && word.at(at + 2) == Phone.N
                && (at + 3 == word.size() || !word.at(at + 3).vowel());
    }

    /** The t of "city" and "party", and of "it is". */
    private static boolean flapped(Phones word, int at, boolean vowelFollows) {
        if (at == 0) {
            return false;
        }
        if (at + 1 == word.size()) {
            return vowelFollows && word.at(at - 1).vowel() && word.primary() < 0;
        }
        boolean open = word.at(at - 1).vowel() || (word.at(at - 1) == Phone.R && at > 1);
        int stress = word.stress(at + 1);
        return open && word.at(at + 1).vowel() && (stress == Phones.REDUCED || stress == Phones.FULL);
    }

    private static String vowel(Phones word, int at) {
        boolean reduced = word.stress(at) == Phones.REDUCED;
        return switch (word.at(at)) {
            case AA -> "ɑː";
            case AE -> "æ";
            case AH -> reduced ? schwa(word, at) : "ʌ";
            case AO -> clothVowel(word, at) ? "ɔ" : "ɔː";
            case AW -> "aʊ";
            case AY -> "aɪ";
            case EH -> "ɛ";
            case ER -> reduced ? "ɚ" : "ɜː";
            case EY -> "eɪ";
            case IH -> reduced && weakI(word, at) ? "ᵻ" : "ɪ";
            case IY -> (reduced ? !fullVowelFollows(word, at) : ideaVowel(word, at)) ? "i" : "iː";
            case OW -> "oʊ";
            case OY -> "ɔɪ";
            case UH -> "ʊ";
            default -> "uː";
        };
    }

    private static String schwa(Phones word, int at) {
        return at == 0 ? "ɐ" : beforeTy(word, at) ? "ᵻ" : "ə";
    }

    /** The vowel of -ity. */
    private static boolean beforeTy(Phones word, int at) {
        return at + 3 == word.size() && word.at(at + 1) == Phone.T && word.at(at + 2) == Phone.IY;
    }

    /** The vowel of "soft", "cost" and "long" is shorter than that of "caught". */
    private static boolean clothVowel(Phones word, int at) {
        if (at + 1 == word.size()) {
            return false;
        }
        return switch (word.at(at + 1)) {
            case F, S, TH, NG -> true;
            default -> false;
        };
    }

    /** Shorter in "idea" and "theater" than in "real". */
    private static boolean ideaVowel(Phones word, int at) {
        return at + 1 < word.size()
                && word.at(at + 1) == Phone.AH
                && word.stress(at + 1) == Phones.REDUCED
                && (at + 2 == word.size() || word.at(at + 2) != Phone.L);
    }

    private static boolean fullVowelFollows(Phones word, int at) {
        return at + 1 < word.size() && word.at(at + 1).vowel() && word.stress(at + 1) != Phones.REDUCED;
    }

    /** In "wanted", "houses", "believe". */
    private static boolean weakI(Phones word, int at) {
        if (at == 0) {
            return false;
        }
        if (beforeTy(word, at)) {
            return true;
        }
        Phone before = word.at(at - 1);
        if (at + 2 == word.size()) {
            Phone last = word.at(at + 1);
            return (last == Phone.D && (before == Phone.T || before == Phone.D))
                    || (last == Phone.Z && before.sibilant());
        }
        return at == 1 && (before == Phone.B || before == Phone.D || before == Phone.R);
    }

    private static String consonant(Phone phone) {
        return switch (phone) {
            case CH -> "tʃ";
            case DH -> "ð";
            case G -> "ɡ";
            case HH -> "h";
            case JH -> "dʒ";
            case NG -> "ŋ";
            case R -> "ɹ";
            case SH -> "ʃ";
            case TH -> "θ";
            case Y -> "j";
            case ZH -> "ʒ";
            case B -> "b";
            case D -> "d";
            case F -> "f";
            case K -> "k";
            case L -> "l";
            case M -> "m";
            case N -> "n";
            case P -> "p";
            case S -> "s";
            case T -> "t";
            case V -> "v";
            case W -> "w";
            default -> "z";
        };
    }

    /** Whether phonemes start with a vowel, a stress mark before it not counted. */
    static boolean startsWithVowel(@Nullable String ipa) {
        int at = 0;
        while (ipa != null && at < ipa.length() && MARKS.indexOf(ipa.charAt(at)) >= 0) {
            at++;
        }
        return ipa != null && at < ipa.length() && VOWELS.indexOf(ipa.charAt(at)) >= 0;
    }

    /** What {@code 's} sounds like behind these phonemes. */
    static String possessive(String ipa) {
        char last = ipa.charAt(ipa.length() - 1);
        return HISSING.indexOf(last) >= 0 ? "ᵻz" : VOICELESS.indexOf(last) >= 0 ? "s" : "z";
    }
}
