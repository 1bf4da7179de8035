// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.Cancellation;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.CacheResult;
import io.ttsclient.speech.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers from audio that was made before, and lets requests for the same audio that come at the same time share one call of the
 * backend: the first begins a {@link Recording}, the others hear it from its first byte while it is being made.
 *
 * <p>A recording is made on the executor, not on the thread of whoever came first, so that this one can leave at any moment and
 * the others hear on. Where the executor has no thread free for a while, perhaps because those who wait occupy it, or has its callers
 * run what it is given, each makes its own call instead, on its own thread.
 *
 * <p>Only whole texts are shared: one that is still growing passes. So do requests that are not to be cached, and those whose
 * provider options do not say what they do to the audio.
 */
public final class CacheLayer extends DelegatingBackend {
    /** How long to wait for a thread. It is only ever too short where the machine or the executor is overloaded. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final AudioCache cache;
    private final Executor executor;
    private final String name;
    private final List<String> identity;
    private final boolean storable;
    private final ConcurrentMap<Flight, Recording> flights = new ConcurrentHashMap<>();

    /**
     * Requests that may share a recording. One of a higher priority does not wait where one of a lower one does, and whole audio
     * is tried again where a stream cannot be.
     */
    private record Flight(CacheKey key, boolean whole, Priority priority) {}

    /** {@code cache} may be that of other backends too; {@code executor} makes the recordings and is not shut down. */
    public CacheLayer(TtsBackend delegate, AudioCache cache, Executor executor) {
        super(delegate);
        this.cache = cache;
        this.executor = executor;
        name = delegate.capabilities().backend();
        storable = !delegate.capabilities().identity().isEmpty();
        identity = storable
                ? delegate.capabilities().identity()
                : List.of(UUID.randomUUID().toString());
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        CacheKey key = synthesis.options().cacheable() && !synthesis.text().isGrowing()
                ? CacheKey.of(synthesis, capabilities(), identity)
                : null;
        if (key == null) {
            return super.stream(synthesis);
        }
        var flight = new Flight(key, synthesis.whole(), synthesis.options().priority());
        AudioSource heard = null;
        while (heard == null) {
            StoredAudio known = cache.inMemory(key);
            if (known != null) {
                Duration audio = known.duration();
                answered(synthesis, CacheResult.HIT, known.voice(), () -> audio);
                return known.open();
            }
            Recording recording = flights.get(flight);
            heard = recording == null ? begin(flight, synthesis) : join(recording, flight, synthesis);
        }
        return heard;
    }

    /** Null if somebody else was faster, or the audio is there by now. */
    private @Nullable AudioSource begin(Flight flight, Synthesis synthesis) {
        var recording = new Recording(cache.maxRecordingBytes());
        RecordingSource first = Objects.requireNonNull(recording.join(synthesis), "nobody can be too late yet");
        if (flights.putIfAbsent(flight, recording) != null) {
            return null;
        }
        if (cache.inMemory(flight.key()) != null) { // kept just before the flight before this one ended
            flights.remove(flight, recording);
            recording.abandon(); // others may have joined by now, and look again
            return null;
        }
        Registration timer = synthesis.time().schedule(PATIENCE, recording::decline);
        Thread here = Thread.currentThread();
        try {
            executor.execute(() -> {
                // This thread cannot make it and hear it at once.
                if (here.equals(Thread.currentThread())) {
                    decline(recording, flight);
                } else {
                    make(recording, flight, synthesis);
                }
            });
        } catch (RejectedExecutionException e) {
            decline(recording, flight);
        }
        try {
            return hear(recording, first, flight, synthesis);
        } finally {
            timer.remove();
        }
    }

    private void decline(Recording recording, Flight flight) {
        flights.remove(flight, recording);
        recording.decline();
    }

    /** Null if it is over, or was given up by who began it, so that there is another one to look for. */
    private @Nullable AudioSource join(Recording recording, Flight flight, Synthesis synthesis) {
        RecordingSource listener = recording.join(synthesis);
        if (listener != null) {
            return hear(recording, listener, flight, synthesis);
        }
        if (recording.isOver()) {
            flights.remove(flight, recording);
            return null;
        }
        return askAlone(flight.key(), synthesis);
    }

