// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.testkit.LeakCheck;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class BackgroundThreadsTest {
    private static Thread threadOf(ExecutorService executor) throws Exception {
        var thread = new CompletableFuture<Thread>();
        executor.execute(() -> thread.complete(Thread.currentThread()));
        return thread.get(20, TimeUnit.SECONDS);
    }

    @Test
    void create_anyJdk_runsTasksOnDaemonThreads() throws Exception {
        ExecutorService executor = BackgroundThreads.create("test");
        try {
            assertThat(threadOf(executor).isDaemon()).isTrue();
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void create_jdkWithVirtualThreads_usesThem() throws Exception {
        ExecutorService executor = BackgroundThreads.create("test");
        try {
            boolean virtual = threadOf(executor).getClass().getName().contains("Virtual");
            assertThat(virtual).isEqualTo(Runtime.version().feature() >= 21);
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void daemonThreads_tasks_runOnNamedDaemonThreads() throws Exception {
        ExecutorService executor = BackgroundThreads.daemonThreads("test");
        try {
            Thread thread = threadOf(executor);
            assertThat(thread.getName()).isEqualTo("test-1");
            assertThat(thread.isDaemon()).isTrue();
        } finally {
            executor.shutdown();
        }
    }
}
