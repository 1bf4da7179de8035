// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.TtsClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class LeakCheckTest {
    private static final Duration LITTLE_PATIENCE = Duration.ofMillis(200);

    /** What the class fails with as a whole. */
    private static Optional<Throwable> failureOf(Class<?> type) {
        var results = new ArrayList<TestExecutionResult>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(type))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                results.add(result);
                            }
                        });
        assertThat(results).as("the test, its class and the engine").hasSize(3);
        return results.get(1).getThrowable();
    }

    @Test
    void classThatClosesAll_passes() {
        assertThat(failureOf(ClosesAll.class)).isEmpty();
    }

    // @start region="leaks"
    @ExtendWith(LeakCheck.class)
    static class ClosesAll {
        @Test
        void client_closed_leavesNothing() {
            try (LoopbackServer server = LoopbackServer.start();
                    TtsClient tts = TtsClient.of(FakeBackend.create())) {
                assertThat(tts.synthesize("Hello.").toBytes()).isNotEmpty();
                assertThat(server.connections()).isZero();
            }
        }
    }
    // @end

    @Test
    void threadThatStays_isNamedWithItsPlace() {
        try {
            assertThat(failureOf(LeavesAThread.class))
                    .hasValueSatisfying(failure -> assertThat(failure)
                            .hasMessageContaining(
                                    "the thread 'acme-poller' still runs PT0.2S after the end; it stands at")
                            .hasMessageContaining("CountDownLatch.await"));
        } finally {
            LeavesAThread.END.countDown();
        }
    }

    static class LeavesAThread {
        private static final CountDownLatch END = new CountDownLatch(1);

        @RegisterExtension
        static final LeakCheck CHECK = new LeakCheck(LITTLE_PATIENCE);

        @Test
        void starts() {
            var thread = new Thread(
                    () -> {
                        try {
                            END.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "acme-poller");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void socketThatStays_isNoticed() throws IOException {
        try {
            assertThat(failureOf(LeavesASocket.class))
                    .hasValueSatisfying(failure -> assertThat(failure)
                            .hasMessageContaining("files and sockets still open PT0.2S after the end: [socket:["));
        } finally {
            for (ServerSocket socket : LeavesASocket.OPENED) {
                socket.close();
            }
        }
    }

    static class LeavesASocket {
        private static final List<ServerSocket> OPENED = new ArrayList<>();

        @RegisterExtension
        static final LeakCheck CHECK = new LeakCheck(LITTLE_PATIENCE);

        @Test
        void opens() throws IOException {
            OPENED.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
    }
}
