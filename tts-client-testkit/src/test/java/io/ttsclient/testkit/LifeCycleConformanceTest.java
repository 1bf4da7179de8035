// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.Voice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the tests of the life cycle say about backends that mix things up or leave them behind. */
class LifeCycleConformanceTest {
    private static final String LEFTOVERS = "close_leavesNoThreadAndNoFile";
    private static final String CLOSED = "close_twice_thenStreamIsClosed";

    @Test
    void incompleteCapabilities_areNoticed() {
        String test = "capabilities_areComplete";
        ConformanceRun.of(UpperCaseName.class, test).failed(test, "lower case, as in configuration");
        ConformanceRun.of(FormatTwice.class, test).failed(test, "the formats, each once");
    }

    static class UpperCaseName extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return FakeBackend.builder("Acme Speech").build();
        }
    }

    static class FormatTwice extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return FakeBackend.builder("acme", AudioFormat.mulaw(8_000))
                    .format(AudioFormat.mulaw(8_000))
                    .build();
        }
    }

    @Test
    void changingCapabilities_areNoticed() {
        String test = "capabilities_usedAndClosed_stayTheSame";
        ConformanceRun.of(CapabilitiesThatChange.class, test).failed(test, "the capabilities after the first use");
    }

    static class CapabilitiesThatChange extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            FakeBackend fake = fake();
            return new DelegatingBackend(fake) {
                @Override
                public TtsCapabilities capabilities() {
                    return fake.calls().isEmpty()
                            ? super.capabilities()
                            : TtsCapabilities.builder("broken", AudioFormat.mulaw(8_000))
                                    .build();
                }
            };
        }
    }

    @Test
    void prewarmOnlyOnce_isNoticed() {
        String test = "prewarm_twice_speaksAfterwards";
        ConformanceRun.of(PrewarmsOnce.class, test).failed(test, "warm already");
    }

    static class PrewarmsOnce extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            FakeBackend fake = fake();
            return new DelegatingBackend(fake) {
                @Override
                public void prewarm() {
                    super.prewarm();
                    if (fake.prewarms() > 1) {
                        throw new IllegalStateException("warm already");
                    }
                }
            };
        }
    }

    @Test
    void healthThatThrowsOrLies_isNoticed() {
        String test = "health_neverThrows";
        ConformanceRun.of(HealthThatThrows.class, test).failed(test, "cannot be asked");
        ConformanceRun.of(AlwaysUp.class, test).failed(test, "the health of a closed backend");
    }

    static class HealthThatThrows extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return new DelegatingBackend(fake()) {
                @Override
                public Health health() {
                    throw TtsException.builder(Category.CONNECTION, "cannot be asked")
                            .build();
                }
            };
        }
    }

    static class AlwaysUp extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return new DelegatingBackend(fake()) {
                @Override
                public Health health() {
                    return Health.up("as ever");
                }
            };
        }
    }

    @Test
    void mixedStreams_areNoticed() {
        String test = "stream_manyAtOnce_eachGetsItsOwnAudio";
        ConformanceRun.of(MixesStreams.class, test).failed(test, "gives the bytes that its text gives alone");
        ConformanceRun.of(OneAtATime.class, test).failed(test, "OVERLOADED");
    }

    /** Sooner or later somebody gets the audio of somebody else. */
    static class MixesStreams extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            var count = new AtomicInteger();
            return streaming((fake, synthesis) -> fake.stream(
                    count.incrementAndGet() % 11 == 0 ? TestSynthesis.of("That of somebody else.") : synthesis));
        }
    }

    static class OneAtATime extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            var count = new AtomicInteger();
            return streaming((fake, synthesis) -> {
                if (count.incrementAndGet() > texts().size() + 1) {
                    throw synthesis
                            .failure(Category.OVERLOADED, "one at a time")
                            .build();
                }
                return fake.stream(synthesis);
            });
        }
    }

    @Test
    void closedBackendThatSpeaks_isNoticed() {
        ConformanceRun.of(SpeaksOn.class, CLOSED)
                .failed(CLOSED, "stream() of a closed backend has to fail with [CLOSED]");
        ConformanceRun.of(ClosesOnce.class, CLOSED).failed(CLOSED, "closed already");
        ConformanceRun.of(ForgetsItsVoices.class, CLOSED).failed(CLOSED, "voices() of a closed backend");
        ConformanceRun.of(NeverUsedCannotBeClosed.class, "close_neverUsed_isQuiet")
                .failed("close_neverUsed_isQuiet", "nothing to close");
    }

    static class SpeaksOn extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return new DelegatingBackend(fake()) {
                @Override
                public void close() {
                    // Nothing ends.
                }
            };
        }
    }

    /** The last close of every test is the kit's own, which has to forgive for the failure to be the right one. */
    static class ClosesOnce extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            FakeBackend fake = fake();
            return new DelegatingBackend(fake) {
                @Override
                public void close() {
                    super.close();
                    if (fake.closes() == 2) {
                        throw new IllegalStateException("closed already");
                    }
                }
            };
        }
    }

    static class ForgetsItsVoices extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            FakeBackend fake = fake();
            return new DelegatingBackend(fake) {
                @Override
                public List<Voice> voices() {
                    if (fake.isClosed()) {
                        throw new IllegalStateException("no connection pool");
                    }
                    return super.voices();
                }
            };
        }
    }

    static class NeverUsedCannotBeClosed extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            FakeBackend fake = fake();
            return new DelegatingBackend(fake) {
                @Override
                public void close() {
                    if (fake.closes() == 0 && fake.calls().isEmpty()) {
                        super.close();
                        throw new IllegalStateException("nothing to close");
                    }
                }
            };
        }
    }

    @Test
    void streamsThatOutliveTheBackend_areNoticed() {
        String test = "close_ofBackend_endsWhatRuns";
        ConformanceRun.of(HangsOn.class, test)
                .failed(test, "stream() or read() while the backend is closed did not end", "PT1S");
    }

    static class HangsOn extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return fake();
        }

        @Override
        protected Optional<TtsBackend> hangingBackend() {
            var never = new CountDownLatch(1);
            return Optional.of(streaming((fake, synthesis) -> waitFor(never, fake, synthesis)));
        }

        private static AudioSource waitFor(CountDownLatch latch, FakeBackend fake, Synthesis synthesis) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return fake.stream(synthesis);
        }

        @Override
        protected Duration patience() {
            return LITTLE_PATIENCE;
        }
    }

    @Test
    void threadLeftBehind_isNoticed() {
        ConformanceRun.of(LeavesAThread.class, LEFTOVERS)
                .failed(LEFTOVERS, "the thread 'acme-reader' still runs PT1S after the end; it stands at");
    }

    static class LeavesAThread extends BrokenConformance {
        private static final CountDownLatch END = new CountDownLatch(1);

        @Override
        protected TtsBackend backend() {
            var reader = new Thread(
                    () -> {
                        try {
                            END.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "acme-reader");
            reader.setDaemon(true);
            reader.start();
            return fake();
        }

        @Override
        protected Duration patience() {
            return LITTLE_PATIENCE;
        }
    }

    @Test
    void threadThatMayStay_isForgiven() {
        ConformanceRun.of(LeavesAJvmThread.class, LEFTOVERS).succeeded(LEFTOVERS);
    }

    static class LeavesAJvmThread extends LeavesAThread {
        @Override
        protected boolean mayOutlive(Thread thread) {
            return super.mayOutlive(thread) || thread.getName().equals("acme-reader");
        }
    }

    @Test
    void fileLeftOpen_isNoticedWhereTheSystemTells() {
        ConformanceRun run = ConformanceRun.of(LeavesAFile.class, LEFTOVERS);
        if (Files.isDirectory(Path.of("/proc/self/fd"))) {
            run.failed(LEFTOVERS, "files and sockets still open PT1S after close()", "acme-model");
        } else {
            run.succeeded(LEFTOVERS);
        }
    }

    static class LeavesAFile extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            try {
                Path model = Files.createTempFile("acme-model", null);
                InputStream open = Files.newInputStream(model);
                Files.delete(model);
                return new DelegatingBackend(fake()) {
                    @Override
                    public String toString() {
                        return "it holds " + open;
                    }
                };
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected Duration patience() {
            return LITTLE_PATIENCE;
        }
    }

    @Test
    void fileThatMayStay_isForgiven() {
        ConformanceRun.of(LeavesASharedFile.class, LEFTOVERS).succeeded(LEFTOVERS);
    }

    static class LeavesASharedFile extends LeavesAFile {
        @Override
        protected boolean mayStayOpen(String file) {
            return super.mayStayOpen(file) || file.contains("acme-model");
        }
    }
}
