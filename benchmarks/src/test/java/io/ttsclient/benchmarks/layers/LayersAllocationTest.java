// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.layers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What does not depend on how busy the machine is. */
class LayersAllocationTest {
    private static final int WARM_UP = 2_000;
    private static final int ROUNDS = 10_000;
    /** 6 KB are the aim; the JVM of the tests has no C2, which does without some of the objects. */
    private static final long MAX_STREAM_BYTES = 8_000;

    private final LayersBenchmark benchmark = new LayersBenchmark();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @BeforeEach
    void open() {
        benchmark.open();
    }

    @AfterEach
    void close() {
        benchmark.close();
    }

    @Test
    void chunk_allocatesNothingThatTheBackendDoesNot() {
        assertThat(bytes(benchmark::chunk)).isEqualTo(bytes(benchmark::bareChunk));
    }

    @Test
    void stream_allocatesLittle() {
        assertThat(bytes(() -> benchmark.stream(chunk -> {}))).isLessThan(MAX_STREAM_BYTES);
    }

    /** Allocated by one round, on average. */
    private long bytes(Runnable round) {
        repeat(round, WARM_UP);
        long before = threads.getCurrentThreadAllocatedBytes();
        repeat(round, ROUNDS);
        return (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
    }

    private static void repeat(Runnable round, int times) {
        for (int i = 0; i < times; i++) {
            round.run();
        }
    }
}
