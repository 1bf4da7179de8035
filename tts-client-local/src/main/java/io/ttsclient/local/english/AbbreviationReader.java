// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import io.ttsclient.local.english.Abbreviations.Full;

/** Reads short forms and what is written with a period behind each letter; knows which periods end a sentence. */
final class AbbreviationReader {
    private static final String DEGREE = "Ph.D";

    private final FoldedText text;
    private final SpokenText out;

    AbbreviationReader(FoldedText text, SpokenText out) {
        this.text = text;
        this.out = out;
    }

    /** Returns the index behind what was read, or {@code at} where no short form starts. */
    int read(int at) {
        int end = readDotted(at);
        end = end > at ? end : readDegree(at);
        return end > at ? end : readShort(at);
    }

    /** U.S.A., a.m., e.g., J.K. */
    private int readDotted(int at) {
        int end = at;
        while (text.letterAt(end) && text.at(end + 1) == '.') {
            end += 2;
        }
        boolean lastDotMissing = end > at && text.letterAt(end) && !text.wordCharAt(end + 1);
        if (lastDotMissing) {
            end++;
        }
        if (end - at < 3 || text.wordCharAt(end)) {
            return at;
        }
        Full full = Abbreviations.find(text, at, lastDotMissing ? end : end - 1);
        if (full != null) {
            out.words(full.words(), at, end);
        } else {
            out.letters(text.between(at, end), at, end);
        }
        if (!lastDotMissing) {
            endSentence(end, false);
        }
        return end;
    }

    /** The one dotted form in use that is not single letters throughout. */
    private int readDegree(int at) {
        int end = at + DEGREE.length();
        if (!text.chars().startsWith(DEGREE, at) || text.letterAt(end)) {
            return at;
        }
        boolean dot = text.at(end) == '.';
        end = dot ? end + 1 : end;
        out.letters(DEGREE, at, end);
        if (dot) {
            endSentence(end, false);
        }
        return end;
    }

    private int readShort(int at) {
        int end = text.lettersEnd(at);
        if (text.at(end) == '\'') {
            return at;
        }
        if (end == at + 1 && text.at(end) == '/') {
            end = Math.max(end + 1, text.lettersEnd(end + 1));
        }
        Full full = Abbreviations.find(text, at, end);
        if (full == null) {
            return at;
        }
        boolean period = text.at(end) == '.' && !text.wordCharAt(end + 1) && text.at(end + 1) != '.';
        end = period ? end + 1 : end;
        out.words(full.words(), at, end);
        if (period) {
            endSentence(end, full.title());
        }
        return end;
    }

    private void endSentence(int end, boolean title) {
        if (title ? SentenceEnds.atEnd(text, end) : SentenceEnds.at(text, end)) {
            out.pause('.', end - 1, end);
        }
    }
}
