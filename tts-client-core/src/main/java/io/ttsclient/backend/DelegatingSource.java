// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.TimingMark;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A source around a source: the base of what layers answer with. Passes everything on, and tells its subclass once, whatever
 * comes first, that the source has reached its end, has failed or was closed.
 */
public abstract class DelegatingSource implements AudioSource {
    private final AudioSource delegate;
    private final AtomicBoolean ended = new AtomicBoolean();

    protected DelegatingSource(AudioSource delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** The source inside. */
    protected final AudioSource delegate() {
        return delegate;
    }

    /** Called once, from any thread: nothing more comes. Must not block or throw. */
    protected void onEnd() {}

    /** The failure to report for one that came from inside. Called on the reading thread, after {@link #onEnd()}. */
    protected TtsException onFailure(TtsException failure) {
        return failure;
    }

    /** What came from inside and is no {@link TtsException} is thrown on. Called on the reading thread, after {@link #onEnd()}. */
    protected void onBug(Throwable bug) {}

    @Override
    public AudioFormat format() {
        return delegate.format();
    }

    @Override
    public @Nullable AudioChunk read() {
        try {
            AudioChunk chunk = delegate.read();
            if (chunk == null) {
                end();
            }
            return chunk;
        } catch (TtsException e) {
            end();
            throw onFailure(e);
        } catch (RuntimeException | Error e) {
            end(); // a bug inside is no reason to hold on to anything
            onBug(e);
            throw e;
        }
    }

    @Override
    public List<TimingMark> timings() {
        return delegate.timings();
    }

    @Override
    public void close() {
        delegate.close();
        end();
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            onEnd();
        }
    }
}
