// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final long SECOND = 1_000_000_000L;

    private final Allowance allowance = new Allowance(10, Duration.ofSeconds(60));
    /** Close to the overflow, which code that compares times would stumble over. */
    private final long start = Long.parseLong("9223372031854775807");

    @Test
    void left_withinTheWindow_isWhatWasNotTaken() {
        allowance.take(4, start);
        allowance.take(5, start + 10 * SECOND);

        assertThat(allowance.left(start + 59 * SECOND)).isEqualTo(1);
        assertThat(allowance.left(start + 60 * SECOND)).isEqualTo(5);
        assertThat(allowance.left(start + 70 * SECOND)).isEqualTo(10);
    }

    @Test
    void take_moreThanIsLeft_isRefused() {
        allowance.take(8, start);

        assertThatIllegalStateException()
                .isThrownBy(() -> allowance.take(3, start))
                .withMessage("amount: 3, left are 2");
        allowance.take(2, start);
    }

    @Test
    void until_notEnoughLeft_isWhenEnoughHasLeftTheWindow() {
        allowance.take(4, start);
        allowance.take(5, start + 10 * SECOND);
        long now = start + 20 * SECOND;

        assertThat(allowance.until(1, now)).isZero();
        assertThat(allowance.until(2, now)).isEqualTo(Duration.ofSeconds(40));
        assertThat(allowance.until(6, now)).isEqualTo(Duration.ofSeconds(50));
    }
}
