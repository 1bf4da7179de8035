// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The rules of {@code spelling.txt}, and the cutting of a word by them. Immutable, loaded at the first unknown word. */
final class SpellingRules {
    private static final String RESOURCE = "spelling.txt";

    /** {@code phones} are ARPAbet with vowel letters in between, see the resource. */
    private record Rule(String left, String letters, String right, List<Sound> sounds) {}

    /**
     * One phone of a rule, or a vowel letter whose phone is not known yet.
     *
     * @param letter the vowel letter, or 0
     * @param phone for a letter, without meaning
     * @param digit the stress digit, or -1 without one
     */
    record Sound(char letter, Phone phone, int digit) {
        boolean vowel() {
            return letter != 0 || phone.vowel();
        }
    }

    /** A {@link Sound} of a word and the index of its letter, for a phone that of the first letter of its rule. */
    record Placed(Sound sound, int at) {}

    private final List<List<Rule>> byFirstLetter = new ArrayList<>();
    private final Map<String, Integer> stressByEnding = new HashMap<>();
    private int longestEnding;

    static SpellingRules builtIn() {
        return BuiltIn.RULES;
    }

    private SpellingRules(BufferedReader lines) throws IOException {
        for (char c = 'a'; c <= 'z'; c++) {
            byFirstLetter.add(new ArrayList<>());
        }
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("-")) {
                int space = line.indexOf(' ');
                stressByEnding.put(line.substring(1, space), Integer.parseInt(line.substring(space + 1)));
                longestEnding = Math.max(longestEnding, space - 1);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                Rule rule = rule(line);
                byFirstLetter.get(rule.letters.charAt(0) - 'a').add(rule);
            }
        }
    }

    private static Rule rule(String line) {
        int open = line.indexOf('(');
        int close = line.indexOf(')', open);
        int space = line.indexOf(' ', close);
        int rightEnd = space < 0 ? line.length() : space;
        List<Sound> sounds = new ArrayList<>();
        for (int at = rightEnd + 1; at < line.length(); ) {
            int next = line.indexOf(' ', at);
            int end = next < 0 ? line.length() : next;
            sounds.add(sound(line, at, end));
            at = end + 1;
        }
        return new Rule(
                line.substring(0, open),
                line.substring(open + 1, close),
                line.substring(close + 1, rightEnd),
                List.copyOf(sounds));
    }

    private static Sound sound(String line, int start, int end) {
        char first = line.charAt(start);
        if (first >= 'a') {
            return new Sound(first, Phone.AH, -1);
        }
        char last = line.charAt(end - 1);
        boolean marked = FoldedText.isDigit(last);
        Phone phone = Objects.requireNonNull(Phone.named(line, start, marked ? end - 1 : end), line);
        return new Sound((char) 0, phone, marked ? last - '0' : -1);
    }

    /** {@code word}, letters from a to z, as sounds in order. */
    List<Placed> cut(String word) {
        List<Placed> sounds = new ArrayList<>(word.length() + 2);
        int at = 0;
        while (at < word.length()) {
            Rule rule = find(word, at);
            int end = at + rule.letters.length();
            int from = at;
            for (Sound sound : rule.sounds) {
                int letter = sound.letter == 0 ? -1 : word.indexOf(sound.letter, from);
                boolean found = letter >= 0 && letter < end;
                sounds.add(new Placed(sound, found ? letter : at));
                from = found ? letter + 1 : from;
            }
            at = end;
        }
        return sounds;
    }

    private Rule find(String word, int at) {
        for (Rule rule : byFirstLetter.get(word.charAt(at) - 'a')) {
            if (word.startsWith(rule.letters, at)
                    && fitsRight(rule.right, 0, word, at + rule.letters.length())
                    && fitsLeft(rule.left, rule.left.length(), word, at)) {
                return rule;
            }
        }
        throw new IllegalStateException(RESOURCE + " has no rule for " + word.charAt(at));
    }

    /** The longest ending of {@code word}, short of the whole of it, that says something about stress; empty where none does. */
    String ending(String word) {
        for (int length = Math.min(longestEnding, word.length() - 1); length > 1; length--) {
            String ending = word.substring(word.length() - length);
            if (stressByEnding.containsKey(ending)) {
                return ending;
            }
        }
        return "";
    }

    /** The syllable, counted from the end, that an {@link #ending} stresses; 0 where the ending does not count. */
    int stressFromEnd(String ending) {
        return stressByEnding.getOrDefault(ending, 0);
    }

    private static boolean fitsRight(String pattern, int from, String word, int at) {
        if (from == pattern.length()) {
            return true;
        }
        char p = pattern.charAt(from);
        if (p == '*') {
            int end = at;
            while (end < word.length() && consonant(word.charAt(end))) {
                end++;
            }
            return fitsRight(pattern, from + 1, word, end);
        }
        int next = p == '{' ? pattern.indexOf('}', from) + 1 : from + 1;
        if (p == '_' || (p == '{' && at >= word.length())) {
            boolean edge = p == '_' || pattern.substring(from, next).indexOf('_') >= 0;
            return edge && at == word.length() && fitsRight(pattern, next, word, at);
        }
        return at < word.length()
                && fits(pattern, from, next, word.charAt(at))
                && fitsRight(pattern, next, word, at + 1);
    }

    private static boolean fitsLeft(String pattern, int to, String word, int at) {
        if (to == 0) {
            return true;
        }
        char p = pattern.charAt(to - 1);
        if (p == '*') {
            int start = at;
            while (start > 0 && consonant(word.charAt(start - 1))) {
                start--;
            }
            return fitsLeft(pattern, to - 1, word, start);
        }
        int from = p == '}' ? pattern.lastIndexOf('{', to) : to - 1;
        if (p == '_') {
            return at == 0 && fitsLeft(pattern, from, word, at);
        }
        return at > 0 && fits(pattern, from, to, word.charAt(at - 1)) && fitsLeft(pattern, from, word, at - 1);
    }

    private static boolean fits(String pattern, int from, int to, char letter) {
        return switch (pattern.charAt(from)) {
            case 'C' -> consonant(letter);
            case 'V' -> !consonant(letter);
            case 'F' -> letter == 'e' || letter == 'i' || letter == 'y';
            case '{' -> pattern.substring(from, to).indexOf(letter) >= 0;
            default -> pattern.charAt(from) == letter;
        };
    }

    static boolean consonant(char letter) {
        return "aeiouy".indexOf(letter) < 0;
    }

    private static final class BuiltIn {
        static final SpellingRules RULES = load();

        private static SpellingRules load() {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                    Objects.requireNonNull(SpellingRules.class.getResourceAsStream(RESOURCE), RESOURCE),
                    StandardCharsets.UTF_8))) {
                return new SpellingRules(lines);
            } catch (IOException e) {
                throw new UncheckedIOException(RESOURCE + " cannot be read", e);
            }
        }
    }
}
