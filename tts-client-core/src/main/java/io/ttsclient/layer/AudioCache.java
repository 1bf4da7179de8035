// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.ttsclient.backend.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audio that a client keeps, in memory and in its store. All of its {@link CacheLayer}s share it. Thread-safe. */
public final class AudioCache {
    private static final Logger LOG = LoggerFactory.getLogger(AudioCache.class);
    /** What an entry takes besides its audio, roughly, in bytes. */
    private static final int ENTRY_BYTES = 512;

    private static final int MARK_BYTES = 64;

    private final CachePolicy policy;
    private final TimeSource time;
    private final Cache<CacheKey, StoredAudio> memory;
    private final AtomicBoolean storeHasFailed = new AtomicBoolean();

    /** Empty, but for what {@code policy}'s store holds. */
    public AudioCache(CachePolicy policy, TimeSource time) {
        this.policy = policy;
        this.time = time;
        memory = Caffeine.newBuilder()
                .maximumWeight(policy.maxBytes())
                .weigher((CacheKey key, StoredAudio audio) -> weight(audio))
                .expireAfter(Expiry.writing((CacheKey key, StoredAudio audio) -> left(audio)))
                .ticker(time::nanoTime)
                .executor(Runnable::run) // its upkeep is short, and no thread of others is ours to use
                .build();
    }

    /** What it keeps. */
    public CachePolicy policy() {
        return policy;
    }

    private static int weight(StoredAudio audio) {
        long bytes =
                audio.size() + ENTRY_BYTES + (long) MARK_BYTES * audio.timings().size();
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    /** How long it may be used from now on; zero or less if no longer. */
    private Duration left(StoredAudio audio) {
        return policy.timeToLive().minus(Duration.between(audio.madeAt(), time.now()));
    }

    private boolean isUsable(StoredAudio audio) {
        Duration left = left(audio);
        return !left.isNegative() && !left.isZero();
    }

    long maxRecordingBytes() {
        return policy.maxRecordingBytes();
    }

    @Nullable
    StoredAudio inMemory(CacheKey key) {
        return memory.getIfPresent(key);
    }

    /** What the store has, which is then in memory too; may wait for a disk. */
    @Nullable
    StoredAudio stored(CacheKey key) {
        AudioStore store = policy.store();
        if (store == null) {
            return null;
        }
        Optional<StoredAudio> found;
        try {
            found = store.read(key.toString());
        } catch (IOException | RuntimeException e) {
            failed("read", e);
            return null;
        }
        if (found.isEmpty() || !isUsable(found.get())) {
            return null;
        }
        memory.put(key, found.get());
        return found.get();
    }

    void keepInMemory(CacheKey key, StoredAudio audio) {
        memory.put(key, audio);
    }

    /** May wait for a disk. */
    void keepInStore(CacheKey key, StoredAudio audio) {
        AudioStore store = policy.store();
        if (store == null) {
            return;
        }
        try {
            store.write(key.toString(), audio);
        } catch (IOException | RuntimeException e) {
            failed("written", e);
        }
    }

    private void failed(String what, Exception failure) {
        if (storeHasFailed.compareAndSet(false, true)) {
            LOG.warn(
                    "The audio store cannot be {}; that is logged this once, and requests go on without it",
                    what,
                    failure);
        }
    }
}
