// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a word sounds: phones, each vowel with its stress. Immutable.
 *
 * <p>Written as in the lexicon: {@code AH0} is a reduced vowel, {@code AH1} carries the word's main stress, {@code AH2} a
 * lesser one, and {@code AH} is unstressed but keeps its full quality, as in function words.
 */
final class Phones {
    static final int FULL = 0;
    static final int PRIMARY = 1;
    static final int SECONDARY = 2;
    static final int REDUCED = 3;

    private final Phone[] phones;
    /** One for each phone, FULL for consonants. */
    private final byte[] stresses;

    private Phones(Phone[] phones, byte[] stresses) {
        this.phones = phones;
        this.stresses = stresses;
    }

    /**
     * Reads ARPAbet, phones separated by single spaces.
     *
     * @throws IllegalArgumentException if a phone is unknown
     */
    static Phones of(CharSequence arpabet) {
        Builder phones = new Builder();
        int at = 0;
        while (at < arpabet.length()) {
            int end = at;
            while (end < arpabet.length() && arpabet.charAt(end) != ' ') {
                end++;
            }
            if (end > at) {
                phones.addNamed(arpabet, at, end);
            }
            at = end + 1;
        }
        return phones.build();
    }

    int size() {
        return phones.length;
    }

    Phone at(int index) {
        return phones[index];
    }

    /** {@link #FULL}, {@link #PRIMARY}, {@link #SECONDARY} or {@link #REDUCED}; FULL for consonants. */
    int stress(int index) {
        return stresses[index];
    }

    Phone last() {
        return phones[phones.length - 1];
    }

    boolean endsWith(Phones other) {
        int from = phones.length - other.phones.length;
        return from >= 0
                && Arrays.equals(phones, from, phones.length, other.phones, 0, other.phones.length)
                && Arrays.equals(stresses, from, stresses.length, other.stresses, 0, other.stresses.length);
    }

    /** Where the main stress lies, or -1 in a word without. */
    int primary() {
        for (int i = 0; i < stresses.length; i++) {
            if (stresses[i] == PRIMARY) {
                return i;
            }
        }
        return -1;
    }

    Phones plus(Phones more) {
        return new Builder().add(this).add(more).build();
    }

    /** Without the last {@code count} phones. */
    Phones dropLast(int count) {
        int size = phones.length - count;
        return new Phones(Arrays.copyOf(phones, size), Arrays.copyOf(stresses, size));
    }

    /** The main stress made a lesser one, so that something joined to this word can carry the main one. */
    Phones demoted() {
        byte[] changed = stresses.clone();
        for (int i = 0; i < changed.length; i++) {
            changed[i] = changed[i] == PRIMARY ? SECONDARY : changed[i];
        }
        return new Phones(phones, changed);
    }

    /** The vowel at {@code index} made the one with the main stress, what was main before a lesser one. */
    Phones stressedAt(int index) {
        Phones result = demoted();
        result.stresses[index] = PRIMARY;
        return result;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Phones that
                && Arrays.equals(phones, that.phones)
                && Arrays.equals(stresses, that.stresses);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(phones) + Arrays.hashCode(stresses);
    }

    /** The ARPAbet that {@link #of} reads. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < phones.length; i++) {
            text.append(i == 0 ? "" : " ").append(phones[i]);
            if (stresses[i] != FULL) {
                text.append(stresses[i] % REDUCED);
            }
        }
        return text.toString();
    }

    /** Collects phones. */
    static final class Builder {
        private Phone[] phones = new Phone[16];
        private byte[] stresses = new byte[16];
        private int size;

        Builder add(Phone phone, int stress) {
            if (size == phones.length) {
                phones = Arrays.copyOf(phones, size * 2);
                stresses = Arrays.copyOf(stresses, size * 2);
            }
            phones[size] = phone;
            stresses[size++] = (byte) stress;
            return this;
        }

        Builder add(Phone consonant) {
            return add(consonant, FULL);
        }

        Builder add(Phones more) {
            for (int i = 0; i < more.size(); i++) {
                add(more.at(i), more.stress(i));
            }
            return this;
        }

        /** Adds the phone spelled in {@code text} from {@code start} to {@code end}, its digit included. */
        void addNamed(CharSequence text, int start, int end) {
            char digit = text.charAt(end - 1);
            boolean marked = digit >= '0' && digit <= '2';
            Phone phone = Phone.named(text, start, marked ? end - 1 : end);
            if (phone == null || (marked && !phone.vowel())) {
                throw new IllegalArgumentException("no phone \"" + text.subSequence(start, end) + "\"");
            }
            add(phone, !marked ? FULL : digit == '0' ? REDUCED : digit - '0');
        }

        Phones build() {
            return new Phones(Arrays.copyOf(phones, size), Arrays.copyOf(stresses, size));
        }
    }
}
