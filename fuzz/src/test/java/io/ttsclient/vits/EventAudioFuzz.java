// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.fuzz.Pieces;
import java.io.ByteArrayInputStream;

class EventAudioFuzz {
    private static final Answering SERVER = new Answering(
            "text/event-stream",
            VitsServer.builder()
                    .dialect(Dialect.OPENAI_SPEECH)
                    .delivery(Delivery.EVENTS)
                    .sampleRate(24_000));

    @FuzzTest
    void read_anyBytesAsEvents_areTheSameAudioHoweverTheyCome(byte[] bytes) {
        Answering.Outcome whole = SERVER.speak(path -> new ByteArrayInputStream(bytes));

        // 8-bit samples become 16-bit ones, and base64 is longer than what it says.
        assertThat(whole.audio().remaining()).isLessThanOrEqualTo(2 * bytes.length);
        assertThat(SERVER.speak(path -> Pieces.stream(bytes, 1))).isEqualTo(whole);
        assertThat(SERVER.speak(path -> Pieces.stream(bytes, 40))).isEqualTo(whole);
    }
}
