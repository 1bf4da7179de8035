// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Lets everything through and keeps what passed: the text of each piece and its audio, which is shared and not copied. */
final class TappedBackend extends DelegatingBackend {
    private final List<Piece> pieces = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch asked = new CountDownLatch(1);

    TappedBackend(TtsBackend delegate) {
        super(delegate);
    }

    /** The pieces in the order in which they began to sound. */
    List<Piece> pieces() {
        return List.copyOf(pieces);
    }

    /** Waits until something is asked of the backend. */
    void awaitAsked() throws InterruptedException {
        asked.await();
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        asked.countDown();
        AudioSource source = super.stream(synthesis);
        var piece = new Piece(synthesis.requestId(), synthesis.text(), Collections.synchronizedList(new ArrayList<>()));
        pieces.add(piece);
        return new DelegatingSource(source) {
            @Override
            public @Nullable AudioChunk read() {
                AudioChunk chunk = super.read();
                if (chunk != null) {
                    piece.audio.add(chunk);
                }
                return chunk;
            }
        };
    }

    /** One call, for which request it was, and the audio that it gave. */
    record Piece(String requestId, TextSource source, List<AudioChunk> audio) {
        /** Its text; where it was still being written, all of it so far. */
        String text() {
            return source.text();
        }

        byte[] bytes() {
            var bytes = new ByteArrayOutputStream();
            audio.forEach(chunk -> bytes.writeBytes(ConformanceHooks.copy(chunk)));
            return bytes.toByteArray();
        }
    }
}
