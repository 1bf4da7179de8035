// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells vowels apart by their letters that the lexicon merges, as many Americans do, and that the voice learned apart: a
 * weak i in "tick-e-t", "dif-fi-cult" and "pal-a-ce", a full e in "e-njoy", the a of "cat" in "carry".
 */
final class MergedVowels {
    private MergedVowels() {}

    /** The sound of {@code word}, which is {@code phones} with such vowels merged. */
    static Phones apart(String word, Phones phones) {
        Phones.Builder changed = new Phones.Builder();
        boolean different = false;
        List<Integer> groups = vowelGroups(word, vowels(phones));
        int vowel = 0;
        for (int i = 0; i < phones.size(); i++) {
            Phone phone = phones.at(i);
            int stress = phones.stress(i);
            int at = phone.vowel() && vowel < groups.size() ? groups.get(vowel) : -1;
            vowel += phone.vowel() ? 1 : 0;
            if (at >= 0 && phone == Phone.AH && stress == Phones.REDUCED && weakI(word, at, phones, i)) {
                changed.add(Phone.IH, Phones.REDUCED);
                different = true;
            } else if (at == 0 && phone == Phone.IH && stress == Phones.REDUCED && keepsE(word)) {
                changed.add(Phone.EH, Phones.FULL);
                different = true;
            } else if (at >= 0 && phone == Phone.EH && stress != Phones.REDUCED && carry(word, at)) {
                changed.add(Phone.AE, stress);
                different = true;
            } else {
                changed.add(phone, stress);
            }
        }
        return different ? changed.build() : phones;
    }

    private static boolean weakI(String word, int at, Phones phones, int index) {
        boolean closed = index + 1 < phones.size();
        Phone next = closed ? phones.at(index + 1) : Phone.AH;
        boolean last = index + 2 >= phones.size();
        boolean est = index + 3 == phones.size() && next == Phone.S && phones.last() == Phone.T;
        boolean single = at + 1 == word.length() || SpellingRules.consonant(word.charAt(at + 1));
        return switch (word.charAt(at)) {
            case 'i', 'y' -> single && next != Phone.L && closed;
            case 'e' -> single && (est || (last && (next == Phone.T || next == Phone.D || next == Phone.JH)));
            case 'a' -> last && next == Phone.S && word.startsWith("ce", at + 1);
            case 'u' -> last && next == Phone.T && word.startsWith("te", at + 1);
            default -> false;
        };
    }

    /** Carry, narrow, paragraph, but not vary and parent. */
    private static boolean carry(String word, int at) {
        return word.startsWith("arr", at) || word.startsWith("ara", at);
    }

    /** Enjoy, employ, expect, but elect and event. */
    private static boolean keepsE(String word) {
        boolean prefix = word.startsWith("en") || word.startsWith("em") || word.startsWith("ex");
        return prefix && word.length() > 3 && (word.charAt(1) == 'x' || SpellingRules.consonant(word.charAt(2)));
    }

    private static int vowels(Phones phones) {
        int count = 0;
        for (int i = 0; i < phones.size(); i++) {
            count += phones.at(i).vowel() ? 1 : 0;
        }
        return count;
    }

    /** Where each of {@code count} vowels is written; empty where the letters do not fall into as many groups. */
    private static List<Integer> vowelGroups(String word, int count) {
        List<Integer> groups = new ArrayList<>();
        boolean inside = false;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean glide = (c == 'y' && i == 0) || (c == 'u' && i > 0 && word.charAt(i - 1) == 'q');
            boolean vowel = FoldedText.isLetter(c) && !SpellingRules.consonant(c) && !glide;
            if (vowel && !inside) {
                groups.add(i);
            }
            inside = vowel;
        }
        int last = groups.size() - 1;
        boolean silent = last == count && silentEnd(word, groups.get(last));
        List<Integer> said = silent ? groups.subList(0, last) : groups;
        return said.size() == count ? said : List.of();
    }

    /** The e of "minute", "minutes", "settled" and "office's". */
    private static boolean silentEnd(String word, int at) {
        String end = word.substring(at);
        return end.equals("e") || end.equals("es") || end.equals("ed") || end.equals("e's");
    }
}
