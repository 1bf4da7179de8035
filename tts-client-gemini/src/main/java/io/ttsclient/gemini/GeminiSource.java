// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.transport.BodyType;
import io.ttsclient.transport.HttpResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The audio of one answer. It ends well only if the answer says that the voice came to its end, and no sample is cut. */
final class GeminiSource implements AudioSource {
    private final Synthesis synthesis;
    private final HttpResponse response;
    private final Answer answer;
    private final AnswerReader reader;
    private final Samples samples;
    private final AudioFormat format;
    private volatile boolean closed;
    // Of the reading thread:
    private @Nullable AudioChunk first;

    private GeminiSource(
            Synthesis synthesis, HttpResponse response, Answer answer, AnswerReader reader, Samples samples) {
        this.synthesis = synthesis;
        this.response = response;
        this.answer = answer;
        this.reader = reader;
        this.samples = samples;
        format = samples.format();
    }

    /**
     * Waits for the first audio of an answer of status 200, which is one JSON object or one in each of many events.
     *
     * @param asked the format that was asked for
     * @throws TtsException if there is none; the response is closed then
     */
    static GeminiSource open(Synthesis synthesis, HttpResponse response, AudioFormat asked) {
        boolean heard = false;
        try {
            boolean events = BodyType.of(response) == BodyType.EVENT_STREAM;
            InputStream body = response.asInputStream();
            var answer = new Answer();
            var reader = new AnswerReader(events ? new EventsInputStream(body) : body, answer);
            Samples samples = open(reader, answer, asked);
            ByteBuffer first = samples == null ? null : samples.read();
            answer.responseId().ifPresent(synthesis.attempt()::providerRequestId);
            if (samples == null || first == null) {
                throw failure(synthesis, response, answer, reader, false);
            }
            heard = true;
            var source = new GeminiSource(synthesis, response, answer, reader, samples);
            source.first = new AudioChunk(first);
            return source;
        } catch (IOException e) {
            throw GeminiErrors.unreadable(synthesis, String.valueOf(e.getMessage()));
        } finally {
            if (!heard) {
                response.close();
            }
        }
    }

    private static @Nullable Samples open(AnswerReader reader, Answer answer, AudioFormat asked) throws IOException {
        try {
            return Samples.open(reader, answer, asked);
        } catch (EOFException e) {
            return null; // the header of a WAV and no more
        }
    }

    @Override
    public AudioFormat format() {
        return format;
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
        boolean well = false;
        try {
            ByteBuffer next = samples.read();
            if (next == null) {
                requireGoodEnd();
            }
            well = true;
            return next == null ? null : new AudioChunk(next);
        } catch (IOException e) {
            throw GeminiErrors.unreadable(synthesis, String.valueOf(e.getMessage()));
        } finally {
            if (!well) {
                response.close();
            }
        }
    }

    private void requireGoodEnd() {
        answer.responseId().ifPresent(synthesis.attempt()::providerRequestId);
        if (!answer.isFailed() && reader.isComplete() && answer.isStopped()) {
            if (samples.isCut()) {
                throw GeminiErrors.cutAudio(synthesis);
            }
            return;
        }
        throw failure(synthesis, response, answer, reader, true);
    }

    private static TtsException failure(
            Synthesis synthesis, HttpResponse response, Answer answer, AnswerReader reader, boolean heard) {
        TtsException failure = answer.error()
                .map(error -> GeminiErrors.of(
                        response.error(error.status(), error.json()),
                        synthesis.time().now()))
                .orElseGet(() -> GeminiErrors.ofEnd(synthesis, answer, reader.isComplete(), heard));
        return failure.toBuilder()
                .providerRequestId(answer.responseId().orElse(null))
                .build();
    }

    @Override
    public void close() {
        closed = true;
        response.close();
    }

    /** The format only. */
    @Override
    public String toString() {
        return "GeminiSource[" + format + "]";
    }
}
