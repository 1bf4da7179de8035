// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ttsclient.doubles.Console;
import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is logged, as slf4j-simple prints it. {@link TtsClientSecrecyTest} has what is not. */
@ExtendWith(LeakCheck.class)
class TtsClientLogTest {
    private static final String TEXT = "Xylophone quokka";

    private final Console console = Console.open();
    private final FakeBackend red = FakeBackend.builder("red").build();
    private final FakeBackend green = FakeBackend.builder("green").build();
    private final TtsClient client = TtsClient.builder()
            .backend(red)
            .fallback(green)
            .retry(RetryPolicy.defaults().withMaxAttempts(2))
            .random(() -> 0)
            .build();

    @AfterEach
    void stop() {
        console.close();
        client.close();
    }

    private List<String> linesOf(String requestId) {
        return console.operatorsLines().stream()
                .filter(line -> line.contains("requestId=\"" + requestId) || line.contains("requestId=" + requestId))
                .toList();
    }

    private static SpeechRequest request(String id) {
        return SpeechRequest.builder(TEXT)
                .requestId(id)
                .with(options -> options.style("wombat"))
                .build();
    }

    @Test
    void request_goesWell_isNoLineAtInfo() {
        client.synthesize(request("r-well"));

        assertThat(console.operatorsLines()).isEmpty();
        assertThat(console.text()).contains("] DEBUG io.ttsclient.request - requestId=r-well outcome=complete");
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    void request_anyFailure_isOneLineAtMostAndNeverTheText(Category category) {
        TtsException.Builder failure = TtsException.builder(category, "scripted");
        if (category == Category.TIMEOUT) {
            failure.timeoutPhase(TimeoutPhase.FIRST_AUDIO);
        }
        red.always(Behaviour.fail(failure.build()));
        green.always(Behaviour.fail(failure.build()));

        Throwable thrown = catchThrowable(() -> client.synthesize(request("r-1")));
        Throwable streamed = catchThrowable(() -> client.stream(request("r-2")).toBytes());

        assertThat(linesOf("r-1")).hasSizeLessThanOrEqualTo(1);
        assertThat(linesOf("r-2")).hasSizeLessThanOrEqualTo(1);
        assertThat(console.text() + thrown + streamed + stackOf(thrown))
                .doesNotContainIgnoringCase("xylophone")
                .doesNotContainIgnoringCase("quokka")
                .doesNotContain("wombat");
    }

    @Test
    void request_fails_isALineAtInfoThatSaysWhy() {
        red.always(Behaviour.fail(Category.UNAVAILABLE));
        green.always(Behaviour.fail(Category.QUOTA));

        assertThat(catchThrowable(() -> client.synthesize(request("r-bad")))).isInstanceOf(TtsException.class);

        assertThat(linesOf("r-bad"))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("INFO io.ttsclient.request", "outcome=failed", "category=unavailable", "attempts=3"));
    }

    private static String stackOf(Throwable thrown) {
        var out = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(out));
        return out.toString();
    }

    @Test
    void request_fellBack_isOneLineWithTheKeysOfTheDocument() throws Exception {
        red.always(Behaviour.fail(Category.AUTHENTICATION));

        client.stream(request("r-back")).toBytes();

        assertThat(linesOf("r-back")).singleElement().satisfies(line -> {
            assertThat(line).contains("INFO", "io.ttsclient.request", "outcome=complete", "backend=green");
            for (String key : documentedKeys()) {
                assertThat(line).contains(key + "=");
            }
            assertThat(line.split("=", -1)).hasSize(documentedKeys().size() + 1);
        });
    }

    private static List<String> documentedKeys() throws Exception {
        String section = Files.readString(Path.of("../docs/operations.md")).split("## Logs", -1)[1];
        Matcher keys = Pattern.compile("^- `(\\w+)`", Pattern.MULTILINE).matcher(section);
        return keys.results().map(key -> key.group(1)).toList();
    }
}
