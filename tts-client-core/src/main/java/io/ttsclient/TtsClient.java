// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.backend.Health;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.speech.Voice;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Turns text into speech. An application holds one, for its whole life. Whole speech, into a file:
 *
 * {@snippet class="io.ttsclient.Snippets" region="file"}
 *
 * <p>Speech as it is made, which begins to sound soon:
 *
 * {@snippet class="io.ttsclient.Snippets" region="stream"}
 *
 * <p>What to do about a failure, its category says:
 *
 * {@snippet class="io.ttsclient.Snippets" region="failure"}
 *
 * <p>Thread-safe; requests do not hold each other up. Every failure is a {@link TtsException}, and what is wrong with a
 * request itself is found before any I/O. Closing the client cancels what runs and closes its backends.
 */
public interface TtsClient extends AutoCloseable {
    /** A client of one backend, with defaults everywhere. Closing the client closes the backend. */
    static TtsClient of(TtsBackend backend) {
        return builder().backend(backend).build();
    }

    /** Starts a client. */
    static TtsClientBuilder builder() {
        return new TtsClientBuilder();
    }

    /**
     * Begins to speak, and returns when the first audio has arrived. Close the stream; closing it early cancels the request.
     *
     * @throws TtsException if no audio came
     */
    AudioStream stream(SpeechRequest request);

    /** Begins to speak {@code text} with the client's defaults; see {@link #stream(SpeechRequest)}. */
    default AudioStream stream(String text) {
        return stream(SpeechRequest.of(text));
    }

    /**
     * Speaks, and returns when all audio is there. Until then nothing is handed over, so that a break in the middle is mended
     * by trying again.
     *
     * @throws TtsException if the audio could not be had in whole
     */
    Speech synthesize(SpeechRequest request);

    /** Speaks {@code text} with the client's defaults; see {@link #synthesize(SpeechRequest)}. */
    default Speech synthesize(String text) {
        return synthesize(SpeechRequest.of(text));
    }

    /**
     * {@link #stream(SpeechRequest)} on another thread. Cancelling the future cancels the request, as does whatever else fails
     * it; a stream that nobody can receive any more is closed.
     */
    CompletableFuture<AudioStream> streamAsync(SpeechRequest request);

    /**
     * {@link #synthesize(SpeechRequest)} on another thread. Cancelling the future cancels the request; so does whatever else
     * fails it, such as {@link CompletableFuture#orTimeout}.
     *
     * {@snippet class="io.ttsclient.Snippets" region="async"}
     */
    CompletableFuture<Speech> synthesizeAsync(SpeechRequest request);

    /**
     * Speaks many texts, at most {@code concurrency} at once, and returns at once: the results are taken from the batch as they
     * end, each an audio or its failure. The requests run on the client's executor and keep their own priorities.
     *
     * @throws IllegalArgumentException if {@code concurrency} is below 1
     */
    default SpeechBatch synthesizeAll(List<SpeechRequest> requests, int concurrency) {
        return SpeechBatch.start(requests, concurrency, this::synthesizeAsync);
    }

    /**
     * Opens a session: speech that starts while its text is still being written, turn by turn. Asks nobody yet. Unless the options
     * or the client's defaults say otherwise, texts are made {@linkplain io.ttsclient.text.TextPreparation#speakable() speakable}.
     *
     * @param options how every turn is spoken; their timeout is each turn's, from its first write to its last audio
     * @throws TtsException with category {@code CLOSED}
     */
    SpeechSession open(SpeechOptions options);

    /** Opens a session with the client's defaults; see {@link #open(SpeechOptions)}. */
    default SpeechSession open() {
        return open(SpeechOptions.none());
    }

    /**
     * The voices of the first backend, whose voices requests can name; empty where it cannot tell. May ask the provider.
     *
     * @throws TtsException if the provider cannot be asked
     */
    List<Voice> voices();

    /**
     * Whether this client would speak now, as far as its own requests tell; asks nobody. That of the first backend, or degraded
     * if only another one would speak.
     */
    Health health();

    /** The same for each backend, in their order. */
    List<Health> healthOfEach();

    /**
     * Asks each backend whether it would speak now, without speaking, so that no text is billed; may ask the providers and wait
     * for them. What is known besides is in it as well. Does not throw.
     */
    List<Health> probe();

    /** What the first backend is called and can do. */
    TtsCapabilities capabilities();

    /**
     * Does ahead what the first request would otherwise wait for, such as connecting or loading, for each backend.
     *
     * @throws TtsException if that fails for any, after all were prepared; the client stays usable
     */
    void prewarm();

    /**
     * Has the audio of {@code requests} made, with priority {@code PREFETCH}, and keeps it in the cache, so that the first one to ask
     * for it does not wait. Returns when all is there.
     *
     * @throws TtsException if that fails for any, after all were tried; the client stays usable
     * @throws IllegalStateException if the client was built without a cache
     */
    void preload(List<SpeechRequest> requests);

    /**
     * Cancels what runs, then closes the backends and what the client created. Requests that were running or come later fail
     * with category {@code CLOSED}. May be called more than once, from any thread.
     */
    @Override
    void close();

    /**
     * Takes no more requests, lets those that run end for up to {@code grace}, zero or more, and then does what {@link #close()}
     * does. A {@link #close()} from another thread ends the wait, as does interrupting this one.
     */
    void close(Duration grace);
}
