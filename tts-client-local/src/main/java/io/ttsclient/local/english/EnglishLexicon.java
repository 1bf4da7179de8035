// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A list of pronunciations: lines {@code word PH PH ...} sorted by the bytes of the word, perhaps comments starting with
 * {@code #} before the first and behind the last. Immutable.
 *
 * <p>Nothing is read until a word is asked for, and then by halving the bytes: a command that says one sentence pays for its
 * own words and not for the whole list.
 */
final class EnglishLexicon {
    private final byte[] lines;
    /** Where the first word starts, and where the line of the last one ends. */
    private final int start;

    private final int end;

    /** {@code lines} is not copied. */
    EnglishLexicon(byte[] lines) {
        this.lines = lines;
        int first = 0;
        while (first < lines.length && (lines[first] == '#' || lines[first] == '\n')) {
            first = lineEnd(first) + 1;
        }
        this.start = Math.min(first, lines.length);
        int last = lines.length;
        while (last > start && !wordAt(lineStart(last - 1))) {
            last = lineStart(last - 1);
        }
        this.end = last;
    }

    /** The words of this library, loaded once. */
    static EnglishLexicon builtIn() {
        return BuiltIn.LEXICON;
    }

    /** The acronyms of this library that are said as words, loaded once. */
    static EnglishLexicon acronyms() {
        return BuiltInAcronyms.LEXICON;
    }

    private boolean wordAt(int line) {
        return lines[line] != '#' && lines[line] != '\n';
    }

    /** Of the line that the byte at {@code at} is in; a line's end belongs to it. */
    private int lineStart(int at) {
        int line = at;
        while (line > start && lines[line - 1] != '\n') {
            line--;
        }
        return line;
    }

    private int lineEnd(int at) {
        int behind = at;
        while (behind < lines.length && lines[behind] != '\n') {
            behind++;
        }
        return behind;
    }

    boolean contains(String word) {
        return find(word) >= 0;
    }

    /** How {@code word}, in small letters, is pronounced; null where it is not listed. */
    @Nullable
    Phones get(String word) {
        int line = find(word);
        if (line < 0) {
            return null;
        }
        StringBuilder phones = new StringBuilder();
        int behind = lineEnd(line);
        for (int i = line + word.length() + 1; i < behind; i++) {
            phones.append((char) lines[i]);
        }
        return Phones.of(phones);
    }

    /** Where the line of {@code word} starts, or -1. */
    private int find(String word) {
        int low = start;
        int high = end;
        while (low < high) {
            int line = lineStart((low + high) >>> 1);
            int order = compare(word, line);
            if (order == 0) {
                return line;
            }
            if (order < 0) {
                high = line;
            } else {
                low = lineEnd(line) + 1;
            }
        }
        return -1;
    }

    /** Negative, 0 or positive as {@code word} is before, the same as or behind the word of a line. */
    private int compare(String word, int line) {
        for (int i = 0; i < word.length(); i++) {
            int listed = line + i < lines.length ? lines[line + i] & 0xFF : '\n';
            if (word.charAt(i) != listed) {
                return word.charAt(i) - listed;
            }
        }
        int next = line + word.length();
        return next == lines.length || lines[next] == ' ' || lines[next] == '\n' ? 0 : -1;
    }

    private static EnglishLexicon load(String resource) {
        try (InputStream in = Objects.requireNonNull(EnglishLexicon.class.getResourceAsStream(resource), resource)) {
            return new EnglishLexicon(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }

    /** Loaded at first use, not with the class: a caller's own words or another language need none of it. */
    private static final class BuiltIn {
        static final EnglishLexicon LEXICON = load("lexicon.txt");
    }

    private static final class BuiltInAcronyms {
        static final EnglishLexicon LEXICON = load("acronyms.txt");
    }
}
