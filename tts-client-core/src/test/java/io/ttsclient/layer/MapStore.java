// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in memory, or one that fails. */
final class MapStore implements AudioStore {
    private final Map<String, StoredAudio> audio = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final Semaphore writes = new Semaphore(0);
    private volatile boolean fails;

    MapStore failing() {
        fails = true;
        return this;
    }

    @Override
    public Optional<StoredAudio> read(String key) throws IOException {
        reads.incrementAndGet();
        requireWell();
        return Optional.ofNullable(audio.get(key));
    }

    @Override
    public void write(String key, StoredAudio value) throws IOException {
        requireWell();
        audio.put(key, value);
        writes.release();
    }

    private void requireWell() throws IOException {
        if (fails) {
            throw new IOException("the disk is full");
        }
    }

    int reads() {
        return reads.get();
    }

    /** Waits until it was written to once more. */
    void awaitWrite() {
        try {
            if (!writes.tryAcquire(20, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing was written");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {}
}
