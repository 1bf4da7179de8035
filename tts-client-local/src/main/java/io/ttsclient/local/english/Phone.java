// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import org.jspecify.annotations.Nullable;

/** The sounds of American English, named as in ARPAbet; the lexicon and the spelling rules are written in them. */
enum Phone {
    AA(Kind.VOWEL),
    AE(Kind.VOWEL),
    AH(Kind.VOWEL),
    AO(Kind.VOWEL),
    AW(Kind.VOWEL),
    AY(Kind.VOWEL),
    EH(Kind.VOWEL),
    ER(Kind.VOWEL),
    EY(Kind.VOWEL),
    IH(Kind.VOWEL),
    IY(Kind.VOWEL),
    OW(Kind.VOWEL),
    OY(Kind.VOWEL),
    UH(Kind.VOWEL),
    UW(Kind.VOWEL),
    B(Kind.VOICED),
    CH(Kind.VOICELESS),
    D(Kind.VOICED),
    DH(Kind.VOICED),
    F(Kind.VOICELESS),
    G(Kind.VOICED),
    HH(Kind.VOICELESS),
    JH(Kind.VOICED),
    K(Kind.VOICELESS),
    L(Kind.VOICED),
    M(Kind.VOICED),
    N(Kind.VOICED),
    NG(Kind.VOICED),
    P(Kind.VOICELESS),
    R(Kind.VOICED),
    S(Kind.VOICELESS),
    SH(Kind.VOICELESS),
    T(Kind.VOICELESS),
    TH(Kind.VOICELESS),
    V(Kind.VOICED),
    W(Kind.VOICED),
    Y(Kind.VOICED),
    Z(Kind.VOICED),
    ZH(Kind.VOICED);

    private enum Kind {
        VOWEL,
        VOICED,
        VOICELESS
    }

    private static final Phone[] ALL = values();

    private final Kind kind;

    Phone(Kind kind) {
        this.kind = kind;
    }

    /** The phone of that name, or null. */
    static @Nullable Phone named(CharSequence name, int start, int end) {
        for (Phone phone : ALL) {
            if (phone.name().length() == end - start
                    && phone.name().charAt(0) == name.charAt(start)
                    && (end - start == 1 || phone.name().charAt(1) == name.charAt(start + 1))) {
                return phone;
            }
        }
        return null;
    }

    boolean vowel() {
        return kind == Kind.VOWEL;
    }

    /** Takes a syllable of its own before a plural s: bus-es, judg-es. */
    boolean sibilant() {
        return switch (this) {
            case S, Z, SH, ZH, CH, JH -> true;
            default -> false;
        };
    }

    /** Turns a following plural s into a hiss and a past d into t. */
    boolean voiceless() {
        return kind == Kind.VOICELESS;
    }
}
