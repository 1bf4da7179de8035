// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

/** The sound of a single vowel letter, which depends on stress, on its place and on what follows. For one word. */
final class SpellingVowels {
    /** What follows a vowel letter. */
    private enum Follow {
        /** The end of the word. */
        END,
        /** Another vowel. */
        VOWEL,
        /** r and a consonant or the end. */
        R_CLOSED,
        /** rr and a vowel. */
        R_DOUBLE,
        /** r and a vowel. */
        R_OPEN,
        /** One consonant and a silent e. */
        MAGIC_E,
        /** One consonant and a vowel. */
        OPEN,
        /** Anything else. */
        CLOSED
    }

    private static final String SHORTENING = " ard ic ics id it ish il in el et ex ip ib ics im ";

    private final String word;
    private final boolean italian;

    SpellingVowels(String word, int syllables) {
        this.word = word;
        this.italian = syllables > 1 && SpellingStress.endsLikeItalian(word);
    }

    /**
     * Appends the vowel written by the letter at {@code at}.
     *
     * @param stress as in {@link Phones}
     * @param fromEnd which syllable it is, 1 being the last
     */
    void add(int at, int stress, boolean first, int fromEnd, Phones.Builder phones) {
        Follow follow = follow(at, stress == Phones.REDUCED);
        if (stress == Phones.REDUCED) {
            addWeak(at, follow, first, phones);
            return;
        }
        char letter = word.charAt(at);
        boolean isLong = switch (follow) {
            case END, VOWEL, MAGIC_E -> true;
            case OPEN -> longBeforeOneConsonant(at, letter, fromEnd);
            default -> false;
        };
        Phone phone = switch (follow) {
            case R_CLOSED -> beforeR(letter);
            case R_DOUBLE -> beforeDoubleR(letter);
            case R_OPEN -> beforeOpenR(at, letter, fromEnd);
            default -> isLong ? longVowel(at, letter, follow) : shortVowel(at, letter, fromEnd);
        };
        boolean yod = letter == 'u' && (isLong || follow == Follow.R_OPEN) && !italian;
        if (yod) {
            phones.add(Phone.Y);
        }
        phones.add(phone, stress);
    }

    private boolean longBeforeOneConsonant(int at, char letter, int fromEnd) {
        if (glideFollows(at)) {
            return letter != 'i';
        }
        if (italian) {
            return true;
        }
        boolean initial = letter == 'i' && at == 0 && "mnt".indexOf(word.charAt(1)) < 0;
        if (fromEnd > 2) {
            return letter == 'u' || letter == 'y' || initial;
        }
        String rest = word.substring(unitEnd(at + 1));
        boolean shortened = SHORTENING.contains(" " + rest + " ") || (letter == 'i' && rest.equals("y"));
        return letter == 'u' || (!shortened && !shortBefore(letter, word.charAt(at + 1), rest));
    }

    /** What most words of two syllables do: panel and level are short, paper and local are long. */
    private static boolean shortBefore(char vowel, char consonant, String rest) {
        return switch (vowel) {
            case 'a' -> "nlm".indexOf(consonant) >= 0 && !rest.equals("y");
            case 'e' -> "vdlmnb".indexOf(consonant) >= 0;
            case 'i' -> "tsg".indexOf(consonant) >= 0 && !rest.equals("er") && !rest.equals("al") && !rest.equals("or");
            default -> false;
        };
    }

    /** One consonant and then two vowels, as in nation, Romania and stadium. */
    private boolean glideFollows(int at) {
        int next = unitEnd(at + 1);
        return next + 1 < word.length()
                && "ieu".indexOf(word.charAt(next)) >= 0
                && "aou".indexOf(word.charAt(next + 1)) >= 0;
    }

    private Phone longVowel(int at, char letter, Follow follow) {
        if (italian && !glideFollows(at)) {
            return switch (letter) {
                case 'a' -> Phone.AA;
                case 'e' -> follow == Follow.VOWEL ? Phone.IY : Phone.EY;
                case 'i', 'y' -> Phone.IY;
                case 'o' -> Phone.OW;
                default -> Phone.UW;
            };
        }
        return switch (letter) {
            case 'a' -> follow == Follow.END ? Phone.AA : Phone.EY;
            case 'e' -> Phone.IY;
            case 'i', 'y' -> Phone.AY;
            case 'o' -> Phone.OW;
            default -> Phone.UW;
        };
    }

    private Phone shortVowel(int at, char letter, int fromEnd) {
        return switch (letter) {
            case 'a' -> Phone.AE;
            case 'e' -> Phone.EH;
            case 'i', 'y' -> Phone.IH;
            case 'o' -> roundedBefore(at + 1, fromEnd) ? Phone.AO : italian ? Phone.OW : Phone.AA;
            default ->
                italian && at + 2 < word.length() && word.charAt(at + 1) == word.charAt(at + 2) ? Phone.UW : Phone.AH;
        };
    }

