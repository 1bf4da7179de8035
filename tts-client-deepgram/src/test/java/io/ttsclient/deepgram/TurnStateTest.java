// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table; that turns keep to it is asserted wherever they run with assertions, as in all tests. */
class TurnStateTest {
    @ParameterizedTest
    @CsvSource({
        "WRITING,  FLUSHING",
        "WRITING,  MOVING",
        "WRITING,  SPOKEN",
        "WRITING,  FAILED",
        "WRITING,  OVER",
        "FLUSHING, WRITING",
        "FLUSHING, MOVING",
        "FLUSHING, SPOKEN",
        "FLUSHING, FAILED",
        "FLUSHING, OVER",
        "MOVING,   WRITING",
        "MOVING,   OVER",
        "SPOKEN,   FAILED",
        "SPOKEN,   OVER",
        "FAILED,   MOVING",
        "FAILED,   OVER",
    })
    void mayBecome_arrowOfTheTable_is(TurnState from, TurnState to) {
        assertThat(from.mayBecome(to)).isTrue();
    }

    @Test
    void mayBecome_anyOther_isNot() {
        long arrows = Arrays.stream(TurnState.values())
                .flatMap(from -> Arrays.stream(TurnState.values()).filter(to -> to != from && from.mayBecome(to)))
                .count();

        assertThat(arrows).isEqualTo(16);
    }

    @Test
    void endsReading_whatIsNeitherWrittenNorSpoken() {
        assertThat(TurnState.values())
                .filteredOn(TurnState::endsReading)
                .containsExactly(TurnState.MOVING, TurnState.SPOKEN, TurnState.FAILED, TurnState.OVER);
    }
}
