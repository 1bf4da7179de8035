// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.layers;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ttsclient.TtsClient;
import io.ttsclient.layer.CachePolicy;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechRequest;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A minute of audio that was heard before, metrics on. Aims: 50 µs for the first audio, 0.5 µs and 120 bytes for a chunk. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Dorg.slf4j.simpleLogger.defaultLogLevel=error")
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class CacheBenchmark {
    private static final SpeechRequest REQUEST = SpeechRequest.of("Your table is ready, and the kitchen is open.");
    private static final int CHUNKS_MADE = 3_000;
    /** A hit has fewer, each of which holds as many of those as fit into 8 KiB. */
    private static final int CHUNKS_KEPT = CHUNKS_MADE * PresetBackend.CHUNK_BYTES / 7_680;

    private static final long CACHE_BYTES = 16 * 1024 * 1024;

    private final TtsClient client = TtsClient.builder()
            .backend(new PresetBackend("preset", CHUNKS_MADE))
            .cache(CachePolicy.inMemory(CACHE_BYTES))
            .meterRegistry(new SimpleMeterRegistry())
            .build();

    @Setup
    public void hearOnce() {
        int kept = 0;
        client.synthesize(REQUEST);
        try (AudioStream hit = client.stream(REQUEST)) {
            while (hit.read() != null) {
                kept++;
            }
        }
        if (kept != CHUNKS_KEPT) {
            throw new IllegalStateException(kept + " chunks, expected " + CHUNKS_KEPT);
        }
    }

    @TearDown
    public void close() {
        client.close();
    }

    /** From the call to the first audio, and the end of the stream. */
    @Benchmark
    public @Nullable AudioChunk firstAudioOfHit() {
        try (AudioStream hit = client.stream(REQUEST)) {
            return hit.read();
        }
    }

    /** One of the chunks, with its share of the rest. */
    @Benchmark
    @OperationsPerInvocation(CHUNKS_KEPT)
    public void chunkOfHit(Blackhole blackhole) {
        try (AudioStream hit = client.stream(REQUEST)) {
            for (AudioChunk chunk = hit.read(); chunk != null; chunk = hit.read()) {
                blackhole.consume(chunk);
            }
        }
    }
}
