// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.Voice;
import java.util.List;

/**
 * One engine, asked once. A backend makes one attempt: no retry, no splitting of text, no cache, no metric. Layers around
 * it, which are backends too, add these.
 *
 * <p>Thread-safe: many threads call {@link #stream} at once.
 */
public interface TtsBackend extends AutoCloseable {
    /**
     * Begins to speak, on the calling thread. Returns when the first audio has arrived, so that the first
     * {@link AudioSource#read()} does not wait.
     *
     * <p>What is wrong with the request is found before any I/O. While it waits, the backend has an action registered with
     * {@link Synthesis#onCancel} that ends the wait within milliseconds; interrupting the thread is not relied on.
     *
     * @throws TtsException if no audio came; nothing is left running then
     */
    AudioSource stream(Synthesis synthesis);

    /** What this backend is called and can do. Cheap, and the same for its whole life. */
    TtsCapabilities capabilities();

    /**
     * The voices that it offers; empty where it cannot tell. May ask the provider.
     *
     * @throws TtsException if the provider cannot be asked
     */
    default List<Voice> voices() {
        return List.of();
    }

    /** Whether it would speak now, found out without speaking. May ask the provider; does not throw. */
    default Health health() {
        return Health.unknown("this backend cannot be asked");
    }

    /**
     * Does ahead what the first request would otherwise wait for, such as connecting or loading. May be called at any time.
     *
     * @throws TtsException if that fails; the backend stays usable
     */
    default void prewarm() {}

    /** Ends what runs and frees what the backend created. Later calls of {@link #stream} fail with {@code CLOSED}. */
    @Override
    void close();
}
