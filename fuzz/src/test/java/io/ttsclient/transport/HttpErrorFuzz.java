// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.testkit.TestSynthesis;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okhttp3.Headers;

class HttpErrorFuzz {
    private static final String TEXT = "Please call Azathioprine Jones at 555 0100.";
    private static final String KEY = "sk-live-0123456789";
    /** One longer than what is found, since a blank of the message's own may stand beside an echo. */
    private static final List<String> SECRETS = Stream.concat(
                    runs(TEXT, Redactor.TEXT_RUN + 1), runs(KEY, Redactor.KEY_RUN))
            .toList();

    private static final int LONGEST_MESSAGE = 500;

    @FuzzTest
    void failure_anyBody_showsNeitherTextNorKey(byte[] bytes) {
        byte[] body = Arrays.copyOf(bytes, Math.min(bytes.length, HttpError.MAX_BODY));
        for (String type : List.of("", "application/json", "text/plain", "text/html")) {
            HttpError error = error(type, body);

            TtsException failure = error.failure(Category.UNAVAILABLE).build();

            assertThat(failure.category()).isEqualTo(Category.UNAVAILABLE);
            assertThat(failure.retryAfter().orElse(Duration.ZERO)).isBetween(Duration.ZERO, Duration.ofDays(365));
            assertThat(error.toString()).isEqualTo("HttpError[503]");
            String message = String.valueOf(failure.getMessage());
            assertThat(message).startsWith("server answered 503").hasSizeLessThan(LONGEST_MESSAGE);
            assertThat(message.chars()).noneMatch(Character::isISOControl);
            assertThat(SECRETS).noneMatch(message.toLowerCase(Locale.ROOT)::contains);
        }
    }

    private static HttpError error(String type, byte[] body) {
        Headers headers = type.isEmpty() ? Headers.of() : Headers.of("Content-Type", type);
        var head = new ResponseHead(503, headers, Optional.empty());
        return new HttpError(
                TestSynthesis.of(TEXT),
                "server",
                head,
                body,
                new String(body, UTF_8),
                new Redactor(List.of(TEXT), ApiKey.of(KEY)));
    }

    /** All that is {@code length} characters long in {@code secret}. */
    private static Stream<String> runs(String secret, int length) {
        String lower = secret.toLowerCase(Locale.ROOT);
        return IntStream.rangeClosed(0, lower.length() - length).mapToObj(from -> lower.substring(from, from + length));
    }
}
