// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpErrorTest {
    private static final String TEXT = "Please call Azathioprine Jones at 555 0100.";
    private static final ApiKey KEY = ApiKey.of("sk-live-0123456789");

    private static HttpError error(int status, String body, String... headers) {
        return error(TEXT, status, body, headers);
    }

    private static HttpError error(String text, int status, String body, String... headers) {
        Synthesis synthesis = TestSynthesis.of(text, SpeechOptions.none(), new VirtualTime());
        var head = new ResponseHead(status, Headers.of(headers), Optional.of("their-id"));
        return new HttpError(
                synthesis,
                "api.example",
                head,
                body.getBytes(StandardCharsets.UTF_8),
                head.header("dg-error").orElse(""),
                new Redactor(List.of(text), KEY));
    }

    private static String message(HttpError error) {
        return error.failure(Category.INVALID_REQUEST).build().getMessage();
    }

    @Test
    void failure_knownBody_saysWhoWhatAndWhy() {
        HttpError error = error(
                401,
                "{\"err_code\":\"INVALID_AUTH\",\"err_msg\":\"Invalid credentials.\",\"request_id\":\"x\"}",
                "Retry-After",
                "3");

        TtsException failure = error.failure(Category.AUTHENTICATION).build();

        assertThat(failure.category()).isEqualTo(Category.AUTHENTICATION);
        assertThat(failure.providerRequestId()).contains("their-id");
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(failure.backend()).contains("test");
        assertThat(failure).hasMessageStartingWith("api.example answered 401 INVALID_AUTH: Invalid credentials. [");
        assertThat(error).hasToString("HttpError[401]");
        assertThat(error.header("retry-after")).contains("3");
    }

    @Test
    void failure_bodySaysNothing_givesTheWordsOfTheHeader() {
        assertThat(message(error(400, "", "dg-error", "No such model")))
                .contains("api.example answered 400: No such model");
        assertThat(message(error(400, "{\"err_msg\":\"Bad\"}", "dg-error", "No such model")))
                .contains("400: Bad");
        assertThat(message(error(400, "", "dg-error", "the key is sk-live-0123456789")))
                .doesNotContain("0123456789");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"code\":400,\"message\":\"bad\",\"status\":\"INVALID_ARGUMENT\"}} | INVALID_ARGUMENT | bad",
                "[{\"error\":{\"message\":\"bad\",\"status\":\"UNAVAILABLE\"}}]                 | UNAVAILABLE      | bad",
                "{\"error\":{\"message\":\"bad\",\"type\":\"invalid\",\"code\":null}}           | invalid          | bad",
                "{\"error\":\"bad\"}                                                            | ''               | bad",
                "{\"detail\":{\"error\":{\"message\":\"bad\",\"code\":\"E1\"}}}                 | E1               | bad",
                "{\"detail\":{\"message\":\"bad\",\"code\":\"E2\"}}                             | E2               | bad",
                "{\"detail\":\"bad\"}                                                           | ''               | bad",
                "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"bad\",\"input\":\"x\"}]}            | ''               | bad",
                "{\"category\":\"INVALID_JSON\",\"message\":\"bad\"}                            | INVALID_JSON     | bad",
                "{\"error_code\":\"Busy\",\"err_msg\":\"bad\"}                                  | Busy             | bad",
                "{\"code\":\"C\",\"description\":\"bad\"}                                       | C                | bad",
            })
    void codeAndMessage_shapesThatServersUse_areFound(String body, String code, String message) {
        HttpError error = error(400, body);

        assertThat(error.code().orElse("")).isEqualTo(code);
        assertThat(message(error)).contains("400" + (code.isEmpty() ? "" : " " + code) + ": " + message);
    }

    @Test
    void values_ofAField_areFoundAtAnyDepth() {
        HttpError error = error(429, """
                {"error":{"code":429,"details":[
                  {"@type":"QuotaFailure","violations":[{"quotaId":"PerDay-Free","quotaValue":"20"},{"quotaId":"PerMinute"}]},
                  {"@type":"RetryInfo","retryDelay":"41.5s"}]}}
                """);

        assertThat(error.values("quotaId")).containsExactly("PerDay-Free", "PerMinute");
        assertThat(error.values("code")).containsExactly("429");
        assertThat(error.values("Id")).isEmpty();
        assertThat(error.retryAfter()).contains(Duration.ofMillis(41_500));
    }

    @Test
    void body_cut_givesWhatWasThere() {
        HttpError error = error(400, "{\"error\":{\"status\":\"INVALID_ARGUMENT\",\"message\":\"very lo");

        assertThat(error.code()).contains("INVALID_ARGUMENT");
    }

    @Test
    void body_ofAnyBytes_isNoFailure() {
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] body = new byte[random.nextInt(64)];
            random.nextBytes(body);
            String text = new String(body, StandardCharsets.ISO_8859_1);
            for (String around : new String[] {text, "{\"error\":" + text, "[" + text, "{\"a\":[{\"" + text}) {
                assertThatCode(() -> message(error(500, around))).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void body_nestedDeeply_isNoFailure() {
        assertThatCode(() -> message(error(500, "[".repeat(HttpError.MAX_BODY))))
                .doesNotThrowAnyException();
        assertThatCode(() -> message(error(500, "{\"a\":".repeat(1_000)))).doesNotThrowAnyException();
    }

    @Test
    void says_wordsOfTheServer_whateverTheShape() {
        assertThat(error(500, "{\"detail\":\"Failed: Text parameter cannot be EMPTY\"}")
                        .says("text parameter cannot be empty"))
                .isTrue();
        assertThat(error(500, "<h1>Too <b>long</b></h1>").says("too")).isTrue();
        assertThat(error(500, "{\"detail\":\"other\",\"status_code\":500}").says("500"))
                .isFalse();
        assertThat(error(500, "").says("a")).isFalse();
    }

    @Test
    void message_plainText_isTakenAndOfPagesWhatIsRead() {
        assertThat(message(error(500, "worker  died\n\tagain", "Content-Type", "text/plain")))
                .contains("answered 500: worker died again [");
        assertThat(message(error(500, "worker died"))).contains("worker died");
        assertThat(message(error(502, "<html><body>Bad Gateway</body></html>", "Content-Type", "text/html")))
                .contains("answered 502: Bad Gateway [");
        assertThat(message(error(502, "<html>Bad &lt;Gateway&gt; &amp;lt;</html>")))
                .contains("502: Bad <Gateway> &lt; [");
        assertThat(message(error(
                        500,
                        "<!doctype html><head><style>h1{}</style></head><title>500 Error</title><!-- a > b --><h1>Inter"
                                + "nal</h1>\n<p>It broke.<script>var a = '<p>';",
                        "Content-Type",
                        "text/html; charset=utf-8")))
                .contains("answered 500: Internal It broke. [");
        assertThat(message(error(400, "parameter error", "Content-Type", "text/html")))
                .contains("400: parameter error [");
        assertThat(message(error(502, "\0\1\2"))).contains("answered 502 [");
        assertThat(message(error(502, ""))).contains("answered 502 [");
    }

    @Test
    void message_long_isCut() {
        String message = message(error(400, "{\"error\":\"" + "word ".repeat(1_000) + "\"}"));

        assertThat(message).hasSizeLessThan(450).contains("word...");
    }

    @Test
    void message_controlCharacters_areBlanks() {
        assertThat(message(error(400, "{\"error\":\"a\\r\\nFAKE LOG\\u001b[31m\"}")))
                .contains("a FAKE LOG [31m");
        for (char control = 0; control <= 0xFF; control++) {
            if (Character.isISOControl(control)) {
                String escaped = "a\\u%04xb".formatted((int) control);
                assertThat(message(error(400, "{\"err_code\":\"%s\",\"error\":\"%s\"}".formatted(escaped, escaped))))
                        .as("U+%04X", (int) control)
                        .contains("answered 400 a b: a b [");
            }
        }
    }

    @Test
    void message_controlCharactersOfPlainText_areBlanks() {
        assertThat(message(error(400, "a\u0085FAKE LOG\u009b31m"))).contains("answered 400: a FAKE LOG 31m [");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cannot speak: Please call Azathioprine Jones at 555 0100. | cannot speak: <text>",
                "cannot speak PLEASE CALL AZATHIOPRINE JONES now           | cannot speak <text>now",
                "tried: ll Azathioprine Jon (cut)                          | tried: <text> (cut)",
                "unknown word \"Jones\"                                    | unknown word <text>",
                "unknown word 'Jones' and `0100`                           | unknown word <text> and <text>",
                "voice 'kore' does not exist                               | voice 'kore' does not exist",
                "Incorrect key: sk-live-0123456789.                        | Incorrect key: <key>.",
                "Incorrect key: sk-live-01****                             | Incorrect key: <key>****",
                "please try again later                                    | please try again later",
            })
    void message_echoes_areRemoved(String words, String shown) {
        String json = words.replace("\"", "\\\"");

        assertThat(message(error(400, "{\"error\":\"" + json + "\"}"))).contains(": " + shown + " [");
    }

    @Test
    void message_echoOfAShortText_isRemovedWhereItStandsAlone() {
        assertThat(message(error("Hi", 400, "{\"error\":\"This text is: Hi.\"}")))
                .contains(": This text is: <text>. [");
    }

    @Test
    void message_echoOfAnEmptyText_isNothing() {
        assertThat(message(error("", 400, "{\"error\":\"voice '' unknown\"}"))).contains("voice '' unknown");
    }

    @Test
    void code_thatEchoes_isFreedFromItAsWell() {
        assertThat(message(error(400, "{\"err_code\":\"" + TEXT + "\"}"))).doesNotContain("Azathioprine");
    }

    @Test
    void retryAfter_everyForm_isUnderstood() {
        assertThat(error(429, "", "retry-after-ms", "1500", "Retry-After", "9").retryAfter())
                .contains(Duration.ofMillis(1_500));
        assertThat(error(429, "", "Retry-After", "2.5").retryAfter()).contains(Duration.ofMillis(2_500));
        assertThat(error(
                                429,
                                "",
                                "Date",
                                "Wed, 21 Oct 2015 07:28:00 GMT",
                                "Retry-After",
                                "Wed, 21 Oct 2015 07:28:30 GMT")
                        .retryAfter())
                .contains(Duration.ofSeconds(30));
        assertThat(error(429, "", "Retry-After", "Tue, 01 Jan 2030 00:01:00 GMT")
                        .retryAfter())
                .contains(Duration.ofMinutes(1));
        assertThat(error(429, "{}").retryAfter()).isEmpty();
    }

    @Test
    void retryAfter_headerAndBodyDiffer_isTheLongerOne() {
        String body = "{\"error\":{\"details\":[{\"retryDelay\":\"7s\"},{\"retryDelay\":\"20s\"}]}}";
        assertThat(error(429, body, "Retry-After", "9").retryAfter()).contains(Duration.ofSeconds(20));
        assertThat(error(429, body, "Retry-After", "30").retryAfter()).contains(Duration.ofSeconds(30));
    }
}
