// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.speech.AudioSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What the tests of leaving say about backends that hold on to their callers. */
class CancellingConformanceTest {
    @Test
    void cancellationIgnored_isNoticed() {
        ConformanceRun.of(
                        Rude.class,
                        "close_beforeFirstRead_readIsCancelled",
                        "close_inTheMiddle_noMoreAudioComes",
                        "close_fromAnotherThreadWhileReading_endsTheRead",
                        "cancel_beforeStream_isCancelled",
                        "cancel_duringStream_endsTheWait",
                        "interrupt_duringStream_flagStaysSet")
                .failed(
                        "close_beforeFirstRead_readIsCancelled",
                        "closed before it was read has to fail with [CANCELLED]")
                .failed("close_inTheMiddle_noMoreAudioComes", "audio read after close()")
                .failed(
                        "close_fromAnotherThreadWhileReading_endsTheRead",
                        "read() of a source that another thread closed did not end within PT1S; it stands at",
                        "FakeSource.read")
                .failed("cancel_beforeStream_isCancelled", "cancelled already has to fail with [CANCELLED]")
                .failed("cancel_duringStream_endsTheWait", "did not end within PT1S", "FakeBackend.stream")
                .failed("interrupt_duringStream_flagStaysSet", "did not end within PT1S");
    }

    static class Rude extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return fake(Behaviour.speak().ignoringCancellation());
        }

        @Override
        protected Optional<TtsBackend> hangingBackend() {
            return Optional.of(fake(Behaviour.hang().ignoringCancellation()));
        }

        @Override
        protected Optional<TtsBackend> stallingBackend() {
            return Optional.of(fake(Behaviour.speak().stallAt(2_000).ignoringCancellation()));
        }

        @Override
        protected Duration patience() {
            return LITTLE_PATIENCE;
        }
    }

    @Test
    void hooksThatDoNotWhatTheySay_areNoticed() {
        ConformanceRun.of(
                        NeitherHangsNorStalls.class,
                        "cancel_duringStream_endsTheWait",
                        "close_fromAnotherThreadWhileReading_endsTheRead")
                .failed("cancel_duringStream_endsTheWait", "stream() of hangingBackend(), cancelled has to fail")
                .failed("close_fromAnotherThreadWhileReading_endsTheRead", "stallingBackend() ended by itself");
    }

    static class NeitherHangsNorStalls extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return fake();
        }

        @Override
        protected Optional<TtsBackend> hangingBackend() {
            return Optional.of(fake(Behaviour.speak().ignoringCancellation()));
        }

        @Override
        protected Optional<TtsBackend> stallingBackend() {
            return Optional.of(fake());
        }

        @Override
        protected String longText() {
            return "Hi.";
        }
    }

    @Test
    void closingThatThrows_isNoticed() {
        ConformanceRun.of(
                        ClosesOnce.class,
                        "close_atTheEndAndTwice_doesNothing",
                        "close_twiceBeforeTheEnd_doesNothingMore")
                .failed("close_atTheEndAndTwice_doesNothing", "closed already")
                .failed("close_twiceBeforeTheEnd_doesNothingMore", "closed already");
    }

    static class ClosesOnce extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) -> new DelegatingSource(fake.stream(synthesis)) {
                private boolean closed;

                @Override
                public void close() {
                    if (closed) {
                        throw new IllegalStateException("closed already");
                    }
                    closed = true;
                    super.close();
                }
            });
        }
    }

    @Test
    void cancellingAnother_isNoticed() {
        String test = "cancel_oneRequest_leavesTheOthersAlone";
        ConformanceRun.of(ClosesTheOther.class, test).failed(test, "CANCELLED");
    }

    static class ClosesTheOther extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            var sources = new CopyOnWriteArrayList<AudioSource>();
            return streaming((fake, synthesis) -> {
                AudioSource source = fake.stream(synthesis);
                sources.add(source);
                return new DelegatingSource(source) {
                    @Override
                    public void close() {
                        sources.get(0).close();
                    }
                };
            });
        }
    }

    @Test
    void interruptSwallowed_isNoticed() {
        ConformanceRun.of(SwallowsInterrupts.class, "interrupt_beforeStream_flagStaysSet")
                .failed("interrupt_beforeStream_flagStaysSet", "which belongs to the caller");
    }

    static class SwallowsInterrupts extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) -> {
                Thread.interrupted();
                return fake.stream(synthesis);
            });
        }
    }
}
