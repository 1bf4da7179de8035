// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.TextSource;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.speech.AudioChunk;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PieceOrderTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(8_000);
    private static final int SENTENCE_PAUSE = 1_600; // bytes
    private static final int PARAGRAPH_PAUSE = 3_200;
    private static final TtsCapabilities CAPABILITIES = TtsCapabilities.builder("fake", FORMAT)
            .pauses(Duration.ofMillis(100), Duration.ofMillis(200))
            .build();

    private static final byte[] ONE = FakeBackend.audioOf("one", FORMAT);
    private static final byte[] TWO = FakeBackend.audioOf("two", FORMAT);
    private static final byte[] THREE = FakeBackend.audioOf("three", FORMAT);

    private static TappedBackend.Piece piece(byte[] audio) {
        return new TappedBackend.Piece("id", TextSource.of("text"), List.of(new AudioChunk(ByteBuffer.wrap(audio))));
    }

    private static byte[] join(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static void check(byte[] audio) {
        PieceOrder.assertInOrder("the audio", audio, List.of(piece(ONE), piece(TWO), piece(THREE)), CAPABILITIES);
    }

    @Test
    void assertInOrder_allPiecesWithAndWithoutPauses_passes() {
        assertThatCode(() -> check(join(ONE, TWO, THREE))).doesNotThrowAnyException();
        assertThatCode(() -> check(join(ONE, new byte[SENTENCE_PAUSE], TWO, new byte[PARAGRAPH_PAUSE], THREE)))
                .doesNotThrowAnyException();
    }

    @Test
    void assertInOrder_piecesSwapped_fails() {
        assertThatThrownBy(() -> check(join(ONE, THREE, TWO)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("the audio does not go on with piece 2 of 3 at byte 480");
    }

    @Test
    void assertInOrder_pieceMissing_fails() {
        assertThatThrownBy(() -> check(join(ONE, TWO)))
                .hasMessage("the audio does not go on with piece 3 of 3 at byte 960");
    }

    @Test
    void assertInOrder_moreThanThePieces_fails() {
        assertThatThrownBy(() -> check(join(ONE, TWO, THREE, new byte[2])))
                .hasMessageContaining("bytes of the audio, all of which the backend gave");
    }

    @Test
    void assertInOrder_pauseOfAnotherLength_fails() {
        assertThatThrownBy(() -> check(join(ONE, new byte[SENTENCE_PAUSE + 2], TWO, THREE)))
                .hasMessageContaining("piece 2 of 3");
    }

    @Test
    void assertInOrder_noiseInsteadOfSilence_fails() {
        assertThatThrownBy(() -> check(join(ONE, new byte[SENTENCE_PAUSE - 2], new byte[] {1, 1}, TWO, THREE)))
                .hasMessageContaining("piece 2 of 3");
    }

    @Test
    void assertInOrder_emptyPiece_fails() {
        assertThatThrownBy(() -> PieceOrder.assertInOrder(
                        "the audio",
                        ONE,
                        List.of(new TappedBackend.Piece("id", TextSource.of("text"), List.of())),
                        CAPABILITIES))
                .hasMessageContaining("audio that the backend gave for piece 1 of 1");
    }
}
