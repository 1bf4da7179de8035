// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import com.fasterxml.jackson.core.JacksonException;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.transport.HttpResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Speech from an answer, as it arrives. An end without audio, or before the end of the audio, is a failure. */
final class AnswerSource implements AudioSource {
    private final Synthesis synthesis;
    private final HttpResponse response;
    private final AnswerAudio audio;
    private @Nullable AudioChunk first; // reading thread
    private volatile boolean closed;

    /** What may fail while audio is taken out of an answer. */
    interface Opening {
        AnswerAudio open() throws IOException;
    }

    private AnswerSource(Synthesis synthesis, HttpResponse response, AnswerAudio audio) {
        this.synthesis = synthesis;
        this.response = response;
        this.audio = audio;
    }

    /** Returns when the first audio is there. */
    static AnswerSource open(Synthesis synthesis, HttpResponse response, Opening opening) {
        try {
            var source = new AnswerSource(synthesis, response, opening.open());
            source.first = source.next();
            if (source.first == null) {
                throw synthesis
                        .failure(Category.NO_AUDIO, "the server answered without audio")
                        .build();
            }
            return source;
        } catch (IOException e) {
            throw malformed(synthesis, e);
        }
    }

    @Override
    public AudioFormat format() {
        return audio.format();
    }

    @Override
    public @Nullable AudioChunk read() {
        if (closed) {
            throw synthesis.cancelled();
        }
        AudioChunk chunk = first;
        if (chunk != null) {
            first = null;
            return chunk;
        }
        try {
            return next();
        } catch (IOException e) {
            throw malformed(synthesis, e);
        }
    }

    private @Nullable AudioChunk next() throws IOException {
        ByteBuffer samples = audio.read();
        if (samples != null) {
            return new AudioChunk(samples);
        }
        if (audio.truncated()) {
            throw synthesis
                    .failure(Category.TRUNCATED, "the answer ended before its audio")
                    .build();
        }
        return null;
    }

    private static TtsException malformed(Synthesis synthesis, IOException failure) {
        if (failure instanceof JacksonException) {
            // Its message quotes the answer, which may repeat the text. Those of the readers speak of formats and sizes
            // only.
            return synthesis
                    .failure(Category.PROTOCOL, "unreadable answer: broken JSON or base64")
                    .build();
        }
        return synthesis
                .failure(
                        failure instanceof EOFException ? Category.TRUNCATED : Category.PROTOCOL,
                        "unreadable answer: " + failure.getMessage())
                .cause(failure)
                .build();
    }

    @Override
    public void close() {
        closed = true;
        response.close();
    }

    @Override
    public String toString() {
        return "AnswerSource[" + format() + "]";
    }
}
