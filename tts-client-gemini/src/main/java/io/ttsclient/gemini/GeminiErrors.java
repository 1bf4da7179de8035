// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.transport.HttpError;
import io.ttsclient.transport.StatusCategories;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * What goes wrong with Gemini, by category. Whether a category is tried again, and counts for the circuit breaker, is the
 * category's own matter but where this table says otherwise.
 *
 * <table>
 * <caption>Refusals, by status and details; also of an error object inside of a successful answer</caption>
 * <tr><th>signal</th><th>category</th></tr>
 * <tr><td>400 with reason API_KEY_INVALID, API_KEY_EXPIRED or the like; 401; 403</td><td>AUTHENTICATION</td></tr>
 * <tr><td>400 that says the model tried to generate text</td><td>NO_AUDIO: the same request often succeeds</td></tr>
 * <tr><td>400 FAILED_PRECONDITION (region, billing); 501</td><td>UNSUPPORTED</td></tr>
 * <tr><td>other 400, 413 and other 4xx</td><td>INVALID_REQUEST</td></tr>
 * <tr><td>402</td><td>QUOTA</td></tr>
 * <tr><td>404</td><td>NOT_FOUND: a model that is retired, a voice that is unknown</td></tr>
 * <tr><td>429 with a quota per day</td><td>QUOTA until midnight in Los Angeles, whatever shorter wait it asks for</td></tr>
 * <tr><td>429 with a quota of 0</td><td>QUOTA until then: the model is not enabled for the account</td></tr>
 * <tr><td>other 429</td><td>RATE_LIMIT; to wait is the longer of {@code Retry-After} and {@code RetryInfo}</td></tr>
 * <tr><td>499</td><td>CANCELLED</td></tr>
 * <tr><td>503</td><td>OVERLOADED</td></tr>
 * <tr><td>408, 409, 500, 502, 504 and other 5xx</td><td>UNAVAILABLE</td></tr>
 * </table>
 *
 * <table>
 * <caption>Answers of status 200</caption>
 * <tr><th>signal</th><th>category</th></tr>
 * <tr><td>finishReason STOP, whole samples</td><td>success</td></tr>
 * <tr><td>STOP without audio: text instead, empty candidates, a WAV of 44 bytes</td><td>NO_AUDIO</td></tr>
 * <tr><td>STOP within a sample, or before the end that a WAV announced</td><td>TRUNCATED</td></tr>
 * <tr><td>no finishReason, or JSON that is cut</td><td>TRUNCATED</td></tr>
 * <tr><td>MAX_TOKENS</td><td>TRUNCATED, not tried again</td></tr>
 * <tr><td>SAFETY, RECITATION, LANGUAGE, BLOCKLIST, PROHIBITED_CONTENT, SPII</td><td>CONTENT_REJECTED</td></tr>
 * <tr><td>OTHER and all that is unknown</td><td>NO_AUDIO, TRUNCATED where audio had come</td></tr>
 * <tr><td>blockReason OTHER</td><td>NO_AUDIO: it passes</td></tr>
 * <tr><td>another blockReason</td><td>CONTENT_REJECTED</td></tr>
 * <tr><td>no JSON, no base64, no samples</td><td>PROTOCOL</td></tr>
 * </table>
 *
 * <p>Sources: the API's error model and the reports of its users; a bad key is a 400 there, and a per-day 429 asks for a wait of
 * seconds.
 */
final class GeminiErrors {
    private static final StatusCategories STATUSES =
            StatusCategories.defaults().with(499, Category.CANCELLED).with(503, Category.OVERLOADED);

    private static final int TOO_MANY_REQUESTS = 429;

    /** Quotas per day are renewed at midnight there. */
    private static final ZoneId QUOTA_ZONE = ZoneId.of("America/Los_Angeles");

    /** The one refusal that has no code of its own. */
    private static final String SPOKE_TEXT = "Model tried to generate text";

    private GeminiErrors() {}

    /** The failure that a refusal is. */
    static TtsException of(HttpError error, Instant now) {
        Category category = category(error);
        TtsException.Builder failure = error.failure(category);
        if (category == Category.QUOTA) {
            failure.retryAfter(error.status() == TOO_MANY_REQUESTS ? untilReset(now) : null);
        }
        return failure.build();
    }

