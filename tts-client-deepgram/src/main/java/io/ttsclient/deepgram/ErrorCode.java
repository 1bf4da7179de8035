// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.error.Category;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Deepgram's codes for what goes wrong over a WebSocket, such as {@code NET-0001}; they stand in free text, in many spellings. */
final class ErrorCode {
    private static final Pattern CODE =
            Pattern.compile("\\b(MESSAGE|DATA|BIG|NET)[-_ ]?(\\d{4})\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9_.-]{1,48}");

    private ErrorCode() {}

    /** The code in {@code words}, in its usual spelling. */
    static Optional<String> in(String words) {
        Matcher matcher = CODE.matcher(words);
        return matcher.find()
                ? Optional.of(matcher.group(1).toUpperCase(Locale.ROOT) + "-" + matcher.group(2))
                : Optional.empty();
    }

    /** A code as it may be shown: what does not look like one is left out. */
    static String shown(String code) {
        return SHOWN.matcher(code).matches() ? code : "(no code)";
    }

    /** What a code means; empty for one that is not known. */
    static Optional<Category> category(String code) {
        return Optional.ofNullable(
                switch (code) {
                    case "MESSAGE-0000", "DATA-0000" -> Category.PROTOCOL;
                    case "DATA-0001" -> Category.RATE_LIMIT;
                    case "DATA-0002", "BIG-0000", "BIG-0001" -> Category.INVALID_REQUEST;
                    case "NET-0000", "NET-0001", "NET-0002", "NET-0003", "NET-0004" -> Category.UNAVAILABLE;
                    default -> null;
                });
    }

    /** What a close code means, where no code of Deepgram's stands beside it. */
    static Category category(int closeCode) {
        return switch (closeCode) {
            case 1003, 1007, 1008 -> Category.PROTOCOL;
            case 1009 -> Category.INVALID_REQUEST;
            case 1000, 1001, 1011, 1012 -> Category.UNAVAILABLE;
            case 1013 -> Category.OVERLOADED;
            default -> Category.CONNECTION;
        };
    }
}
