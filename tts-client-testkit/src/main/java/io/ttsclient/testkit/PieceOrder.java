// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.TtsCapabilities;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Whether audio is what a backend gave for the pieces of a text: all of it, in order, and nothing else. */
final class PieceOrder {
    private PieceOrder() {}

    /** The pieces, one after the other, with nothing between them but the silence that the backend wants there. */
    static void assertInOrder(
            String what, byte[] audio, List<TappedBackend.Piece> pieces, TtsCapabilities capabilities) {
        int position = 0;
        for (int i = 0; i < pieces.size(); i++) {
            byte[] piece = pieces.get(i).bytes();
            assertThat(piece)
                    .as("audio that the backend gave for piece %d of %d", i + 1, pieces.size())
                    .isNotEmpty();
            int from = position;
            OptionalInt end = silencesBefore(i, capabilities).stream()
                    .mapToInt(silence -> endOf(piece, silence, audio, from))
                    .filter(found -> found >= 0)
                    .findFirst();
            if (end.isEmpty()) {
                fail("%s does not go on with piece %d of %d at byte %d", what, i + 1, pieces.size(), position);
            }
            position = end.getAsInt();
        }
        assertThat(audio.length)
                .as("bytes of %s, all of which the backend gave", what)
                .isEqualTo(position);
    }

    private static List<ByteBuffer> silencesBefore(int piece, TtsCapabilities capabilities) {
        AudioFormat format = capabilities.defaultFormat();
        ByteBuffer none = ByteBuffer.allocate(0);
        return piece == 0 || format.encoding().isCompressed()
                ? List.of(none)
                : List.of(
                        none,
                        format.silence(capabilities.sentencePause()),
                        format.silence(capabilities.paragraphPause()));
    }

    /** Where {@code piece} ends if it comes behind {@code silence}; -1 if it does not. */
    private static int endOf(byte[] piece, ByteBuffer silence, byte[] audio, int position) {
        int start = position + silence.remaining();
        int end = start + piece.length;
        return end <= audio.length
                        && ByteBuffer.wrap(audio, position, silence.remaining()).equals(silence)
                        && Arrays.equals(audio, start, end, piece, 0, piece.length)
                ? end
                : -1;
    }
}