    static Category category(HttpError error) {
        return switch (error.status()) {
            case 400 -> ofBadRequest(error);
            case TOO_MANY_REQUESTS -> isPerDay(error) || isNotEnabled(error) ? Category.QUOTA : Category.RATE_LIMIT;
            default -> STATUSES.of(error.status());
        };
    }

    private static Category ofBadRequest(HttpError error) {
        if (error.values("reason").stream().anyMatch(reason -> reason.startsWith("API_KEY_"))) {
            return Category.AUTHENTICATION;
        }
        if (error.values("status").contains("FAILED_PRECONDITION")) {
            return Category.UNSUPPORTED;
        }
        boolean spokeText = error.values("message").stream().anyMatch(message -> message.startsWith(SPOKE_TEXT));
        return spokeText ? Category.NO_AUDIO : Category.INVALID_REQUEST;
    }

    private static boolean isPerDay(HttpError error) {
        return error.values("quotaId").stream().anyMatch(id -> id.contains("PerDay"))
                || error.values("quotaMetric").stream().anyMatch(metric -> metric.contains("per_day"))
                || error.values("code").contains("quota_exceeded");
    }

    private static boolean isNotEnabled(HttpError error) {
        List<String> values = error.values("quotaValue");
        return values.contains("0")
                // Some answers have no details, only words.
                || values.isEmpty()
                        && error.values("message").stream().anyMatch(message -> message.matches("(?s).*limit: 0\\b.*"));
    }

    private static Duration untilReset(Instant now) {
        ZonedDateTime there = now.atZone(QUOTA_ZONE);
        return Duration.between(there, there.toLocalDate().plusDays(1).atStartOfDay(QUOTA_ZONE));
    }

    /** The failure that the end of an answer of status 200 is. */
    static TtsException ofEnd(Synthesis synthesis, Answer answer, boolean complete, boolean heard) {
        if (answer.blockReason().isPresent()) {
            return blocked(synthesis, answer.blockReason().get());
        }
        String reason = answer.finishReason().orElse("");
        return switch (reason) {
            case "SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII" ->
                synthesis
                        .failure(Category.CONTENT_REJECTED, "Gemini refuses to speak this text: " + reason)
                        .build();
            case "MAX_TOKENS" ->
                synthesis
                        .failure(Category.TRUNCATED, "the text is too long for one answer: " + reason)
                        .notRetryable()
                        .build();
            case "" -> complete && !heard ? silent(synthesis, "neither audio nor a reason") : cut(synthesis);
            case Answer.STOP -> complete ? silent(synthesis, reason) : cut(synthesis);
            default -> heard ? stopped(synthesis, reason) : silent(synthesis, reason);
        };
    }

    private static TtsException blocked(Synthesis synthesis, String reason) {
        return reason.equals("OTHER")
                ? silent(synthesis, "blockReason OTHER")
                : synthesis
                        .failure(Category.CONTENT_REJECTED, "Gemini refuses this text: " + shown(reason))
                        .build();
    }

    private static TtsException silent(Synthesis synthesis, String why) {
        return synthesis
                .failure(Category.NO_AUDIO, "Gemini answered without audio: " + shown(why))
                .build();
    }

    private static TtsException stopped(Synthesis synthesis, String reason) {
        return synthesis
                .failure(Category.TRUNCATED, "Gemini stopped before the end of the text: " + shown(reason))
                .build();
    }

    private static TtsException cut(Synthesis synthesis) {
        return synthesis
                .failure(Category.TRUNCATED, "the answer ended before it said why")
                .build();
    }

    /** The last sample, or what a WAV announced, is not all there. */
    static TtsException cutAudio(Synthesis synthesis) {
        return synthesis
                .failure(Category.TRUNCATED, "the answer ended within its audio")
                .build();
    }

    /** It is not what an answer looks like; {@code why} quotes nothing of it. */
    static TtsException unreadable(Synthesis synthesis, String why) {
        return synthesis
                .failure(Category.PROTOCOL, "the answer cannot be read: " + why)
                .build();
    }

    /** A word of the server's, if it looks like one. */
    private static String shown(String reason) {
        return reason.matches("[A-Za-z_ ]{1,64}") ? reason : "for a reason of " + reason.length() + " chars";
    }
}
