// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RunningTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    private final CountDownLatch never = new CountDownLatch(1);

    private static <T> Running<T> start(Callable<T> action) {
        return Running.start("the call", Monitor.PATIENCE, action);
    }

    private boolean hang() throws InterruptedException {
        never.await();
        return true;
    }

    @Test
    void await_ended_givesTheResult() {
        assertThat(start(() -> "done").await()).isEqualTo("done");
    }

    @Test
    void await_hangs_failsWithThePlace() {
        Running<Boolean> hanging = Running.start("the call", SHORT, this::hang);

        assertThatThrownBy(hanging::await)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("the call did not end within PT0.02S; it stands at\n    at ")
                .hasMessageContaining("RunningTest.hang");
        never.countDown();
        assertThat(hanging.endsWithin(Monitor.PATIENCE)).isTrue();
    }

    @Test
    void await_failed_throwsWhatItThrew() {
        var bug = new IllegalStateException("a bug");
        var error = new AssertionError("an assertion");

        assertThatThrownBy(start(() -> {
                    throw bug;
                })::await)
                .isSameAs(bug);
        assertThatThrownBy(start(() -> {
                    throw error;
                })::await)
                .isSameAs(error);
        assertThatThrownBy(start(() -> {
                    throw new IOException("a disk");
                })::await)
                .isInstanceOf(AssertionError.class)
                .hasMessage("the call failed")
                .hasRootCauseMessage("a disk");
    }

    @Test
    void endsWithin_stillRunning_isFalse() {
        Running<Boolean> hanging = start(this::hang);

        assertThat(hanging.endsWithin(SHORT)).isFalse();

        never.countDown();
        assertThat(hanging.await()).isTrue();
    }

    @Test
    void endsWithin_failed_isTrue() {
        assertThat(start(() -> {
                            throw new IOException("a disk");
                        })
                        .endsWithin(Monitor.PATIENCE))
                .isTrue();
    }

    @Test
    void await_interrupted_failsAndRestoresTheFlag() {
        Running<Boolean> hanging = start(this::hang);
        Running<String> waiting = start(() -> {
            Thread.currentThread().interrupt();
            String first = messageOf(hanging::await);
            return first + ", flag " + Thread.currentThread().isInterrupted() + ", "
                    + messageOf(() -> hanging.endsWithin(SHORT));
        });

        assertThat(waiting.await())
                .isEqualTo(
                        "interrupted while waiting for: the call, flag true, interrupted while waiting for: the call");
        never.countDown();
    }

    private static String messageOf(Callable<?> action) throws Exception {
        try {
            action.call();
            return "no failure";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }
}
