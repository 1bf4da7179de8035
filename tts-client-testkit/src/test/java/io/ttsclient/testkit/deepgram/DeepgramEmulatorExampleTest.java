// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.HttpRequest;
import io.ttsclient.transport.Transport;
import io.ttsclient.transport.WebSocketConnection;
import io.ttsclient.transport.WebSocketMessage;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the documentation shows of the emulator. */
@ExtendWith(LeakCheck.class)
class DeepgramEmulatorExampleTest {
    @Test
    void emulator_aTurn_speaksAndIsTakenDown() {
        Synthesis synthesis = TestSynthesis.of("");
        var audio = new ByteArrayOutputStream();
        // @start region="emulator"
        try (DeepgramEmulator emulator = DeepgramEmulator.start();
                Transport transport = Transport.builder().build()) {
            emulator.next(Fault.oddFrames()); // it does this wrong once
            HttpRequest opening = HttpRequest.get(emulator.baseUrl())
                    .path("v1/speak")
                    .query("encoding", "mulaw")
                    .query("sample_rate", "8000")
                    .credential("Authorization", "Token ", ApiKey.of(DeepgramEmulator.KEY))
                    .build();
            try (WebSocketConnection socket = transport.open(
                    synthesis,
                    opening,
                    Duration.ZERO,
                    refusal -> refusal.failure(Category.PROTOCOL).build())) {
                socket.send(synthesis, "{\"type\":\"Speak\",\"text\":\"Hello.\"}");
                socket.send(synthesis, "{\"type\":\"Flush\"}");
                while (!isEnd(socket.read(synthesis), audio)) {}
            }
            assertThat(AudibleText.decode(audio.toByteArray(), AudioFormat.mulaw(8_000)))
                    .isEqualTo("Hello.");
            assertThat(emulator.violations()).isEmpty();
        }
        // @end
    }

    /** Takes audio in. */
    private static boolean isEnd(@Nullable WebSocketMessage message, ByteArrayOutputStream audio) {
        if (message instanceof WebSocketMessage.Binary binary) {
            byte[] bytes = new byte[binary.bytes().remaining()];
            binary.bytes().get(bytes);
            audio.writeBytes(bytes);
            return false;
        }
        return !(message instanceof WebSocketMessage.Text text) || text.text().contains("Flushed");
    }
}
