// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static io.ttsclient.testkit.AudioAssert.assertThatAudio;
import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.TtsClient;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.speech.Speech;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.ServerAnswer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Texts that a client cuts into pieces. */
@ExtendWith(LeakCheck.class)
class LongTextTest {
    private static final AudioFormat MADE = AudioFormat.linear16(22_050);
    private static final int SAMPLES = MADE.sampleRate() / 2;
    private static final int RAMP = MADE.sampleRate() / 100;

    /** Half a second of a tone that swells and dies away within 10 ms, as what a voice says does. */
    private static byte[] tone() {
        ByteBuffer tone = ByteBuffer.allocate(SAMPLES * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < SAMPLES; i++) {
            double edge = Math.min(1.0, Math.min(i, SAMPLES - 1 - i) / (double) RAMP);
            tone.putShort((short) (8_000 * edge * Math.sin(2 * Math.PI * 220 * i / MADE.sampleRate())));
        }
        return FakeBackend.wavOf(tone.array(), MADE);
    }

    @Test
    void synthesize_longText_isOneAudioWithoutClicksFromWholePieces() {
        byte[] wav = tone();
        String text = "Every piece is asked for by itself, and nobody hears where one ends. ".repeat(60);
        try (Emulated emulated = new Emulated(
                        Dialect.PIPER, request -> ServerAnswer.of(200).body(wav));
                TtsClient client = TtsClient.of(emulated.backend)) {
            Speech speech = client.synthesize(text);

            int pieces = emulated.asked().size();
            assertThat(pieces).isBetween(10, 60);
            assertThatAudio(speech)
                    .hasFormat(MADE)
                    .hasDuration(Duration.ofMillis(500L * pieces), Duration.ofMillis(1))
                    .isNotSilent()
                    .hasNoClicks();
        }
    }
}
