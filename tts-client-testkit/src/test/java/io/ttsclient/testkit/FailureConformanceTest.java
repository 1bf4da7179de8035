// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the tests of failures say about backends that break their rules. */
class FailureConformanceTest {
    private static final Logger LOG = LoggerFactory.getLogger(FailureConformanceTest.class);
    private static final String CATEGORY = "stream_engineFails_failsWithItsCategory";
    private static final String AGAIN = "stream_engineFailsAgainAndAgain_staysUsable";
    private static final String IN_FAILURE = "sensitive_isInNoFailureOfTheEngine";
    private static final String IN_LOG = "sensitive_isInNoLog";
    private static final String CONNECTIONS = "close_leavesNoConnectionAtTheEngine";

    @Test
    void wrongCategory_isNoticed() {
        ConformanceRun.of(WrongCategory.class, CATEGORY).failed(CATEGORY, "'429'", "RATE_LIMIT", "UNAVAILABLE");
    }

    static class WrongCategory extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return fake();
        }

        @Override
        protected List<FailureCase> failureCases() {
            return List.of(
                    new FailureCase("429", Category.RATE_LIMIT, () -> fake(Behaviour.fail(Category.UNAVAILABLE))));
        }
    }

    @Test
    void failureThatIsSwallowed_isNoticed() {
        ConformanceRun.of(Swallowed.class, CATEGORY)
                .failed(CATEGORY, "has to fail with [TRUNCATED], and does not fail");
    }

    static class Swallowed extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return fake();
        }

        @Override
        protected List<FailureCase> failureCases() {
            return List.of(new FailureCase(
                    "a cut connection",
                    Category.TRUNCATED,
                    () -> fake(Behaviour.speak().truncateAt(640))));
        }
    }

    @Test
    void failureWithoutItsRequest_isNoticed() {
        ConformanceRun.of(Nameless.class, CATEGORY).failed(CATEGORY, "who failed, in what '500' fails with");
    }

    static class Nameless extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return fake();
        }

        @Override
        protected List<FailureCase> failureCases() {
            return List.of(new FailureCase(
                    "500",
                    Category.UNAVAILABLE,
                    () -> streaming((fake, synthesis) -> {
                        throw TtsException.builder(Category.UNAVAILABLE, "no").build();
                    })));
        }
    }

    @Test
    void failureThatBreaksTheBackend_isNoticed() {
        ConformanceRun.of(BrokenForGood.class, AGAIN).failed(AGAIN, "UNAVAILABLE", "PROTOCOL");
    }

    static class BrokenForGood extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return fake();
        }

        @Override
        protected List<FailureCase> failureCases() {
            FakeBackend fake = fake(Behaviour.fail(Category.PROTOCOL));
            fake.enqueue(Behaviour.fail(Category.UNAVAILABLE));
            return List.of(new FailureCase("500", Category.UNAVAILABLE, () -> fake));
        }
    }

    @Test
    void echoOfTheTextOrTheKey_isNoticed() {
        ConformanceRun.of(Echo.class, IN_FAILURE).failed(IN_FAILURE, "messages of failures", "Quetzalcoatlus");
        ConformanceRun.of(KeyInMessage.class, IN_FAILURE).failed(IN_FAILURE, "messages of failures", "sk-12345");
    }

    static class Echo extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return fake();
        }

        @Override
        protected List<FailureCase> failureCases() {
            return List.of(new FailureCase(
                    "422",
                    Category.INVALID_REQUEST,
                    () -> streaming((fake, synthesis) -> {
                        throw synthesis
                                .failure(
                                        Category.INVALID_REQUEST,
                                        "cannot speak " + synthesis.text().text())
                                .build();
                    })));
        }
    }

    static class KeyInMessage extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return fake();
        }

        @Override
        protected List<FailureCase> failureCases() {
            return List.of(new FailureCase(
                    "401",
                    Category.AUTHENTICATION,
                    () -> streaming((fake, synthesis) -> {
                        throw synthesis
                                .failure(Category.AUTHENTICATION, "no such key: sk-12345")
                                .build();
                    })));
        }

        @Override
        protected List<String> secrets() {
            return List.of("sk-12345");
        }
    }

    @Test
    void logOfTheTextOrTheKey_isNoticed() {
        ConformanceRun.of(LogsTheText.class, IN_LOG).failed(IN_LOG, "logged or printed lines", "asked to say");
        ConformanceRun.of(PrintsTheKey.class, IN_LOG).failed(IN_LOG, "logged or printed lines", "key=sk-12345");
    }

    static class LogsTheText extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) -> {
                LOG.info("asked to say {}", synthesis.text().text());
                return fake.stream(synthesis);
            });
        }
    }

    static class PrintsTheKey extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) -> {
                System.out.println("key=sk-12345");
                return fake.stream(synthesis);
            });
        }

        @Override
        protected List<String> secrets() {
            return List.of("sk-12345");
        }
    }

    @Test
    void connectionThatStays_isNoticed() {
        ConformanceRun.of(KeepsAConnection.class, CONNECTIONS)
                .failed(CONNECTIONS, "connections that the engine still has open");
    }

    static class KeepsAConnection extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return fake();
        }

        @Override
        protected OptionalInt connectionsAtEngine() {
            return OptionalInt.of(1);
        }

        @Override
        protected Duration patience() {
            return LITTLE_PATIENCE;
        }
    }
}