    private @Nullable AudioSource hear(
            Recording recording, RecordingSource listener, Flight flight, Synthesis synthesis) {
        Registration onCancel = synthesis.onCancel(listener::close);
        try {
            if (!listener.awaitAudio()) {
                return askAlone(flight.key(), synthesis);
            }
            CacheResult result = listener.isFirst() ? recording.result() : CacheResult.SHARED;
            answered(synthesis, result, recording.voice(), listener.heardSoFar());
            return listener;
        } catch (TtsException e) {
            listener.close();
            if (!listener.isFirst() && recording.saysNothingAboutOthers() && isWanted(synthesis)) {
                flights.remove(flight, recording);
                return null;
            }
            throw e;
        } catch (RuntimeException | Error e) {
            listener.close();
            throw e;
        } finally {
            onCancel.remove();
        }
    }

    private void answered(Synthesis synthesis, CacheResult result, @Nullable String voice, Supplier<Duration> audio) {
        synthesis
                .journal()
                .cacheAnswered(name, result, synthesis.options().model().orElse(null), voice, audio);
    }

    private static boolean isWanted(Synthesis synthesis) {
        return !synthesis.cancellation().isCancelled() && !synthesis.deadline().isExpired();
    }

    /** On the caller's own thread; shared with nobody, but kept when it has been heard to the end. */
    private AudioSource askAlone(CacheKey key, Synthesis synthesis) {
        answered(synthesis, CacheResult.MISS, null, () -> Duration.ZERO);
        AudioSource source = super.stream(synthesis);
        return new KeepingSource(
                source,
                cache.maxRecordingBytes(),
                chunks -> cache.keepInMemory(key, stored(source, chunks, voiceOf(synthesis), synthesis)));
    }

    /** Makes the recording, on a thread of the executor. */
    private void make(Recording recording, Flight flight, Synthesis synthesis) {
        try {
            if (!recording.begin()) {
                return;
            }
            StoredAudio known = storable ? cache.stored(flight.key()) : null;
            if (known != null) {
                replay(recording, known);
                return;
            }
            StoredAudio made = record(recording, synthesis);
            if (made != null) {
                cache.keepInMemory(flight.key(), made);
            }
            flights.remove(
                    flight, recording); // whoever hears the end finds it in memory, and nobody waits for the store
            recording.complete();
            if (made != null && storable) {
                cache.keepInStore(flight.key(), made);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            recording.fail(synthesis
                    .failure(Category.CANCELLED, "the thread that made the audio was interrupted")
                    .cause(e)
                    .build());
        } catch (RuntimeException | Error e) {
            recording.fail(e);
        } finally {
            flights.remove(flight, recording);
        }
    }

    private static void replay(Recording recording, StoredAudio known) throws InterruptedException {
        recording.opened(known.open(), known.voice(), CacheResult.STORED);
        for (AudioChunk chunk : known.chunks()) {
            recording.add(chunk);
        }
        recording.complete();
    }

    /** What is to be kept; null if that is nothing. */
    private @Nullable StoredAudio record(Recording recording, Synthesis synthesis) throws InterruptedException {
        Cancellation scope = recording.scope();
        try (AudioSource source = super.stream(synthesis.withCancellation(scope))) {
            Registration onCancel = scope.onCancel(source::close);
            try {
                String voice = voiceOf(synthesis);
                recording.opened(source, voice, CacheResult.MISS);
                for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
                    if (!recording.add(chunk)) {
                        return null;
                    }
                }
                List<AudioChunk> whole = recording.whole();
                return whole == null ? null : stored(source, whole, voice, synthesis);
            } finally {
                onCancel.remove();
            }
        }
    }

    private static @Nullable String voiceOf(Synthesis synthesis) {
        return synthesis.journal().report().voice().orElse(null);
    }

    private static StoredAudio stored(
            AudioSource source, List<AudioChunk> chunks, @Nullable String voice, Synthesis synthesis) {
        return new StoredAudio(
                        source.format(),
                        chunks,
                        source.timings(),
                        voice,
                        synthesis.time().now())
                .compact();
    }

    /** Gives up what is being made; what is kept stays. */
    @Override
    public void close() {
        flights.values().forEach(Recording::abandon);
        super.close();
    }
}