    private boolean roundedBefore(int next, int fromEnd) {
        boolean last = word.startsWith("ss", next) || word.startsWith("st", next) || word.startsWith("th", next);
        return word.startsWith("ng", next)
                || (fromEnd == 1 && last)
                || word.startsWith("ff", next)
                || word.startsWith("ft", next)
                || (word.startsWith("g", next) && next + 1 == word.length());
    }

    private static Phone beforeR(char letter) {
        return switch (letter) {
            case 'a' -> Phone.AA;
            case 'o' -> Phone.AO;
            default -> Phone.ER;
        };
    }

    private static Phone beforeDoubleR(char letter) {
        return switch (letter) {
            case 'a', 'e' -> Phone.EH;
            case 'o' -> Phone.AO;
            case 'u' -> Phone.ER;
            default -> Phone.IH;
        };
    }

    private Phone beforeOpenR(int at, char letter, int fromEnd) {
        boolean glide = glideFollows(at);
        boolean shortened = fromEnd > 2 && !glide;
        return switch (letter) {
            case 'a' -> italian && !glide ? Phone.AA : Phone.EH;
            case 'e' -> shortened || (italian && !glide) ? Phone.EH : Phone.IH;
            case 'i', 'y' -> shortened || italian || glide ? Phone.IH : Phone.AY;
            case 'o' -> Phone.AO;
            default -> Phone.UH;
        };
    }

    private void addWeak(int at, Follow follow, boolean first, Phones.Builder phones) {
        switch (word.charAt(at)) {
            case 'a' -> weakA(at, follow, first, phones);
            case 'e' -> weakE(at, follow, first, phones);
            case 'i' -> weakI(at, follow, first, phones);
            case 'o' -> weakO(at, follow, first, phones);
            case 'u' -> weakU(follow, first, phones);
            default -> weakY(follow, first, phones);
        }
    }

    private void weakA(int at, Follow follow, boolean first, Phones.Builder phones) {
        if (word.startsWith("ad")) {
            phones.add(Phone.AH, Phones.REDUCED);
            return;
        }
        switch (follow) {
            case R_CLOSED -> phones.add(first ? Phone.AA : Phone.ER, first ? Phones.FULL : Phones.REDUCED);
            case MAGIC_E -> phones.add(Phone.EY, Phones.SECONDARY);
            case CLOSED -> {
                boolean kept = first && word.charAt(at + 1) != word.charAt(Math.min(at + 2, word.length() - 1));
                phones.add(kept ? Phone.AE : Phone.AH, kept ? Phones.FULL : Phones.REDUCED);
            }
            default -> phones.add(Phone.AH, Phones.REDUCED);
        }
    }

    private void weakE(int at, Follow follow, boolean first, Phones.Builder phones) {
        switch (follow) {
            case R_CLOSED -> phones.add(Phone.ER, Phones.REDUCED);
            case R_OPEN -> phones.add(first ? Phone.IH : Phone.ER, Phones.REDUCED);
            case VOWEL, END -> phones.add(Phone.IY, Phones.REDUCED);
            case OPEN, MAGIC_E -> phones.add(first ? Phone.IH : Phone.AH, Phones.REDUCED);
            default -> {
                boolean weakStart = at == 0
                        ? "nmxs".indexOf(word.charAt(1)) >= 0
                        : word.startsWith("des") || word.startsWith("res");
                if (first && !weakStart) {
                    phones.add(Phone.EH, Phones.FULL);
                } else {
                    phones.add(first ? Phone.IH : Phone.AH, Phones.REDUCED);
                }
            }
        }
    }

    private void weakI(int at, Follow follow, boolean first, Phones.Builder phones) {
        switch (follow) {
            case R_CLOSED, R_OPEN, R_DOUBLE ->
                phones.add(
                        first && follow == Follow.R_OPEN ? Phone.AY : Phone.ER,
                        first && follow == Follow.R_OPEN ? Phones.FULL : Phones.REDUCED);
            case VOWEL -> phones.add(first ? Phone.AY : Phone.IY, first ? Phones.FULL : Phones.REDUCED);
            case END -> phones.add(Phone.IY, Phones.REDUCED);
            case MAGIC_E -> phones.add(Phone.AY, Phones.SECONDARY);
            case OPEN -> {
                if (at == 0) {
                    phones.add(italian ? Phone.IH : Phone.AY, italian ? Phones.REDUCED : Phones.FULL);
                } else {
                    phones.add(first ? Phone.IH : Phone.AH, Phones.REDUCED);
                }
            }
            default -> phones.add(Phone.IH, Phones.REDUCED);
        }
    }

