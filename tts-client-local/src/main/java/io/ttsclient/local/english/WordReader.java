// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.Locale;

/** Reads what starts with a letter: words, abbreviations, acronyms, initials, roman numbers, names like iPhone. */
final class WordReader {
    private final FoldedText text;
    private final SpokenText out;
    private final Pronouncer words;
    private final Acronyms acronyms;
    private final AbbreviationReader abbreviations;

    WordReader(FoldedText text, SpokenText out, Pronouncer words) {
        this.text = text;
        this.out = out;
        this.words = words;
        this.acronyms = new Acronyms(text, words);
        this.abbreviations = new AbbreviationReader(text, out);
    }

    /** Returns the index behind what was read, or {@code at} where no letter is. */
    int read(int at) {
        if (!text.letterAt(at)) {
            return at;
        }
        int end = abbreviations.read(at);
        end = end > at ? end : readHyphenated(at);
        if (end > at) {
            return end;
        }
        end = wordEnd(at);
        if (!readRoman(at, end)) {
            if (end - at == 1) {
                return readLetter(at);
            }
            readWord(at, end);
        }
        return end;
    }

    /** Behind the letters and the apostrophes between them. */
    private int wordEnd(int at) {
        int end = text.lettersEnd(at);
        while (text.at(end) == '\'' && text.letterAt(end + 1)) {
            end = text.lettersEnd(end + 1);
        }
        return end;
    }

    /** Wi-Fi, e-mail, co-operate: one word where the lexicon has it so. */
    private int readHyphenated(int at) {
        int end = text.lettersEnd(at);
        if (text.at(end) != '-' || !text.letterAt(end + 1)) {
            return at;
        }
        int second = text.lettersEnd(end + 1);
        String joined = (text.between(at, end) + text.between(end + 1, second)).toLowerCase(Locale.ROOT);
        if (text.wordCharAt(second) || text.at(second) == '-' || !words.lists(joined)) {
            return at;
        }
        out.word(joined, at, second);
        return second;
    }

    private boolean readRoman(int at, int end) {
        Spoken previous = out.last();
        if (!text.capitalAt(at) || previous == null || previous.kind() != Spoken.Kind.WORD || text.wordCharAt(end)) {
            return false;
        }
        boolean behindName = text.spaceAt(at - 1) && text.capitalAt(previous.start());
        int base = text.lettersEnd(at);
        String clitic = text.between(base, end);
        String said = behindName ? RomanNumerals.words(text.between(at, base), previous.text()) : "";
        if (said.isEmpty()) {
            return false;
        }
        out.words(said + clitic, at, end);
        return true;
    }

    private int readLetter(int at) {
        int end = at + 1;
        char letter = text.at(at);
        boolean digitFollows = text.digitAt(end);
        if (letter == 'v' && digitFollows) {
            out.word("version", at, end);
        } else if ((letter == 'I' && !digitFollows)
                || (letter == 'a' && !text.digitAt(at - 1) && !digitFollows && !listed(at))
                || article(at)) {
            out.word(text.between(at, end), at, end);
        } else {
            out.letter(text.between(at, end), at, end);
            boolean initial =
                    FoldedText.isCapital(letter) && text.at(end) == '.' && text.capitalAt(text.skipSpaces(end + 1));
            if (initial && !SentenceEnds.at(text, end + 1)) {
                return end + 1;
            }
        }
        return end;
    }

    /** The first of several letters as in a b c, or a name in a formula. */
    private boolean listed(int at) {
        int next = text.skipSpaces(at + 1);
        if ("=!<>+*/&|".indexOf(text.at(next)) >= 0 || (text.at(next) == '-' && text.at(next + 1) == '>')) {
            return true;
        }
        return text.letterAt(next) && text.at(next) != 'I' && !text.wordCharAt(next + 1) && text.at(next + 1) != '\'';
    }

    /** A capital A is the article at the start of a sentence and between capitalised words, else a name: plan A. */
    private boolean article(int at) {
        int next = text.skipSpaces(at + 1);
        boolean wordFollows = text.spaceAt(at + 1) && text.letterAt(next);
        return text.at(at) == 'A' && wordFollows && !listed(at) && (out.atSentenceStart() || text.capitalAt(next));
    }

