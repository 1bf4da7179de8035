// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a server said when it refused: a status, and what can be made of at most 8 KiB of the body. Immutable.
 *
 * <p>{@link #code()} and {@link #values} are the server's own words, to be compared with, never to be shown: a server may
 * echo anything there. What goes into {@link #failure} was freed from the text and the key.
 */
public final class HttpError {
    /** How much of an error body is looked at. */
    static final int MAX_BODY = 8 * 1024;

    private static final int MAX_MESSAGE = 300;
    /** What a browser does not show on the page, and comments; the last one may be cut. */
    private static final Pattern UNREAD =
            Pattern.compile("(?is)<(script|style|title|head)\\b.*?(</\\1\\s*>|$)|<!--.*?(-->|$)");

    private static final Pattern TAG = Pattern.compile("<[^>]*(>|$)");
    private static final int MAX_CODE = 64;

    private final Synthesis synthesis;
    private final String source;
    private final ResponseHead head;
    private final Redactor redactor;
    private final ErrorFields fields;
    private final String plainText;

    /** {@code source} names the server in messages; {@code told} is what a header says, for where the body says nothing. */
    HttpError(Synthesis synthesis, String source, ResponseHead head, byte[] body, String told, Redactor redactor) {
        this.synthesis = synthesis;
        this.source = source;
        this.head = head;
        this.redactor = redactor;
        fields = new ErrorFields(body);
        String words = fields.isEmpty() ? plainText(body) : "";
        plainText = words.isEmpty() ? told : words;
    }

    /** The HTTP status. */
    public int status() {
        return head.status();
    }

    /** A header of the answer, the first of that name. */
    public Optional<String> header(String name) {
        return head.header(name);
    }

    /** The provider's code for the failure, such as {@code INVALID_AUTH}, where the body is JSON with a well-known field. */
    public Optional<String> code() {
        return fields.code();
    }

    /**
     * What the JSON body holds in fields called {@code name}, at any depth, in their order: {@code values("reason")},
     * {@code values("quotaId")}. Numbers and booleans as they are written.
     */
    public List<String> values(String name) {
        return fields.values(name);
    }

    /** Whether {@code words} are in what the server says to people, in JSON or plainly; upper and lower case are the same. */
    public boolean says(String words) {
        return said().toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }

    private String said() {
        return fields.message().orElse(plainText);
    }

    /** How long the server asks to wait: by a header, or by Google's {@code RetryInfo} in the body; the longer one of both. */
    public Optional<Duration> retryAfter() {
        Instant ours = synthesis.time().now();
        Instant now =
                head.header("Date").flatMap(date -> RetryAfter.date(date, ours)).orElse(ours);
        Optional<Duration> header = head.header("retry-after-ms")
                .flatMap(RetryAfter::ofMillis)
                .or(() -> head.header("Retry-After").flatMap(value -> RetryAfter.ofHeader(value, now)));
        Stream<Duration> body =
                values("retryDelay").stream().map(RetryAfter::ofUnits).flatMap(Optional::stream);
        return Stream.concat(header.stream(), body).max(Comparator.naturalOrder());
    }

    /**
     * The failure that this is, of the category that the backend's table says. Its message names the server, the status, and the
     * provider's code and words, without text or key.
     */
    public TtsException.Builder failure(Category category) {
        var message = new StringBuilder(source).append(" answered ").append(status());
        code().map(code -> shown(code, MAX_CODE))
                .ifPresent(code -> message.append(' ').append(code));
        String words = shown(said(), MAX_MESSAGE);
        if (!words.isEmpty()) {
            message.append(": ").append(words);
        }
        return synthesis
                .failure(category, message.toString())
                .providerRequestId(head.providerRequestId().orElse(null))
                .retryAfter(retryAfter().orElse(null));
    }

    private String shown(String words, int length) {
        // Redacted before it is cut: a cut may leave less of an echo than is recognised.
        String clean = redactor.redact(words.replaceAll("[\\p{Cc}\\s]+", " ").strip());
        return clean.length() <= length ? clean : clean.substring(0, length).strip() + "...";
    }

    /** A body that is words, not bytes; of a page of HTML what is to be read of it. */
    private String plainText(byte[] body) {
        String type = head.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        String text = new String(body, StandardCharsets.UTF_8).strip();
        boolean isText = type.isEmpty() || type.startsWith("text/");
        if (!isText || text.indexOf('\uFFFD') >= 0 || text.indexOf('\0') >= 0) {
            return "";
        }
        return type.startsWith("text/html") || text.startsWith("<") ? readable(text) : text;
    }

    private static String readable(String html) {
        String text = UNREAD.matcher(html).replaceAll(" ");
        return TAG.matcher(text)
                .replaceAll(" ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&")
                .strip();
    }

    /** The status only. */
    @Override
    public String toString() {
        return "HttpError[" + status() + "]";
    }
}
