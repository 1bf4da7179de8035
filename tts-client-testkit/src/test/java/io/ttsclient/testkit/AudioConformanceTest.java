// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.TimingMark;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the tests of the audio say about backends that break its rules. */
class AudioConformanceTest {
    private static final String GIVES_AUDIO = "stream_speakableText_givesAudio";

    @Test
    void noAudio_isNoticed() {
        ConformanceRun.of(NoAudio.class, GIVES_AUDIO).failed(GIVES_AUDIO, "an answer without audio is a failure");
    }

    static class NoAudio extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return fake(Behaviour.noAudio());
        }
    }

    @Test
    void silence_isNoticed() {
        ConformanceRun.of(Silent.class, GIVES_AUDIO).failed(GIVES_AUDIO, "the loudness of a text");
    }

    static class Silent extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) ->
                    each(fake.stream(synthesis), chunk -> new AudioChunk(ByteBuffer.allocate(chunk.size()))));
        }
    }

    @FunctionalInterface
    private interface Change {
        AudioChunk of(AudioChunk chunk);
    }

    private static AudioSource each(AudioSource source, Change change) {
        return new DelegatingSource(source) {
            @Override
            public @Nullable AudioChunk read() {
                AudioChunk chunk = super.read();
                return chunk == null ? null : change.of(chunk);
            }
        };
    }

    @Test
    void cutAudio_isNoticed() {
        ConformanceRun.of(Cut.class, GIVES_AUDIO, "stream_longerText_givesMoreAudio")
                .failed(GIVES_AUDIO, "was it cut short?")
                .failed("stream_longerText_givesMoreAudio", "said twice");
    }

    static class Cut extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return fake(Behaviour.speak().truncateAt(640));
        }
    }

    @Test
    void endlessAudio_isNoticed() {
        ConformanceRun.of(Endless.class, GIVES_AUDIO).failed(GIVES_AUDIO, "does not end");
    }

    static class Endless extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return fake(Behaviour.speak().endless().chunks(1 << 20));
        }

        @Override
        protected List<String> texts() {
            return List.of("word ".repeat(2_000), "other");
        }
    }

    @Test
    void audioThatComesAfterStreamReturned_isNoticed() {
        String test = "stream_returned_firstReadDoesNotWait";
        ConformanceRun.of(Late.class, test)
                .failed(test, "stream() returns when the first audio has arrived, not before");
    }

    static class Late extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) -> each(fake.stream(synthesis), chunk -> {
                slowEngine();
                return chunk;
            }));
        }

        private static void slowEngine() {
            var never = Running.start("an engine", Duration.ofMinutes(1), () -> {
                new CountDownLatch(1).await();
                return true;
            });
            never.endsWithin(Duration.ofMillis(150));
            never.thread().interrupt();
        }
    }

    @Test
    void wrongFormat_isNoticed() {
        ConformanceRun.of(
                        OneFormat.class,
                        "stream_noFormatAskedFor_givesTheDefaultFormat",
                        "stream_eachOfItsFormats_givesThatFormatInWholeSamples")
                .failed("stream_noFormatAskedFor_givesTheDefaultFormat", "the format where none was asked for")
                .failed(
                        "stream_eachOfItsFormats_givesThatFormatInWholeSamples",
                        "the format where linear16 16000 Hz was asked for");
    }

    static class OneFormat extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) -> AudioSource.of(
                    AudioFormat.mulaw(8_000), List.of(new AudioChunk(ByteBuffer.allocate(8))), List.of()));
        }
    }

    @Test
    void splitSamples_areNoticed() {
        String test = "stream_eachOfItsFormats_givesThatFormatInWholeSamples";
        ConformanceRun.of(SplitSamples.class, test).failed(test, "bytes of a split sample at the end of chunk 1");
    }

    static class SplitSamples extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) ->
                    each(fake.stream(synthesis), chunk -> new AudioChunk(ByteBuffer.allocate(chunk.size() - 1))));
        }
    }

    @Test
    void bufferUsedTwice_isNoticed() {
        String test = "read_chunksThatAreKept_stayTheSame";
        ConformanceRun.of(BufferUsedTwice.class, test).failed(test, "a buffer is not used twice");
    }

    static class BufferUsedTwice extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            byte[] buffer = new byte[2_000];
            return streaming((fake, synthesis) -> each(fake.stream(synthesis), chunk -> {
                chunk.bytes().get(buffer, 0, chunk.size());
                return new AudioChunk(ByteBuffer.wrap(buffer, 0, chunk.size()));
            }));
        }
    }

    @Test
    void audioThatIsNeverTheSame_isNoticed() {
        String test = "stream_sameText_givesTheSameBytes";
        ConformanceRun.of(NeverTheSame.class, test).failed(test, "override deterministic()");
    }

    static class NeverTheSame extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            var count = new AtomicInteger();
            return streaming((fake, synthesis) -> each(
                    fake.stream(synthesis),
                    chunk -> new AudioChunk(ByteBuffer.allocate(chunk.size()).putInt(0, count.incrementAndGet()))));
        }
    }

    @Test
    void exceptionForASpeed_isNoticed() {
        String test = "stream_speedAtItsLimits_speaksOrRefuses";
        ConformanceRun.of(NoSpeed.class, test)
                .failed(test, "speaking at speed 0.25 has to fail with a TtsException and fails with", "no such speed");
    }

    static class NoSpeed extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) -> {
                if (synthesis.options().speed().isPresent()) {
                    throw new IllegalArgumentException("no such speed");
                }
                return fake.stream(synthesis);
            });
        }
    }

    @Test
    void wrongTimings_areNoticed() {
        String test = "timings_whileRead_growInOrderInsideTextAndAudio";
        ConformanceRun.of(TimingsThatShrink.class, test).failed(test, "the timings so far, which only grow");
        ConformanceRun.of(TimingsBeyondTheText.class, test).failed(test, "in a text of");
        ConformanceRun.of(TimingsBeyondTheAudio.class, test).failed(test, "which is inside the audio");
        ConformanceRun.of(TimingsThatGoBack.class, test).failed(test, "not before the mark before it");
        ConformanceRun.of(TimingsThatGoBackInTheText.class, test).failed(test, "the start in the text of");
    }

    private static TimingMark mark(int from, int to, int startMillis, int endMillis) {
        return new TimingMark(
                TimingMark.Kind.WORD, from, to, Duration.ofMillis(startMillis), Duration.ofMillis(endMillis));
    }

    /** Whatever is heard, these marks. */
    private static TtsBackend timed(List<TimingMark> marks) {
        return new DelegatingBackend(BrokenConformance.fake()) {
            @Override
            public AudioSource stream(Synthesis synthesis) {
                return new DelegatingSource(super.stream(synthesis)) {
                    @Override
                    public List<TimingMark> timings() {
                        return List.copyOf(marks);
                    }
                };
            }
        };
    }

    static class TimingsThatShrink extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            var marks = new ArrayList<>(List.of(mark(0, 1, 0, 10), mark(1, 2, 10, 20)));
            return new DelegatingBackend(fake()) {
                @Override
                public AudioSource stream(Synthesis synthesis) {
                    return new DelegatingSource(super.stream(synthesis)) {
                        @Override
                        public List<TimingMark> timings() {
                            return marks.isEmpty() ? List.of() : List.of(marks.remove(0));
                        }
                    };
                }
            };
        }
    }

    static class TimingsBeyondTheText extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return timed(List.of(mark(0, 5, 0, 10), mark(5, 10_000, 10, 20)));
        }
    }

    static class TimingsBeyondTheAudio extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return timed(List.of(mark(0, 5, 0, 10), mark(5, 9, 10, 1_000_000)));
        }
    }

    static class TimingsThatGoBack extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return timed(List.of(mark(0, 5, 100, 110), mark(5, 9, 10, 20)));
        }
    }

    static class TimingsThatGoBackInTheText extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return timed(List.of(mark(5, 9, 0, 10), mark(0, 5, 10, 20)));
        }
    }
}
