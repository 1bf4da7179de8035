// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A caller's words, which come before everything else. Immutable. */
public final class OwnWords {
    /** None. */
    public static final OwnWords NONE = new OwnWords(Map.of());

    private final Map<String, Entry> entries;
    private final int longest;

    /**
     * How a word is said.
     *
     * @param phonemes whether {@code text} is phonemes to say as they are, not words to read
     */
    public record Entry(boolean phonemes, String text) {
        @Override
        public String toString() {
            return (phonemes ? "phonemes" : "respelling") + "[" + text.length() + " chars]";
        }
    }

    /** The entries by word as {@link #folded}. */
    public OwnWords(Map<String, Entry> entries) {
        this.entries = Map.copyOf(entries);
        this.longest = entries.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    /** {@code word} as it looks when English is read: in ASCII but for a few signs, white space where nothing can be read. */
    public static String folded(String word) {
        return FoldedText.of(word).chars();
    }

    /** How many there are. */
    public int size() {
        return entries.size();
    }

    /** The length of the longest one as folded; 0 without words. */
    public int longest() {
        return longest;
    }

    /** The entry for {@code word} as written in a folded text, or null. */
    public @Nullable Entry find(String word) {
        Entry exact = entries.get(word);
        return exact != null ? exact : entries.get(word.toLowerCase(Locale.ROOT));
    }

    /** All that they say, in a form that differs where they do. */
    public String key() {
        return new TreeMap<>(entries)
                .entrySet().stream()
                        .map(word -> withLength(word.getKey())
                                + word.getValue().phonemes()
                                + withLength(word.getValue().text()))
                        .collect(Collectors.joining());
    }

    private static String withLength(String value) {
        return " " + value.length() + ":" + value;
    }

    /** Their number, never the words. */
    @Override
    public String toString() {
        return "OwnWords[" + size() + "]";
    }
}
