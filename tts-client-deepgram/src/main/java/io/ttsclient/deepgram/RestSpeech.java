// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.FrameAligner;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.BodyType;
import io.ttsclient.transport.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The audio of one text over REST: the body of an answer, which is its whole length or a failure. */
final class RestSpeech implements AudioSource {
    /** A WAV that is no longer than this has a header and no sample. */
    private static final int WAV_HEADER = 44;

    private static final Set<BodyType> WORDS = EnumSet.of(BodyType.JSON, BodyType.TEXT, BodyType.EVENT_STREAM);

    private final Synthesis synthesis;
    private final AudioFormat format;
    private final HttpResponse response;
    private final @Nullable FrameAligner
            aligner; // null where bytes are no samples; the header of a WAV is whole samples too
    private final Deque<AudioChunk> first = new ArrayDeque<>(1);
    private final Registration onCancel;
    private volatile boolean closed;

    private RestSpeech(Synthesis synthesis, AudioFormat format, HttpResponse response) {
        this.synthesis = synthesis;
        this.format = format;
        this.response = response;
        aligner = format.encoding().isCompressed()
                ? null
                : new FrameAligner(
                        new AudioFormat(format.encoding(), Container.RAW, format.sampleRate(), format.channels()));
        onCancel = synthesis.onCancel(response::close);
    }

    /** Asks; returns when the first audio is there. */
    static RestSpeech open(Service service, Synthesis synthesis, SpeakRequest request, ApiKey credential, String text) {
        HttpResponse response = service.post(synthesis, request, credential, text);
        RestHeaders.takeDown(response, synthesis, text.length());
        if (!response.isSuccessful()) {
            throw Failures.refused(synthesis, response.error());
        }
        var speech = new RestSpeech(synthesis, request.format(), response);
        try {
            speech.awaitFirst();
            return speech;
        } catch (RuntimeException | Error e) {
            speech.close();
            throw e;
        }
    }

    private void awaitFirst() {
        BodyType type = BodyType.of(response);
        if (WORDS.contains(type)) {
            throw synthesis
                    .failure(Category.PROTOCOL, "Deepgram answered with " + type + " in place of audio")
                    .providerRequestId(response.providerRequestId().orElse(null))
                    .build();
        }
        int needed = format.container() == Container.WAV ? WAV_HEADER : 0;
        int bytes = 0;
        while (bytes <= needed) {
            AudioChunk chunk = readBody();
            if (chunk == null) {
                throw Failures.incomplete(
                        synthesis,
                        Category.NO_AUDIO,
                        response.providerRequestId().orElse(""));
            }
            bytes += chunk.size();
            first.add(chunk);
        }
    }

    private @Nullable AudioChunk readBody() {
        for (ByteBuffer bytes = response.read(); bytes != null; bytes = response.read()) {
            ByteBuffer frames = aligner == null ? bytes : aligner.align(bytes);
            if (frames.hasRemaining()) {
                return new AudioChunk(frames);
            }
        }
        onCancel.remove();
        if (aligner != null && aligner.carried() > 0) {
            throw Failures.incomplete(
                    synthesis, Category.TRUNCATED, response.providerRequestId().orElse(""));
        }
        return null;
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
        AudioChunk chunk = first.poll();
        return chunk != null ? chunk : readBody();
    }

    @Override
    public void close() {
        closed = true;
        onCancel.remove();
        response.close();
    }

    @Override
    public String toString() {
        return "RestSpeech[" + synthesis.requestId() + ", " + format + "]";
    }
}
