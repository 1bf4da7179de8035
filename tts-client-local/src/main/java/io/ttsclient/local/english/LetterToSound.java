// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import io.ttsclient.local.english.SpellingRules.Placed;
import io.ttsclient.local.english.SpellingRules.Sound;
import java.util.List;

/**
 * Sounds a word out from its spelling: cuts it into sounds by rule, decides which syllables are stressed, then how the
 * vowels sound there.
 */
final class LetterToSound {
    private LetterToSound() {}

    /** {@code word}: letters from a to z. Without a vowel letter its letters are named. */
    static Phones sound(String word) {
        SpellingRules rules = SpellingRules.builtIn();
        List<Placed> sounds = rules.cut(word);
        SpellingStress stress = new SpellingStress(word, sounds, rules);
        if (stress.syllables() == 0) {
            return named(word);
        }
        SpellingVowels vowels = new SpellingVowels(word, stress.syllables());
        Phones.Builder phones = new Phones.Builder();
        for (int i = 0; i < sounds.size(); i++) {
            Sound sound = sounds.get(i).sound();
            int syllable = sound.vowel() ? stress.syllableOf(i) : -1;
            if (sound.letter() != 0) {
                int fromEnd = stress.syllables() - syllable;
                vowels.add(sounds.get(i).at(), stress.of(syllable), syllable == 0, fromEnd, phones);
            } else if (sound.phone().vowel()) {
                phones.add(sound.phone(), fixed(sound, stress.of(syllable)));
            } else {
                phones.add(sound.phone());
            }
        }
        return tidy(phones.build());
    }

    private static int fixed(Sound sound, int stress) {
        if (stress == Phones.PRIMARY) {
            return Phones.PRIMARY;
        }
        if (sound.digit() >= 0) {
            return sound.digit() == 0 ? Phones.REDUCED : Phones.SECONDARY;
        }
        if (stress == Phones.SECONDARY) {
            return Phones.SECONDARY;
        }
        return switch (sound.phone()) {
            case AH, ER, IH, IY, OW, UW -> Phones.REDUCED;
            default -> Phones.FULL;
        };
    }

    private static Phones named(String word) {
        Phones names = LetterNames.of(word.charAt(0));
        for (int i = 1; i < word.length(); i++) {
            names = names.demoted().plus(LetterNames.of(word.charAt(i)));
        }
        return names;
    }

    /** Settles what sounds do to each other: r behind er, y behind t, the same consonant twice. */
    private static Phones tidy(Phones raw) {
        Phones.Builder phones = new Phones.Builder();
        Phone last = null;
        for (int i = 0; i < raw.size(); i++) {
            Phone phone = raw.at(i);
            boolean vowelFollows = i + 1 < raw.size() && raw.at(i + 1).vowel();
            if ((phone == Phone.R && last == Phone.ER) || (phone == last && !phone.vowel())) {
                continue;
            }
            if (phone == Phone.R && (last == Phone.AY || last == Phone.AW) && !vowelFollows) {
                phones.add(Phone.ER, Phones.REDUCED);
                last = Phone.ER;
                continue;
            }
            boolean weak = i + 1 < raw.size() && raw.stress(i + 1) == Phones.REDUCED;
            if (phone == Phone.Y && last != null && !keepsYod(last, weak)) {
                continue;
            }
            boolean yodFollows = i + 2 < raw.size() && raw.at(i + 1) == Phone.Y && raw.stress(i + 2) == Phones.REDUCED;
            if (yodFollows && (phone == Phone.T || phone == Phone.D) && i > 0) {
                phone = phone == Phone.T ? Phone.CH : Phone.JH;
            }
            phones.add(phone, raw.stress(i));
            last = phone;
        }
        return phones.build();
    }

    /** "few" and "value" keep the y-sound, "new" and "blue" do not. */
    private static boolean keepsYod(Phone before, boolean weak) {
        return switch (before) {
            case T, D, S, Z, TH, R, CH, JH, SH, ZH, Y -> false;
            case N, L -> weak;
            default -> true;
        };
    }
}
