// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ttsclient.doubles.Console;
import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.BreakerPolicy;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.ProviderOptions;
import io.ttsclient.speech.SpeechListener;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.VirtualTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    @Test
    void listener_throwsEveryTime_isLoggedOnce() {
        var broken = new SpeechListener() {
            @Override
            public void started(Started event) {
                throw new IllegalStateException("a listener with a bug");
            }
        };
        try (TtsClient heard = TtsClient.builder()
                .backend(FakeBackend.create())
                .listener(broken)
                .build()) {
            heard.synthesize(request("r-first"));
            heard.synthesize(request("r-second"));
        }

        assertThat(console.operatorsLines().stream().filter(line -> line.contains(" - ")))
                .singleElement()
                .asString()
                .contains(
                        "WARN",
                        "requestId=r-first",
                        "The listener " + broken.getClass().getName() + " throws");
        assertThat(console.text()).containsOnlyOnce("a listener with a bug");
    }

    @Test
    void breaker_changes_areLinesWithTheRequestThatMadeThem() {
        var time = new VirtualTime();
        FakeBackend blue = FakeBackend.builder("blue").build();
        blue.always(Behaviour.fail(Category.CONNECTION));
        try (TtsClient guarded = TtsClient.builder()
                .backend(blue)
                .retry(RetryPolicy.none())
                .circuitBreaker(new BreakerPolicy(50, 4, 2, Duration.ofSeconds(10), 1))
                .timeSource(time)
                .build()) {
            assertThat(catchThrowable(() -> guarded.synthesize(request("r-fails"))))
                    .isInstanceOf(TtsException.class);
            assertThat(catchThrowable(() -> guarded.synthesize(request("r-opens"))))
                    .isInstanceOf(TtsException.class);
            time.advance(Duration.ofSeconds(11));
            blue.always(Behaviour.speak());
            guarded.synthesize(request("r-probes"));
        }

        assertThat(console.operatorsLines().stream().filter(line -> line.contains("CircuitBreakerLayer")))
                .satisfiesExactly(
                        opens -> assertThat(opens)
                                .contains("WARN", "requestId=r-opens", "The circuit breaker of blue opens for PT10S"),
                        probes -> assertThat(probes)
                                .contains("INFO", "requestId=r-probes", "blue changes from OPEN to HALF_OPEN"),
                        closes -> assertThat(closes)
                                .contains("INFO", "requestId=r-probes", "blue changes from HALF_OPEN to CLOSED"));
    }

    private record BlueOptions() implements ProviderOptions {
        @Override
        public String backend() {
            return "blue";
        }
    }

    @Test
    void optionsOfAnotherBackend_areALineOnceWithTheRequest() {
        for (String id : List.of("r-first", "r-second")) {
            client.synthesize(request(id).toBuilder()
                    .with(options -> options.provider(new BlueOptions()))
                    .build());
        }

        assertThat(console.operatorsLines())
                .singleElement()
                .asString()
                .contains("WARN", "requestId=r-first", "BlueOptions is ignored by backend red: it is for blue");
    }

    private static List<String> documentedKeys() throws Exception {
        String section = Files.readString(Path.of("../docs/operations.md")).split("## Logs", -1)[1];
        Matcher keys = Pattern.compile("^- `(\\w+)`", Pattern.MULTILINE).matcher(section);
        return keys.results().map(key -> key.group(1)).toList();
    }
}
