// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.testkit.TestSynthesis;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Hears audio to its end. */
final class Listening {
    private Listening() {}

    static byte[] to(TtsBackend backend, String text) {
        return to(backend, TestSynthesis.of(text));
    }

    static byte[] to(TtsBackend backend, Synthesis synthesis) {
        try (AudioSource source = backend.stream(synthesis)) {
            return to(source);
        }
    }

    static byte[] to(AudioSource source) {
        var bytes = new ByteArrayOutputStream();
        for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
            byte[] piece = new byte[chunk.size()];
            chunk.bytes().get(piece);
            bytes.writeBytes(piece);
        }
        return bytes.toByteArray();
    }

    static ByteBuffer samples(byte[] audio) {
        return ByteBuffer.wrap(audio).order(ByteOrder.LITTLE_ENDIAN);
    }
}
