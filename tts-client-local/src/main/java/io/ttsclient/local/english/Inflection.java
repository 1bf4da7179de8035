// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

/** The sounds of regular endings, which depend on what they follow: cats, dogs, horses. */
final class Inflection {
    private static final Phones S = Phones.of("S");
    private static final Phones Z = Phones.of("Z");
    private static final Phones IZ = Phones.of("IH0 Z");
    private static final Phones T = Phones.of("T");
    private static final Phones D = Phones.of("D");
    private static final Phones ID = Phones.of("IH0 D");

    private Inflection() {}

    /** The plural, the third person and the possessive. */
    static Phones s(Phones stem) {
        Phone last = stem.last();
        return stem.plus(last.sibilant() ? IZ : last.voiceless() ? S : Z);
    }

    /** The past. */
    static Phones d(Phones stem) {
        Phone last = stem.last();
        boolean stop = last == Phone.T || last == Phone.D;
        return stem.plus(stop ? ID : last.voiceless() ? T : D);
    }

    /** What stands behind an apostrophe, itself included: {@code 's}, {@code n't} and the like. */
    static Phones clitic(Phones stem, String clitic) {
        boolean vowel = stem.last().vowel();
        return switch (clitic) {
            case "'s" -> s(stem);
            case "'d" -> d(stem);
            case "'ll" -> stem.plus(Phones.of(vowel ? "L" : "AH0 L"));
            case "'ve" -> stem.plus(Phones.of(vowel ? "V" : "AH0 V"));
            case "'re" -> stem.plus(Phones.of("ER0"));
            case "'m" -> stem.plus(Phones.of("M"));
            case "n't" -> stem.plus(Phones.of("AH0 N T"));
            default -> stem;
        };
    }

    /** A stem without its final vowel or consonant in front of {@code L}: care-ful-ly has one l-sound. */
    static Phones ly(Phones stem) {
        return stem.plus(Phones.of(stem.last() == Phone.L ? "IY0" : "L IY0"));
    }
}
