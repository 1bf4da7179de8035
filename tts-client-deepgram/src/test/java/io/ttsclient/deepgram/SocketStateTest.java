// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.deepgram.SocketState.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketStateTest {
    @ParameterizedTest
    @CsvSource({
        "CONNECTING, OPENED,  IDLE",
        "CONNECTING, GONE,    GONE",
        "IDLE,       LEASED,  BUSY",
        "IDLE,       ASKED,   CHECKING",
        "IDLE,       RETIRED, CLOSING",
        "IDLE,       GONE,    GONE",
        "CHECKING,   LEASED,  BUSY",
        "CHECKING,   ANSWERED, IDLE",
        "CHECKING,   RETIRED, CLOSING",
        "CHECKING,   GONE,    GONE",
        "BUSY,       SPOKEN,  IDLE",
        "BUSY,       QUIETED, QUIETING",
        "BUSY,       RETIRED, CLOSING",
        "BUSY,       GONE,    GONE",
        "QUIETING,   SILENT,  IDLE",
        "QUIETING,   RETIRED, CLOSING",
        "QUIETING,   GONE,    GONE",
        "CLOSING,    GONE,    GONE",
    })
    void on_arrowOfTheTable_leadsThere(SocketState from, Event event, SocketState to) {
        assertThat(from.on(event)).isEqualTo(to);
    }

    @Test
    void on_anyOtherEvent_isRefusedWithBothNames() {
        int refused = 0;
        for (SocketState state : SocketState.values()) {
            for (Event event : Event.values()) {
                try {
                    assertThat(state.on(event)).isNotEqualTo(state);
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessage(event + " in " + state);
                    refused++;
                }
            }
        }
        assertThat(refused).isEqualTo(SocketState.values().length * Event.values().length - 18);
    }

    @Test
    void mayRetire_connectedAndNotLeaving() {
        assertThat(SocketState.values())
                .filteredOn(SocketState::mayRetire)
                .containsExactly(SocketState.IDLE, SocketState.CHECKING, SocketState.BUSY, SocketState.QUIETING);
    }
}
