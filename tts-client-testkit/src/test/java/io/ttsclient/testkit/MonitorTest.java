// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MonitorTest {
    @Test
    void await_neverTrue_failsWithTheMessage() {
        var monitor = new Monitor(Duration.ofMillis(20));

        assertThatThrownBy(() -> monitor.await(() -> false, () -> "still waiting for it"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("after PT0.02S of real time: still waiting for it");
    }

    @Test
    void await_changedByAnotherThread_returns() {
        var monitor = new Monitor();
        var done = new AtomicBoolean();
        Running<Boolean> changer =
                Running.start("changing", Monitor.PATIENCE, () -> monitor.locked(() -> done.getAndSet(true)));

        monitor.await(done::get, () -> "never changed");

        assertThat(changer.await()).isFalse();
    }
}
