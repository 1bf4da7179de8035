// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.Voice;
import java.util.List;
import java.util.Objects;

/** A backend around a backend: the base of every layer. Passes everything on; closes the backend inside when closed. */
public abstract class DelegatingBackend implements TtsBackend {
    private final TtsBackend delegate;

    protected DelegatingBackend(TtsBackend delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** The backend inside. */
    protected final TtsBackend delegate() {
        return delegate;
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        return delegate.stream(synthesis);
    }

    @Override
    public TtsCapabilities capabilities() {
        return delegate.capabilities();
    }

    @Override
    public List<Voice> voices() {
        return delegate.voices();
    }

    @Override
    public Health health() {
        return delegate.health();
    }

    @Override
    public void prewarm() {
        delegate.prewarm();
    }

    @Override
    public void close() {
        delegate.close();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "(" + delegate + ")";
    }
}