    private void readWord(int at, int end) {
        int base = text.lettersEnd(at);
        String clitic = text.between(base, end).toLowerCase(Locale.ROOT);
        if (base - at == 1) {
            readShortBase(at, end, clitic);
            return;
        }
        String written = text.between(at, base);
        int plural = pluralOf(written);
        if (plural > 0) {
            readCapitals(written.substring(0, plural), at, end, "'s");
        } else if (allCapitals(written)) {
            readCapitals(written, at, end, clitic);
        } else if (mixed(written)) {
            readMixed(at, base, end, clitic);
        } else {
            plainWord(written, clitic, at, end);
        }
    }

    /** I'll, O'Brien and y'all are words; x's is a letter. */
    private void readShortBase(int at, int end, String clitic) {
        if (clitic.equals("'s") && text.at(at) != 'i') {
            out.letter(text.between(at, at + 1) + clitic, at, end);
        } else {
            out.word(text.between(at, end), at, end);
        }
    }

    private void plainWord(String written, String clitic, int at, int end) {
        String word = written.toLowerCase(Locale.ROOT);
        if (!Acronyms.spelledSmall(word) || words.lists(word)) {
            out.word(word + clitic, at, end);
        } else if (word.endsWith("s") && hasVowel(word)) {
            spell(word.substring(0, word.length() - 1), "'s", at, end);
        } else {
            spell(word, clitic, at, end);
        }
    }

    private void spell(String letters, String clitic, int at, int end) {
        int last = letters.length() - 1;
        out.letters(letters.substring(0, last), at, end);
        out.letter(letters.substring(last) + clitic, at, end);
    }

    private void readCapitals(String letters, int at, int end, String clitic) {
        boolean firm = text.at(at - 1) == '&' || text.at(end) == '&';
        if (letters.length() == 1 || firm || acronyms.spelled(letters)) {
            spell(letters, clitic, at, end);
        } else {
            out.word(letters + clitic, at, end);
        }
    }

    /** JavaScript, iPhone, OpenAI: piece by piece, unless the whole is a word. */
    private void readMixed(int at, int base, int end, String clitic) {
        String word = text.between(at, base).toLowerCase(Locale.ROOT);
        if (words.knows(word) || words.saysAcronym(word) || scottish(word)) {
            out.word(word + clitic, at, end);
            return;
        }
        int start = at;
        while (start < base) {
            int cut = pieceEnd(start, base);
            boolean last = cut == base;
            readPiece(start, cut, last ? end : cut, last ? clitic : "");
            start = cut;
        }
    }

    private boolean scottish(String word) {
        String rest = word.startsWith("mc") ? word.substring(2) : word.startsWith("mac") ? word.substring(3) : "";
        return rest.length() > 2 && (word.startsWith("mc") || !words.knows(rest));
    }

    private void readPiece(int start, int cut, int end, String clitic) {
        String piece = text.between(start, cut);
        if (allCapitals(piece) || piece.length() == 1) {
            readCapitals(piece, start, end, clitic);
        } else {
            plainWord(piece, clitic, start, end);
        }
    }

    /** A piece ends before a capital behind a small letter, and before the last of several capitals. */
    private int pieceEnd(int start, int limit) {
        int end = start + 1;
        while (end < limit) {
            boolean capital = text.capitalAt(end);
            boolean behindSmall = capital && !text.capitalAt(end - 1);
            boolean opensWord = capital && end + 1 < limit && !text.capitalAt(end + 1);
            if (behindSmall || opensWord) {
                return end;
            }
            end++;
        }
        return limit;
    }

    /** The length of the acronym in APIs or PDFs, else 0. */
    private static int pluralOf(String written) {
        int last = written.length() - 1;
        boolean plural = last >= 2 && written.charAt(last) == 's' && allCapitals(written.substring(0, last));
        return plural ? last : 0;
    }

    private static boolean allCapitals(String written) {
        for (int i = 0; i < written.length(); i++) {
            if (!FoldedText.isCapital(written.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean mixed(String written) {
        for (int i = 1; i < written.length(); i++) {
            if (FoldedText.isCapital(written.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    static boolean hasVowel(String word) {
        for (int i = 0; i < word.length(); i++) {
            if ("aeiouy".indexOf(word.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
