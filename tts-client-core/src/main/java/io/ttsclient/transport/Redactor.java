// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Removes from a server's message what the server echoes: what the caller says and the key, whole or in part, also as it stands in
 * addresses and in JSON. A run of characters that both share counts as an echo from {@value #TEXT_RUN} characters of text, or
 * {@value #KEY_RUN} of the key, on; shorter ones are words that any message has. What stands in quotation marks is held against the
 * text whatever its length.
 */
final class Redactor {
    static final int TEXT_RUN = 12;
    static final int KEY_RUN = 6;
    private static final String TEXT_MARK = "<text>";
    private static final String KEY_MARK = "<key>";
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"|'([^']+)'|`([^`]+)`|“([^”]+)”|‘([^’]+)’");

    private final List<String> texts;
    private final String key;

    /** {@code texts} is what the caller says: the text, the style. */
    Redactor(List<String> texts, @Nullable ApiKey key) {
        this.texts = texts.stream()
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .flatMap(text -> Stream.of(text, inForm(text), inForm(text).replace("+", "%20"), inJson(text)))
                .distinct()
                .toList();
        this.key = key == null ? "" : key.value().toLowerCase(Locale.ROOT);
    }

    private static String inForm(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    }

    /** As those write it who keep to ASCII. */
    private static String inJson(String text) {
        var json = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            json.append(c < ' ' || c > '~' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return json.toString();
    }

    String redact(String message) {
        String redacted = withoutRuns(message, key, KEY_RUN, KEY_MARK);
        for (String text : texts) {
            redacted = withoutRuns(redacted, text, TEXT_RUN, TEXT_MARK);
        }
        return withoutQuotes(redacted);
    }

    private static String withoutRuns(String message, String secret, int run, String mark) {
        int shortest = Math.min(run, secret.length());
        if (shortest == 0) {
            return message;
        }
        var redacted = new StringBuilder(message.length());
        int from = 0;
        while (from < message.length()) {
            int shared = sharedRun(message, from, secret, shortest);
            if (shared > 0 && (shortest == run || isWord(message, from, from + shared))) {
                redacted.append(mark);
                from += shared;
            } else {
                redacted.append(message.charAt(from++));
            }
        }
        return redacted.toString();
    }

    /** The longest run from {@code from} on that is in {@code secret} as well, or 0 if it is shorter than {@code shortest}. */
    private static int sharedRun(String message, int from, String secret, int shortest) {
        int longest = 0;
        int to = from + shortest;
        while (to <= message.length()
                && secret.contains(message.substring(from, to).toLowerCase(Locale.ROOT))) {
            longest = to - from;
            to++;
        }
        return longest;
    }

    /** A secret of a few characters is only an echo where it stands alone: "a" is in every word. */
    private static boolean isWord(String message, int from, int to) {
        return (from == 0 || !Character.isLetterOrDigit(message.charAt(from - 1)))
                && (to == message.length() || !Character.isLetterOrDigit(message.charAt(to)));
    }

    private String withoutQuotes(String message) {
        return QUOTED.matcher(message).replaceAll(match -> {
            String inside =
                    match.group().substring(1, match.group().length() - 1).toLowerCase(Locale.ROOT);
            boolean isEcho = texts.stream().anyMatch(text -> text.contains(inside.strip()));
            return Matcher.quoteReplacement(isEcho ? TEXT_MARK : match.group());
        });
    }
}
