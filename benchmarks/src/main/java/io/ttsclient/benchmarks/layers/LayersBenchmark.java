// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.layers;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ttsclient.TtsClient;
import io.ttsclient.TtsClientBuilder;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.layer.AdmissionPolicy;
import io.ttsclient.layer.BreakerPolicy;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.BreakerState;
import io.ttsclient.speech.SpeechListener;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * All layers and metrics on, over a backend that costs nothing. Aims: at most 20 µs and 6 KB for a stream, 0.5 µs for a chunk with nothing
 * allocated but the chunk itself, and under 100 µs for a dead primary whose circuit breaker is open.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Dorg.slf4j.simpleLogger.defaultLogLevel=error")
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class LayersBenchmark {
    private static final SpeechRequest REQUEST = SpeechRequest.of("Your table is ready, and the kitchen is open.");
    private static final SpeechOptions OPTIONS =
            SpeechOptions.builder().timeout(Duration.ofMinutes(5)).build();
    private static final int ENDLESS = Integer.MAX_VALUE;

    private final TtsClient oneChunk = over(new PresetBackend("preset", 1)).build();
    private final TtsClient endless = over(new PresetBackend("preset", ENDLESS)).build();
    private final TtsClient behindDead = behindDead();
    private final TtsBackend bare = new PresetBackend("preset", ENDLESS);

    private @Nullable AudioSource bareSource;
    private @Nullable AudioStream endlessStream;

    private static TtsClientBuilder over(TtsBackend backend) {
        return TtsClient.builder()
                .backend(backend)
                .defaults(OPTIONS)
                .admission(AdmissionPolicy.unlimited().withMaxConcurrent(100))
                .listener(new SpeechListener() {})
                .meterRegistry(new SimpleMeterRegistry());
    }

    /** The primary has failed until its breaker opened, for longer than the benchmark lasts. */
    private static TtsClient behindDead() {
        TtsClient client = over(new PresetBackend("dead", 0))
                .fallback(new PresetBackend("preset", 1))
                .retry(RetryPolicy.none())
                .circuitBreaker(BreakerPolicy.defaults().withOpenFor(Duration.ofHours(1)))
                .build();
        while (!client.healthOfEach().get(0).breaker().equals(Optional.of(BreakerState.OPEN))) {
            client.stream(REQUEST).close();
        }
        return client;
    }

    @Setup
    public void open() {
        bareSource = bare.stream(Synthesis.builder(TextSource.of(REQUEST.text()), "benchmark", TimeSource.system())
                .build());
        endlessStream = endless.stream(REQUEST);
    }

    @TearDown
    public void close() {
        oneChunk.close();
        endless.close();
        behindDead.close();
    }

    /** A stream of one chunk, from the call to its end. */
    @Benchmark
    public void stream(Blackhole blackhole) {
        stream(blackhole::consume);
    }

    void stream(Consumer<AudioChunk> reader) {
        readAll(oneChunk, reader);
    }

    /** The same with a dead primary in front: what it has more than {@link #stream} is the price of the dead one. */
    @Benchmark
    public void streamBehindOpenBreaker(Blackhole blackhole) {
        readAll(behindDead, blackhole::consume);
    }

    private static void readAll(TtsClient client, Consumer<AudioChunk> reader) {
        try (AudioStream stream = client.stream(REQUEST)) {
            for (AudioChunk chunk = stream.read(); chunk != null; chunk = stream.read()) {
                reader.accept(chunk);
            }
        }
    }

    /** One chunk through all layers. */
    @Benchmark
    public @Nullable AudioChunk chunk() {
        return Objects.requireNonNull(endlessStream).read();
    }

    /** One chunk from the backend itself. */
    @Benchmark
    public @Nullable AudioChunk bareChunk() {
        return Objects.requireNonNull(bareSource).read();
    }
}
