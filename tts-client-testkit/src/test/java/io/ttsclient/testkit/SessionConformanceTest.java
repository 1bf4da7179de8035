// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.speech.AudioChunk;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the tests of sessions say about backends that break a turn. A turn without text comes to none, so none can break that. */
class SessionConformanceTest {
    private static final String APPENDS = "session_hundredAppendsOfOneChar_areSpokenInOrder";
    private static final String INTERLEAVED = "session_twoInterleaved_neverMix";
    private static final String SLOW_READER = "session_slowReader_getsEverything";
    private static final String PHASES = "session_interruptedAtEachPhase_isSilentAndSpeaksAgain";
    private static final String SOUNDS_OTHERWISE = "sounds in a session as its text sounds alone";

    @Test
    void pieceSpokenTwice_isNoticed() {
        ConformanceRun.of(RepeatsItsFirstPiece.class, APPENDS).failed(APPENDS, SOUNDS_OTHERWISE);
    }

    static class RepeatsItsFirstPiece extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            var count = new AtomicInteger();
            return streaming((fake, synthesis) -> {
                String text = synthesis.text().text();
                return fake.stream(count.getAndIncrement() == 0 ? TestSynthesis.of(text + text) : synthesis);
            });
        }
    }

    @Test
    void audioOfAnotherSession_isNoticed() {
        ConformanceRun.of(AnswersTheCallBefore.class, INTERLEAVED).failed(INTERLEAVED, SOUNDS_OTHERWISE);
    }

    /** As over a connection that several share, and whose answers are one behind. */
    static class AnswersTheCallBefore extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            var last = new AtomicReference<@Nullable String>();
            return streaming((fake, synthesis) -> {
                String before = last.getAndSet(synthesis.text().text());
                return fake.stream(before == null ? synthesis : TestSynthesis.of(before));
            });
        }
    }

    @Test
    void audioLost_isNoticed() {
        ConformanceRun.of(LosesAChunk.class, SLOW_READER).failed(SLOW_READER, SOUNDS_OTHERWISE);
    }

    /** Once, as of a buffer that was full. */
    static class LosesAChunk extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            var isLost = new AtomicBoolean();
            return streaming((fake, synthesis) -> new DelegatingSource(fake.stream(synthesis)) {
                @Override
                public @Nullable AudioChunk read() {
                    AudioChunk chunk = super.read();
                    return isLost.getAndSet(true) ? chunk : super.read();
                }
            });
        }
    }

    @Test
    void interruptionThatWaits_isNoticed() {
        ConformanceRun.of(WaitsForItsEngine.class, PHASES)
                .failed(PHASES, "interrupt() of a session did not end within PT1S; it stands at");
    }

    static class WaitsForItsEngine extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) -> new DelegatingSource(fake.stream(synthesis)) {
                @Override
                public void close() {
                    LockSupport.parkNanos(LITTLE_PATIENCE.multipliedBy(2).toNanos());
                    super.close();
                }
            });
        }

        @Override
        protected Duration patience() {
            return LITTLE_PATIENCE;
        }
    }
}
