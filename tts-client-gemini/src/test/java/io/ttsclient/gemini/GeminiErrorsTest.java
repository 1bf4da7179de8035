// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.VirtualTime;
import io.ttsclient.testkit.gemini.GeminiEmulator;
import io.ttsclient.testkit.gemini.GeminiFailure;
import io.ttsclient.testkit.gemini.GeminiReply;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every row of the table in {@link GeminiErrors}. */
@ExtendWith(LeakCheck.class)
class GeminiErrorsTest {
    private static final String TEXT = "Your table is ready, Mr Quetzalcoatlus.";
    private static final byte[] AUDIO = GeminiEmulator.audioOf(TEXT, GeminiProfile.PCM);

    private final GeminiEmulator emulator = GeminiEmulator.start();
    private final Gemini streams = backend(true);
    private final Gemini answers = backend(false);

    private Gemini backend(boolean streaming) {
        return Gemini.builder()
                .apiKey(GeminiEmulator.KEY)
                .baseUrl(emulator.url())
                .streaming(streaming)
                .build();
    }

    @AfterEach
    void close() {
        streams.close();
        answers.close();
        emulator.close();
    }

    private static TtsException assertFailure(Speaking speaking, Category category, boolean retryable) {
        TtsException failure = speaking.thrown();
        assertThat(failure.category()).as("%s", failure).isEqualTo(category);
        assertThat(failure.retryable()).as("whether to try again: %s", failure).isEqualTo(retryable);
        assertThat(failure).hasMessageNotContaining("Quetzal").hasMessageNotContaining(GeminiEmulator.KEY);
        return failure;
    }

    // --- refusals

    @ParameterizedTest
    @CsvSource({
        "BAD_KEY, AUTHENTICATION, false",
        "EXPIRED_KEY, AUTHENTICATION, false",
        "UNAUTHENTICATED, AUTHENTICATION, false",
        "BAD_FIELD, INVALID_REQUEST, false",
        "SPOKE_TEXT, NO_AUDIO, true",
        "PRECONDITION, UNSUPPORTED, false",
        "PAYMENT_REQUIRED, QUOTA, false",
        "PERMISSION_DENIED, AUTHENTICATION, false",
        "NOT_FOUND, NOT_FOUND, false",
        "REQUEST_TIMEOUT, UNAVAILABLE, true",
        "ABORTED, UNAVAILABLE, true",
        "TOO_LARGE, INVALID_REQUEST, false",
        "PER_MINUTE, RATE_LIMIT, true",
        "PER_DAY_FREE, QUOTA, false",
        "PER_DAY_PAID, QUOTA, false",
        "NOT_ENABLED, QUOTA, false",
        "EXHAUSTED, RATE_LIMIT, true",
        "CANCELLED, CANCELLED, false",
        "INTERNAL, UNAVAILABLE, true",
        "UNIMPLEMENTED, UNSUPPORTED, false",
        "BAD_GATEWAY, UNAVAILABLE, true",
        "UNAVAILABLE, OVERLOADED, true",
        "DEADLINE_EXCEEDED, UNAVAILABLE, true",
    })
    void stream_refusal_isOfItsCategory(GeminiFailure refusal, Category category, boolean retryable) {
        if (refusal != GeminiFailure.BAD_GATEWAY) { // which is no JSON
            emulator.always(GeminiReply.speak().upTo(10_000).thenFail(refusal));
            Speaking inTheMiddle = Speaking.of(streams, TEXT);
            assertFailure(inTheMiddle, category, retryable);
            assertThat(inTheMiddle.audio()).isEqualTo(Arrays.copyOf(AUDIO, 10_000));
        }

        emulator.always(GeminiReply.refuse(refusal));
        TtsException failure = assertFailure(Speaking.of(streams, TEXT), category, retryable);
        assertThat(failure.getMessage()).contains("answered " + refusal.status());
    }

    @ParameterizedTest
    @EnumSource
    void refusals_allOfThem_areInTheTestAbove(GeminiFailure refusal) throws NoSuchMethodException {
        CsvSource rows = GeminiErrorsTest.class
                .getDeclaredMethod("stream_refusal_isOfItsCategory", GeminiFailure.class, Category.class, boolean.class)
                .getAnnotation(CsvSource.class);
        assertThat(rows.value()).anyMatch(row -> row.startsWith(refusal + ","));
    }

