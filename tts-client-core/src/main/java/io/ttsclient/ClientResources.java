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
    private final boolean ownsExecutor;
    private final boolean ownsTime;

    ClientResources(@Nullable ExecutorService executor, @Nullable TimeSource time, Tracing tracing) {
        ownsExecutor = executor == null;
        ownsTime = time == null;
        this.executor = executor == null ? BackgroundThreads.create("tts-client") : executor;
        this.time = time == null ? TimeSource.system() : time;
        this.tracing = tracing;
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

    @Override
    public void close() {
        if (ownsExecutor) {
            executor.shutdown();
        }
        if (ownsTime) {
            time.close();
        }
    }
}
