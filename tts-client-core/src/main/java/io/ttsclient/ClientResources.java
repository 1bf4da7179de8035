// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.backend.BackgroundThreads;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.layer.Tracing;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** What a client shares among its requests. Closing it closes what was made here, never what was passed in. */
final class ClientResources implements AutoCloseable {
    private final ExecutorService executor;
    private final TimeSource time;
    private final Tracing tracing;
    private final @Nullable ClientMetrics metrics;
    private final boolean ownsExecutor;
    private final boolean ownsTime;

    ClientResources(
            @Nullable ExecutorService executor,
            @Nullable TimeSource time,
            Tracing tracing,
            @Nullable ClientMetrics metrics) {
        ownsExecutor = executor == null;
        ownsTime = time == null;
        this.executor = executor == null ? BackgroundThreads.create("tts-client") : executor;
        this.time = time == null ? TimeSource.system() : time;
        this.tracing = tracing;
        this.metrics = metrics;
    }

    ExecutorService executor() {
        return executor;
    }

    TimeSource time() {
        return time;
    }

    Tracing tracing() {
        return tracing;
    }

    /** The client is not the one that counts any more. */
    void retire() {
        if (metrics != null) {
            metrics.retire();
        }
    }

    @Override
    public void close() {
        retire();
        if (ownsExecutor) {
            executor.shutdown();
        }
        if (ownsTime) {
            time.close();
        }
    }
}
