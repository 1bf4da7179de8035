// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.backend.Attempt;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.ProviderOptions;
import io.ttsclient.speech.SpeechListener.Outcome;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes down each attempt, and holds a backend to its contract: audio has arrived when {@code stream} returns, so an answer
 * without any is a failure there and then.
 */
public final class AttemptLayer extends DelegatingBackend {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptLayer.class);

    private final String name;
    private final Set<Class<?>> warnedOf = ConcurrentHashMap.newKeySet();

    public AttemptLayer(TtsBackend delegate) {
        super(delegate);
        name = delegate.capabilities().backend();
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        warnOfForeignOptions(synthesis);
        Attempt attempt = synthesis.journal().attempt(name);
        synthesis.options().model().ifPresent(attempt::model);
        Synthesis attempted = synthesis.withAttempt(attempt);
        try {
            AudioSource source = delegate().stream(attempted);
            AudioChunk first = firstChunk(attempted, source);
            attempt.spoke();
            return new AttemptSource(source, first, attempted);
        } catch (TtsException e) {
            throw failed(attempted, e);
        } catch (RuntimeException | Error e) {
            attempt.ended(Outcome.FAILED);
            throw e;
        }
    }

    private static AudioChunk firstChunk(Synthesis synthesis, AudioSource source) {
        Registration onCancel = synthesis.onCancel(source::close);
        try {
            AudioChunk first = source.read();
            if (first == null) {
                throw synthesis
                        .failure(Category.NO_AUDIO, "the backend answered without audio")
                        .build();
            }
            requireWholeSamples(synthesis, source.format(), first);
            return first;
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        } finally {
            onCancel.remove();
        }
    }

    private static void requireWholeSamples(Synthesis synthesis, AudioFormat format, AudioChunk chunk) {
        if (format.container() == Container.RAW && chunk.size() % format.bytesPerFrame() != 0) {
            throw synthesis
                    .failure(Category.PROTOCOL, "the backend split a sample: " + chunk.size() + " bytes of " + format)
                    .build();
        }
    }

    private static TtsException failed(Synthesis synthesis, TtsException failure) {
        synthesis.attempt().failed(failure.category(), failure.origin());
        return synthesis.describe(failure.toBuilder()).build();
    }

    private void warnOfForeignOptions(Synthesis synthesis) {
        for (ProviderOptions options : synthesis.options().provider().values()) {
            if (!options.backend().equals(name)) {
                String type = options.getClass().getSimpleName();
                synthesis.journal().warning(type + " ignored: " + name + " serves this request");
                if (warnedOf.add(options.getClass())) {
                    LOG.atWarn()
                            .addKeyValue("requestId", synthesis.requestId())
                            .log("{} is ignored by backend {}: it is for {}", type, name, options.backend());
                }
            }
        }
    }

    /** Gives the first chunk, which was read already, checks the others, and takes a failure down. */
    private static final class AttemptSource extends DelegatingSource {
        private final Synthesis synthesis;
        private @Nullable AudioChunk first; // reading thread
        private volatile boolean closed;

        AttemptSource(AudioSource delegate, AudioChunk first, Synthesis synthesis) {
            super(delegate);
            this.first = first;
            this.synthesis = synthesis;
        }

        @Override
        public @Nullable AudioChunk read() {
            if (first != null) {
                if (closed) {
                    throw synthesis.cancelled();
                }
                AudioChunk chunk = first;
                first = null;
                return chunk;
            }
            AudioChunk chunk = super.read();
            if (chunk == null) {
                synthesis.attempt().ended(Outcome.COMPLETE);
            } else {
                requireWhole(chunk);
            }
            return chunk;
        }

        private void requireWhole(AudioChunk chunk) {
            try {
                requireWholeSamples(synthesis, format(), chunk);
            } catch (TtsException e) {
                throw failed(synthesis, e);
            }
        }

        @Override
        public void close() {
            closed = true;
            super.close();
            synthesis.attempt().ended(Outcome.CANCELLED); // unless it has ended before
        }

        @Override
        protected TtsException onFailure(TtsException failure) {
            return failed(synthesis, failure);
        }

        @Override
        protected void onBug(Throwable bug) {
            synthesis.attempt().ended(Outcome.FAILED);
        }
    }
}