    @Test
    void stream_refusalInAnArray_isReadAsWell() {
        emulator.always(GeminiReply.speak()
                .wire(answer -> ServerAnswer.of(429)
                        .body(
                                "[{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"violations\":"
                                        + "[{\"quotaId\":\"GenerateRequestsPerDayPerProject\"}]}]}}]")));

        assertFailure(Speaking.of(streams, TEXT), Category.QUOTA, false);
    }

    @Test
    void stream_limitOfZeroInWordsOnly_isQuota() {
        emulator.always(GeminiReply.speak()
                .wire(answer -> ServerAnswer.of(429)
                        .body("{\"error\":{\"code\":429,\"message\":\"Quota exceeded\\n limit: 0, model: x\"}}")));

        assertFailure(Speaking.of(streams, TEXT), Category.QUOTA, false);
    }

    @Test
    void stream_quotaExceededAsACode_isQuota() {
        emulator.always(GeminiReply.speak()
                .wire(answer -> ServerAnswer.of(429)
                        .body("{\"error\":{\"code\":\"quota_exceeded\",\"message\":\"10 requests\"}}")));

        assertThat(assertFailure(Speaking.of(streams, TEXT), Category.QUOTA, false)
                        .retryAfter())
                .isPresent();
    }

    @Test
    void retryAfter_perMinute_isTheLongerOfBoth() {
        emulator.enqueue(
                GeminiReply.refuse(GeminiFailure.PER_MINUTE),
                GeminiReply.refuse(GeminiFailure.PER_MINUTE).wire(answer -> answer.header("Retry-After", "30")),
                GeminiReply.refuse(GeminiFailure.PER_MINUTE).wire(answer -> answer.header("Retry-After", "3")),
                GeminiReply.refuse(GeminiFailure.EXHAUSTED));

        assertThat(Speaking.of(streams, TEXT).thrown().retryAfter()).contains(Duration.ofSeconds(12));
        assertThat(Speaking.of(streams, TEXT).thrown().retryAfter()).contains(Duration.ofSeconds(30));
        assertThat(Speaking.of(streams, TEXT).thrown().retryAfter()).contains(Duration.ofSeconds(12));
        assertThat(Speaking.of(streams, TEXT).thrown().retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PER_DAY_FREE", "PER_DAY_PAID", "NOT_ENABLED"})
    void retryAfter_perDayOrNoneAtAll_isMidnightInLosAngeles(GeminiFailure refusal) {
        emulator.always(GeminiReply.refuse(refusal));
        Instant now = new VirtualTime().now();

        Duration wait = Speaking.of(streams, TEXT).thrown().retryAfter().orElseThrow();

        assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofHours(25));
        assertThat(now.plus(wait).atZone(ZoneId.of("America/Los_Angeles")).toLocalTime())
                .isEqualTo(LocalTime.MIDNIGHT);
    }

    // --- answers of status 200

    @ParameterizedTest
    @CsvSource({
        "SAFETY, CONTENT_REJECTED, false",
        "RECITATION, CONTENT_REJECTED, false",
        "LANGUAGE, CONTENT_REJECTED, false",
        "BLOCKLIST, CONTENT_REJECTED, false",
        "PROHIBITED_CONTENT, CONTENT_REJECTED, false",
        "SPII, CONTENT_REJECTED, false",
        "MAX_TOKENS, TRUNCATED, false",
        "OTHER, TRUNCATED, true",
        "MALFORMED_FUNCTION_CALL, TRUNCATED, true",
        "SOMETHING_NEW, TRUNCATED, true",
        "FINISH_REASON_UNSPECIFIED, TRUNCATED, true",
        "a “strange” reason, TRUNCATED, true",
    })
    void read_otherFinishReason_isAFailureWithTheAudioKept(String reason, Category category, boolean retryable) {
        emulator.always(GeminiReply.speak().upTo(10_000).finish(reason));

        for (Gemini backend : new Gemini[] {streams, answers}) {
            Speaking speaking = Speaking.of(backend, TEXT);
            assertFailure(speaking, category, retryable);
            assertThat(speaking.audio()).isEqualTo(Arrays.copyOf(AUDIO, 10_000));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, NO_AUDIO, true",
        "OTHER, NO_AUDIO, true",
        "SOMETHING_NEW, NO_AUDIO, true",
        "MAX_TOKENS, TRUNCATED, false",
        "SAFETY, CONTENT_REJECTED, false",
    })
    void stream_noAudio_isAFailure(String reason, Category category, boolean retryable) {
        emulator.always(GeminiReply.speak().upTo(0).finish(reason));

        assertFailure(Speaking.of(streams, TEXT), category, retryable);
        assertFailure(Speaking.of(answers, TEXT), category, retryable);
    }

    @Test
    void stream_textInsteadOfAudio_isNoAudio() {
        emulator.always(GeminiReply.speak().upTo(0).text("Quetzal, what a fine name"));

        assertFailure(Speaking.of(streams, TEXT), Category.NO_AUDIO, true);
        assertFailure(Speaking.of(answers, TEXT), Category.NO_AUDIO, true);
    }

    @Test
    void stream_textBeforeAudio_isPassedOver() {
        emulator.always(GeminiReply.speak().text("a thought"));

        assertThat(Speaking.of(streams, TEXT).audio()).isEqualTo(AUDIO);
        assertThat(Speaking.of(answers, TEXT).audio()).isEqualTo(AUDIO);
    }

    @ParameterizedTest
    @CsvSource({
        "SAFETY, CONTENT_REJECTED, false",
        "PROHIBITED_CONTENT, CONTENT_REJECTED, false",
        "MODEL_ARMOR, CONTENT_REJECTED, false",
        "JAILBREAK, CONTENT_REJECTED, false",
        "SOMETHING_NEW, CONTENT_REJECTED, false",
        "OTHER, NO_AUDIO, true",
    })
    void stream_blockedPrompt_isOfItsCategory(String reason, Category category, boolean retryable) {
        emulator.always(GeminiReply.block(reason));

        assertFailure(Speaking.of(streams, TEXT), category, retryable);
        assertFailure(Speaking.of(answers, TEXT), category, retryable);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"candidates\":[]}', NO_AUDIO, true",
        "'{}', NO_AUDIO, true",
        "'{\"candidates\":[{\"content\":{}}]}', NO_AUDIO, true",
        "'{\"candidates\":[{\"finishReason\":\"STOP\"}]}', NO_AUDIO, true",
        "'', TRUNCATED, true",
        "'{\"candidates\":[', TRUNCATED, true",
        "'<nonsense>', PROTOCOL, false",
        "'{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\"????????\"}}]}}]}', PROTOCOL, false",
    })
    void stream_answerWithoutCandidates_isAFailure(String json, Category category, boolean retryable) {
        emulator.always(GeminiReply.json(json));

        assertFailure(Speaking.of(streams, TEXT), category, retryable);
        assertFailure(Speaking.of(answers, TEXT), category, retryable);
    }

