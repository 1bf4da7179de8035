// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import java.util.Locale;

/**
 * Decides what a stop and the white space behind it mean. Looks back at the word before the stop and ahead at the word behind it,
 * both bounded.
 */
final class SentenceRules {
    /** What the place behind a mark is. */
    enum Decision {
        SENTENCE,
        CLAUSE,
        NO_BREAK,
        /** What follows belongs to the sentence before it: a closing bracket, a further stop, an emoji. */
        ABSORB,
        /** More text is needed to tell. */
        WAIT
    }

    /** How far before a mark this looks; the text must be kept so long. */
    static final int LOOK_BACK = 32;

    private static final int LONGEST_WORD = 24;
    private static final int LONGEST_FIRST_WORD = 12;

    private final TextWindow text;
    private final Abbreviations abbreviations;

    SentenceRules(TextWindow text, Locale language) {
        this.text = text;
        abbreviations = new Abbreviations(language);
    }

    /**
     * What a stop is.
     *
     * @param kind of the stop
     * @param sentence index of the first char of the sentence
     * @param mark index of the stop
     * @param quoted whether a quote or bracket closes behind the stop
     * @param next index of the first char behind the white space
     */
    Decision decide(Punctuation.Kind kind, int sentence, int mark, boolean quoted, int next) {
        Decision absorbed = absorb(next);
        if (absorbed != Decision.NO_BREAK) {
            return absorbed;
        }
        int first = text.codePointAt(next);
        boolean lowerCase = Character.isLowerCase(first);
        if (lowerCase) {
            int second = text.codePointAt(next + Character.charCount(first));
            if (second == TextWindow.NOTHING && !text.isClosed()) {
                return Decision.WAIT;
            }
            // "iPhone" and "eBay" start sentences.
            lowerCase = !Character.isUpperCase(second);
        }
        return switch (kind) {
            case STOP -> fullStop(sentence, mark, next, lowerCase);
            case ELLIPSIS -> lowerCase ? Decision.CLAUSE : Decision.SENTENCE;
            default -> lowerCase && quoted ? Decision.CLAUSE : Decision.SENTENCE;
        };
    }

    /** Whether what stands at {@code next}, behind white space, still belongs to the sentence before it. */
    Decision absorb(int next) {
        int codePoint = text.codePointAt(next);
        if (Emoji.isPictographic(codePoint)) {
            return Decision.ABSORB;
        }
        Punctuation.Kind kind = Punctuation.kind(codePoint);
        if (!kind.endsSentences() && !Punctuation.isCloser(codePoint)) {
            return Decision.NO_BREAK;
        }
        int following = text.codePointAt(next + Character.charCount(codePoint));
        if (following == TextWindow.NOTHING) {
            return text.isClosed() ? Decision.ABSORB : Decision.WAIT;
        }
        boolean alone = Punctuation.isSpace(following)
                || Punctuation.isCloser(following)
                || kind != Punctuation.Kind.STOP && Punctuation.kind(following).endsSentences();
        return alone ? Decision.ABSORB : Decision.NO_BREAK;
    }

    private Decision fullStop(int sentence, int mark, int next, boolean lowerCase) {
        String word = wordBefore(mark, sentence);
        if (enumerates(word, mark, sentence)) {
            return Decision.NO_BREAK;
        }
        Abbreviations.Kind kind = word.isEmpty() ? Abbreviations.Kind.NONE : abbreviations.kind(word);
        if (kind == Abbreviations.Kind.NONE || word.equals("I") && followsLowerCase(mark - 1, sentence)) {
            return lowerCase ? Decision.CLAUSE : Decision.SENTENCE;
        }
        if (lowerCase) {
            return Decision.NO_BREAK;
        }
        boolean number = Character.isDigit(text.codePointAt(next));
        return switch (kind) {
            case OPEN -> Decision.NO_BREAK;
            case NUMBERED -> number ? Decision.NO_BREAK : Decision.SENTENCE;
            case TIME -> byNextWord(next, false);
            case LAST -> Decision.SENTENCE;
            default -> number ? Decision.NO_BREAK : byNextWord(next, true);
        };
    }

    /** By the next word: with {@code usual}, one that often starts sentences ends this one; else one of time does not. */
    private Decision byNextWord(int next, boolean usual) {
        int end = next;
        while (end - next < LONGEST_FIRST_WORD && isWordChar(text.codePointAt(end))) {
            end++;
        }
        if (end >= text.end() && !text.isClosed()) {
            return Decision.WAIT;
        }
        String word = text.substring(next, end);
        boolean ends = usual
                ? text.codePointAt(end) != '.' && Abbreviations.usuallyStartsSentences(word)
                : !Abbreviations.belongsToTime(word);
        return ends ? Decision.SENTENCE : Decision.NO_BREAK;
    }

    private static boolean isWordChar(int codePoint) {
        return Character.isLetter(codePoint) || codePoint == '\'' || codePoint == '’';
    }

    /** The letters, digits, stops and slashes before {@code mark}; empty if they are too many for an abbreviation. */
    private String wordBefore(int mark, int sentence) {
        int start = mark;
        while (start > sentence) {
            int before = text.codePointBefore(start);
            if (!Character.isLetterOrDigit(before)
                    && before != '.'
                    && before != '/'
                    && !Punctuation.isCombining(before)) {
                break;
            }
            start -= Character.charCount(before);
            if (mark - start > LONGEST_WORD) {
                return "";
            }
        }
        return text.substring(start, mark);
    }

    /** Whether a sentence starts with {@code 1.}, {@code b.} or {@code IV.}, or a colon stands before {@code 1.}. */
    private boolean enumerates(String word, int mark, int sentence) {
        int start = mark - word.length();
        boolean number = word.matches("[0-9]{1,3}");
        if (!number && !word.matches("[A-Za-z]|[IVX]{1,4}")) {
            return false;
        }
        int before = start;
        while (before > sentence && mark - before < LOOK_BACK) {
            int c = text.codePointBefore(before);
            if (number && c == ':') {
                return true;
            }
            if (Character.isLetterOrDigit(c) || Punctuation.kind(c) != Punctuation.Kind.NONE) {
                return false;
            }
            before -= Character.charCount(c);
        }
        return before <= sentence;
    }

    /** Whether the word before the one that starts at {@code word} begins with a small letter. */
    private boolean followsLowerCase(int word, int sentence) {
        int at = word;
        while (at > sentence && word - at < LONGEST_WORD && Punctuation.isSpace(text.codePointBefore(at))) {
            at--;
        }
        int initial = 0;
        while (at > sentence && word - at < LONGEST_WORD && Character.isLetter(text.codePointBefore(at))) {
            initial = text.codePointBefore(at);
            at -= Character.charCount(initial);
        }
        return Character.isLowerCase(initial);
    }
}
