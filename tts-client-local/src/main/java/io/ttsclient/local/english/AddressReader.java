// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads e-mail and web addresses: "info at example dot com". A scheme, a query and a fragment are not said. */
final class AddressReader {
    /** Top-level domains that mark an address without a scheme; those that are common words are left out. */
    private static final String TOP =
            "com|org|net|io|dev|ai|co|gov|edu|uk|de|app|info|tv|eu|fr|ca|au|jp|cn|ch|nl|se|es|xyz|biz|gg";

    private static final String HOST = "(?:[A-Za-z0-9-]+\\.){1,20}";
    /** Longer ones are cut. */
    private static final int LONGEST = 300;

    private static final Set<String> SAID_TOPS = WordSet.of("""
            com org net gov app info dev co biz
            """);
    private static final String SILENT_END = ".,;:!?)]}*_";

    private final FoldedText text;
    private final SpokenText out;
    private final Pronouncer words;

    AddressReader(FoldedText text, SpokenText out, Pronouncer words) {
        this.text = text;
        this.out = out;
        this.words = words;
    }

    /** Returns the index behind the address, or {@code at} where none starts. */
    int read(int at) {
        if (!text.wordCharAt(at) || text.wordCharAt(at - 1) || !looksLikeAddress(at)) {
            return at;
        }
        Matcher matcher = Patterns.ADDRESS.matcher(text.chars());
        matcher.region(at, Math.min(text.length(), at + LONGEST));
        matcher.useTransparentBounds(true);
        if (!matcher.lookingAt()) {
            return at;
        }
        int end = matcher.end();
        while (end > at && SILENT_END.indexOf(text.at(end - 1)) >= 0) {
            end--;
        }
        say(text.between(at, end), at, end);
        return end;
    }

    /** Cheap look ahead, so that ordinary words never meet the pattern. */
    private boolean looksLikeAddress(int at) {
        for (int i = at; i < text.length() && i < at + LONGEST && !text.spaceAt(i); i++) {
            char c = text.at(i);
            if (c == '@' || (c == '.' && text.wordCharAt(i + 1)) || (c == ':' && text.at(i + 1) == '/')) {
                return true;
            }
        }
        return false;
    }

    private void say(String address, int start, int end) {
        String said = withoutScheme(address);
        int hostEnd = hostEnd(said);
        int at = 0;
        while (at < said.length()) {
            char c = said.charAt(at);
            int next = at + 1;
            if (FoldedText.isLetter(c)) {
                while (next < said.length() && FoldedText.isLetter(said.charAt(next))) {
                    next++;
                }
                label(said.substring(at, next), next == hostEnd, start, end);
            } else if (FoldedText.isDigit(c)) {
                while (next < said.length() && FoldedText.isDigit(said.charAt(next))) {
                    next++;
                }
                String digits = said.substring(at, next);
                out.words(next - at <= 2 ? NumberWords.written(digits) : NumberWords.digits(digits), start, end);
            } else {
                out.words(symbol(c), start, end);
            }
            at = next;
        }
    }

    private static String withoutScheme(String address) {
        int scheme = address.indexOf("://");
        String rest = scheme >= 0 ? address.substring(scheme + 3) : address;
        rest = rest.startsWith("mailto:") ? rest.substring(7) : rest;
        int end = rest.length();
        for (int i = 0; i < rest.length(); i++) {
            if (rest.charAt(i) == '?' || rest.charAt(i) == '#') {
                end = i;
                break;
            }
        }
        while (end > 0 && rest.charAt(end - 1) == '/') {
            end--;
        }
        return rest.substring(0, end);
    }

    private static int hostEnd(String said) {
        int from = Math.max(said.indexOf('@'), 0);
        for (int i = from; i < said.length(); i++) {
            if (said.charAt(i) == '/' || said.charAt(i) == ':') {
                return i;
            }
        }
        return said.length();
    }

    private void label(String letters, boolean top, int start, int end) {
        String word = letters.toLowerCase(Locale.ROOT);
        boolean said = top
                ? SAID_TOPS.contains(word) || word.length() > 3
                : (word.length() > 1 && words.knows(word)) || (word.length() > 3 && WordReader.hasVowel(word));
        if (said) {
            out.word(word, start, end);
        } else {
            out.letters(word, start, end);
        }
    }

    private static String symbol(char c) {
        return switch (c) {
            case '.' -> "dot";
            case '@' -> "at";
            case '-' -> "dash";
            case '_' -> "underscore";
            case '/' -> "slash";
            case '+' -> "plus";
            case ':' -> "colon";
            case '%' -> "percent";
            case '=' -> "equals";
            case '&' -> "and";
            case '~' -> "tilde";
            default -> "";
        };
    }

    /** Loaded with the first address, not with the first text. */
    private static final class Patterns {
        static final Pattern ADDRESS =
                Pattern.compile("(?:mailto:)?[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+){0,20}\\.[A-Za-z]{2,}"
                        + "|(?:https?|ftp|wss?)://[^\\s<>\"']+"
                        + "|www\\.[^\\s<>\"']+"
                        + "|" + HOST + "(?:" + TOP + ")(?![\\w-])(?:/[^\\s<>\"']*)?");
    }
}
