// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was heard of an answer, and whether it could be read to its end.
 *
 * @param audio in base64; empty where reading failed, since what is whole by then depends on how it came
 */
record Heard(String audio, @Nullable String failure, boolean complete, Optional<String> reason) {
    static Heard of(InputStream in) {
        var audio = new ByteArrayOutputStream();
        var answer = new Answer();
        AnswerReader reader = null;
        String failure = null;
        try {
            reader = new AnswerReader(in, answer);
            for (ByteBuffer piece = reader.read(); piece != null; piece = reader.read()) {
                assertThat(piece.hasRemaining()).isTrue();
                byte[] copy = new byte[piece.remaining()];
                piece.get(copy);
                audio.writeBytes(copy);
            }
        } catch (IOException e) {
            failure = e.getMessage();
        }
        boolean complete = failure == null && reader != null && reader.isComplete();
        return new Heard(
                failure == null ? Base64.getEncoder().encodeToString(audio.toByteArray()) : "",
                failure,
                complete,
                complete ? answer.finishReason() : Optional.empty());
    }

    /** Jackson lets a missing value pass where its bytes are cut in front of it: only what it refuses in pieces is refused always. */
    void assertSameInPieces(Heard inPieces) {
        if (failure == null) {
            assertThat(inPieces).isEqualTo(this);
        }
    }
}