    private void weakO(int at, Follow follow, boolean first, Phones.Builder phones) {
        switch (follow) {
            case R_CLOSED, R_OPEN, R_DOUBLE -> {
                boolean kept = first && !word.startsWith("for");
                phones.add(kept ? Phone.AO : Phone.ER, kept ? Phones.FULL : Phones.REDUCED);
            }
            case END, VOWEL -> phones.add(Phone.OW, Phones.REDUCED);
            case MAGIC_E -> phones.add(Phone.OW, Phones.SECONDARY);
            case OPEN -> phones.add(at == 0 ? Phone.OW : Phone.AH, Phones.REDUCED);
            default -> {
                boolean weak = !first
                        || word.startsWith("con")
                        || word.startsWith("com")
                        || word.charAt(at + 1) == word.charAt(Math.min(at + 2, word.length() - 1));
                phones.add(weak ? Phone.AH : Phone.AA, weak ? Phones.REDUCED : Phones.FULL);
            }
        }
    }

    private void weakU(Follow follow, boolean first, Phones.Builder phones) {
        switch (follow) {
            case R_CLOSED, R_DOUBLE -> phones.add(Phone.ER, Phones.REDUCED);
            case R_OPEN -> yod(phones).add(Phone.ER, Phones.REDUCED);
            case END -> phones.add(Phone.UW, Phones.REDUCED);
            case VOWEL -> yod(phones).add(Phone.UW, Phones.REDUCED);
            case MAGIC_E -> yod(phones).add(Phone.UW, Phones.SECONDARY);
            case OPEN -> yod(phones).add(first ? Phone.UW : Phone.AH, Phones.REDUCED);
            case CLOSED -> phones.add(Phone.AH, first ? Phones.FULL : Phones.REDUCED);
        }
    }

    private void weakY(Follow follow, boolean first, Phones.Builder phones) {
        switch (follow) {
            case END -> phones.add(Phone.IY, Phones.REDUCED);
            case OPEN, R_OPEN, VOWEL -> phones.add(first ? Phone.AY : Phone.IH, first ? Phones.FULL : Phones.REDUCED);
            case MAGIC_E -> phones.add(Phone.AY, Phones.SECONDARY);
            case R_CLOSED -> phones.add(Phone.ER, Phones.REDUCED);
            default -> phones.add(Phone.IH, Phones.REDUCED);
        }
    }

    private Phones.Builder yod(Phones.Builder phones) {
        return italian ? phones : phones.add(Phone.Y);
    }

    /** In weak syllables "de-ploy" is as open as "ze-bra" is in strong ones. */
    private Follow follow(int at, boolean weak) {
        int next = at + 1;
        if (next == word.length()) {
            return Follow.END;
        }
        if (!SpellingRules.consonant(word.charAt(next))) {
            return Follow.VOWEL;
        }
        if (word.charAt(next) == 'r') {
            return followR(next);
        }
        int end = unitEnd(next);
        if (end == word.length() || word.charAt(next) == 'x') {
            return Follow.CLOSED;
        }
        if (word.charAt(end) == 'e' && end + 1 == word.length()) {
            return Follow.MAGIC_E;
        }
        if (!SpellingRules.consonant(word.charAt(end))) {
            return Follow.OPEN;
        }
        boolean stop = end == next + 1 && "bcdfgkpt".indexOf(word.charAt(next)) >= 0;
        boolean table = stop && word.charAt(end) == 'l' && end + 2 == word.length() && word.charAt(end + 1) == 'e';
        boolean zebra = stop
                && (word.charAt(end) == 'r' || (weak && word.charAt(end) == 'l'))
                && end + 1 < word.length()
                && !SpellingRules.consonant(word.charAt(end + 1));
        return table || zebra ? Follow.OPEN : Follow.CLOSED;
    }

    private Follow followR(int r) {
        if (r + 1 == word.length()) {
            return Follow.R_CLOSED;
        }
        char next = word.charAt(r + 1);
        if (next == 'r') {
            return r + 2 < word.length() && !SpellingRules.consonant(word.charAt(r + 2))
                    ? Follow.R_DOUBLE
                    : Follow.R_CLOSED;
        }
        return SpellingRules.consonant(next) ? Follow.R_CLOSED : Follow.R_OPEN;
    }

    /** Behind the consonant at {@code at}, of which some are written with two letters. */
    private int unitEnd(int at) {
        boolean two = at + 1 < word.length()
                && ((word.charAt(at + 1) == 'h' && "cstpg".indexOf(word.charAt(at)) >= 0)
                        || (word.charAt(at) == 'q' && word.charAt(at + 1) == 'u'));
        return Math.min(word.length(), two ? at + 2 : at + 1);
    }
}
