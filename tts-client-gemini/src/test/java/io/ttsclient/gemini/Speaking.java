// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.TestSynthesis;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What came of one request: the audio, and the failure that ended it where one did. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
record Speaking(byte[] audio, @Nullable TtsException failure) {
    /** Speaks to the end, whichever it is. */
    static Speaking of(TtsBackend backend, String text) {
        return of(backend, text, SpeechOptions.none());
    }

    static Speaking of(TtsBackend backend, String text, SpeechOptions options) {
        var audio = new ByteArrayOutputStream();
        try (AudioSource source = backend.stream(TestSynthesis.of(text, options))) {
            for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
                byte[] bytes = new byte[chunk.size()];
                chunk.bytes().get(bytes);
                audio.writeBytes(bytes);
            }
            return new Speaking(audio.toByteArray(), null);
        } catch (TtsException e) {
            return new Speaking(audio.toByteArray(), e);
        }
    }

    /** The failure, which there has to be. */
    TtsException thrown() {
        return Objects.requireNonNull(failure, "it did not fail");
    }
}
