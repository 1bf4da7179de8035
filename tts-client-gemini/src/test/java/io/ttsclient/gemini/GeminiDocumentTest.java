// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.error.Category;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.gemini.GeminiEmulator;
import io.ttsclient.testkit.gemini.GeminiFailure;
import io.ttsclient.testkit.gemini.GeminiReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the table of failures in {@code docs/gemini.md} claims, row by row. */
@ExtendWith(LeakCheck.class)
class GeminiDocumentTest {
    private static final Map<String, List<GeminiReply>> REPLIES = Map.ofEntries(
            Map.entry(
                    "400 with a reason about the API key, 401, 403",
                    refusals(
                            GeminiFailure.BAD_KEY,
                            GeminiFailure.EXPIRED_KEY,
                            GeminiFailure.UNAUTHENTICATED,
                            GeminiFailure.PERMISSION_DENIED)),
            Map.entry("400 because the model \"tried to generate text\"", refusals(GeminiFailure.SPOKE_TEXT)),
            Map.entry("other 400, 413", refusals(GeminiFailure.BAD_FIELD, GeminiFailure.TOO_LARGE)),
            Map.entry(
                    "400 FAILED_PRECONDITION (region, billing), 501",
                    refusals(GeminiFailure.PRECONDITION, GeminiFailure.UNIMPLEMENTED)),
            Map.entry(
                    "402; 429 for a day's quota; 429 with a limit of 0",
                    refusals(
                            GeminiFailure.PAYMENT_REQUIRED,
                            GeminiFailure.PER_DAY_FREE,
                            GeminiFailure.PER_DAY_PAID,
                            GeminiFailure.NOT_ENABLED)),
            Map.entry("404", refusals(GeminiFailure.NOT_FOUND)),
            Map.entry("other 429", refusals(GeminiFailure.PER_MINUTE, GeminiFailure.EXHAUSTED)),
            Map.entry("503", refusals(GeminiFailure.UNAVAILABLE)),
            Map.entry(
                    "408, 409, 500, 502, 504",
                    refusals(
                            GeminiFailure.REQUEST_TIMEOUT,
                            GeminiFailure.ABORTED,
                            GeminiFailure.INTERNAL,
                            GeminiFailure.BAD_GATEWAY,
                            GeminiFailure.DEADLINE_EXCEEDED)),
            Map.entry("499", refusals(GeminiFailure.CANCELLED)),
            Map.entry(
                    "200, blocked, or finished for SAFETY and the like",
                    List.of(
                            GeminiReply.block("SAFETY"),
                            GeminiReply.speak().finish("SAFETY"),
                            GeminiReply.speak().finish("RECITATION"))),
            Map.entry("200, blocked for OTHER, which passes", List.of(GeminiReply.block("OTHER"))),
            Map.entry("200, MAX_TOKENS", List.of(GeminiReply.speak().finish("MAX_TOKENS"))),
            Map.entry(
                    "200, OTHER, or no reason at all",
                    List.of(
                            GeminiReply.speak().finish("OTHER"),
                            GeminiReply.speak().upTo(0).finish("OTHER"),
                            GeminiReply.speak().withoutFinish(),
                            GeminiReply.speak().upTo(0).withoutFinish())),
            Map.entry("200, STOP without a sample", List.of(GeminiReply.speak().upTo(0))));

    private static List<GeminiReply> refusals(GeminiFailure... failures) {
        return Arrays.stream(failures).map(GeminiReply::refuse).toList();
    }

    /** What Gemini says, without the marks around code, and the categories beside it. */
    private static Map<String, Set<Category>> rows() throws IOException {
        return Files.readAllLines(Path.of("../docs/gemini.md")).stream()
                .dropWhile(line -> !line.startsWith("| Gemini says"))
                .skip(2)
                .takeWhile(line -> line.startsWith("| "))
                .map(line -> line.split(" *\\| *", -1))
                .collect(Collectors.toMap(cells -> cells[1].replace("`", ""), cells -> categories(cells[2])));
    }

    private static Set<Category> categories(String cell) {
        return Pattern.compile("`(\\w+)`")
                .matcher(cell)
                .results()
                .map(code -> Category.valueOf(code.group(1)))
                .collect(Collectors.toSet());
    }

    private static Stream<Category> met(List<GeminiReply> replies) {
        try (GeminiEmulator emulator = GeminiEmulator.start()) {
            emulator.enqueue(replies.toArray(GeminiReply[]::new));
            return replies.stream().map(reply -> met(emulator)).toList().stream();
        }
    }

    private static Category met(GeminiEmulator emulator) {
        try (Gemini backend = Gemini.builder()
                .apiKey(GeminiEmulator.KEY)
                .baseUrl(emulator.url())
                .build()) {
            return Speaking.of(backend, "Hello.").thrown().category();
        }
    }

    @Test
    void failures_eachRow_isWhatIsThrown() throws IOException {
        Map<String, Set<Category>> rows = rows();
        assertThat(rows.keySet()).isEqualTo(REPLIES.keySet());

        rows.forEach((says, categories) -> assertThat(
                        met(Objects.requireNonNull(REPLIES.get(says))).collect(Collectors.toSet()))
                .as(says)
                .isEqualTo(categories));
    }
}