    @Test
    void stream_pageInsteadOfAnAnswer_isProtocol() {
        emulator.always(GeminiReply.speak()
                .wire(answer -> ServerAnswer.of(200)
                        .header("Content-Type", "text/html")
                        .body("<html>Please log in, Quetzalcoatlus</html>")));

        assertFailure(Speaking.of(answers, TEXT), Category.PROTOCOL, false);
    }

    @Test
    void read_endWithoutReason_isTruncated() {
        emulator.always(GeminiReply.speak().withoutFinish());

        for (Gemini backend : new Gemini[] {streams, answers}) {
            Speaking speaking = Speaking.of(backend, TEXT);
            assertFailure(speaking, Category.TRUNCATED, true);
            assertThat(speaking.audio()).isEqualTo(AUDIO);
        }
    }

    @Test
    void read_halfASampleAtTheEnd_isTruncated() {
        emulator.always(GeminiReply.speak().upTo(10_001));

        for (Gemini backend : new Gemini[] {streams, answers}) {
            Speaking speaking = Speaking.of(backend, TEXT);
            assertFailure(speaking, Category.TRUNCATED, true);
            assertThat(speaking.audio()).hasSize(10_000);
        }
    }

    @Test
    void stream_wavWithoutSamples_isNoAudio() {
        emulator.always(GeminiReply.speak().wav().upTo(0));

        assertFailure(Speaking.of(answers, TEXT), Category.NO_AUDIO, true);
    }

    @ParameterizedTest
    @CsvSource({
        "audio/mpeg, PROTOCOL",
        "image/png, PROTOCOL",
        "nonsense, PROTOCOL",
        "audio/l16; rate=1, PROTOCOL",
        "audio/l16; channels=9, PROTOCOL",
    })
    void stream_typeThatIsNotRead_isProtocol(String mimeType, Category category) {
        emulator.always(GeminiReply.speak().mimeType(mimeType));

        assertFailure(Speaking.of(streams, TEXT), category, false);
    }
}
