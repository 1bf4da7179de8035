// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WriterPauseTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Duration NANO = Duration.ofNanos(1);

    private final VirtualTime time = new VirtualTime();
    private final AtomicInteger pauses = new AtomicInteger();
    private final WriterPause pause = new WriterPause(time, PATIENCE, pauses::incrementAndGet);

    @Test
    void watch_nothingIsWritten_tellsOnce() {
        pause.watch();

        time.advance(PATIENCE.minus(NANO));
        assertThat(pauses).hasValue(0);
        time.advance(NANO);
        assertThat(pauses).hasValue(1);
        time.advance(PATIENCE.multipliedBy(10));
        assertThat(pauses).hasValue(1);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void written_beforeItsTime_isWaitedForFromThereOn() {
        pause.watch();
        for (int token = 0; token < 20; token++) {
            time.advance(Duration.ofMillis(50));
            pause.written();
            pause.watch();
            assertThat(time.scheduled()).as("one timer for all tokens").isOne();
        }
        time.advance(PATIENCE.minus(NANO));
        assertThat(pauses).hasValue(0);

        time.advance(NANO);

        assertThat(pauses).hasValue(1);
    }

    @Test
    void watch_longAfterTheLastText_tellsAtOnce() {
        time.advance(PATIENCE);

        pause.watch();

        assertThat(pauses).hasValue(1);
    }

    @Test
    void watch_afterAPause_tellsOfTheNext() {
        pause.watch();
        time.advance(PATIENCE);
        pause.written();

        pause.watch();
        time.advance(PATIENCE);

        assertThat(pauses).hasValue(2);
    }

    @Test
    void stop_whileItWatches_tellsNoMore() {
        pause.watch();

        pause.stop();

        assertThat(time.scheduled()).isZero();
        time.advance(PATIENCE);
        assertThat(pauses).hasValue(0);
    }

    @Test
    void watch_clockIsClosed_tellsNothing() {
        time.close();

        pause.watch();

        assertThat(pauses).hasValue(0);
    }
}
