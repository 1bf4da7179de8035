// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses among several keys. A key that was refused ({@code AUTHENTICATION}) or used up ({@code QUOTA}) is set aside for a
 * while, and the next one is tried at once, within the same attempt; in one attempt each key is tried at most once. Every attempt
 * begins with the first key that is not set aside, or, where the ring is {@linkplain #inRotation in rotation}, with the one behind
 * that of the attempt before.
 *
 * <p>Where all keys are set aside, the one that has been so for longest is tried all the same, so that an only key always is:
 * it may have been mended meanwhile. The exception is a key that is used up until a moment the provider has named
 * ({@link TtsException#retryAfter()}): until then it is not tried, and with no other left, calls fail at once with {@code QUOTA}
 * of origin {@code CLIENT}.
 *
 * <p>Thread-safe.
 */
public final class KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    private static final Duration DEFAULT_ASIDE = Duration.ofMinutes(5);

    private final ApiKeySource source;
    private final Duration aside;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ApiKey, SetAside> setAside = new HashMap<>(); // guarded by lock, as what follows
    private final boolean rotates;
    private int turn;

    /**
     * @param time the clock by which it was set aside
     * @param since when that was
     * @param untilReset whether the provider has said how long
     */
    private record SetAside(TimeSource time, long since, Duration duration, boolean untilReset) {
        Duration past() {
            return time.since(since);
        }

        Duration left() {
            Duration left = duration.minus(past());
            return left.isNegative() ? Duration.ZERO : left;
        }
    }

    /** A ring that sets keys aside for 5 minutes, where the provider does not say how long. */
    public KeyRing(ApiKeySource source) {
        this(source, DEFAULT_ASIDE);
    }

    /** A ring that sets keys aside for {@code aside}, more than zero, where the provider does not say how long. */
    public KeyRing(ApiKeySource source, Duration aside) {
        this(source, aside, false);
    }

    private KeyRing(ApiKeySource source, Duration aside, boolean rotates) {
        Timeouts.requirePositive("aside", aside);
        this.source = source;
        this.aside = aside;
        this.rotates = rotates;
    }

    /** A ring that uses all keys evenly, for a provider that counts requests by key and keeps no connection for one. */
    public static KeyRing inRotation(ApiKeySource source) {
        return new KeyRing(source, DEFAULT_ASIDE, true);
    }

    /**
     * Calls {@code attempt} with a key, and again with the next one as long as keys are refused. A failure with the last key has
     * those with the others suppressed.
     *
     * @param attempt returns when the provider has accepted the key, as a rule with the first audio
     * @throws TtsException what {@code attempt} throws; with category {@code AUTHENTICATION} if there is no key at all; with
     *     {@code QUOTA} if all are used up
     */
    public <T> T call(Synthesis synthesis, Function<ApiKey, T> attempt) {
        List<ApiKey> keys = keys(message -> synthesis.failure(Category.AUTHENTICATION, message));
        List<ApiKey> usable = usable(keys);
        TtsException refusal = null;
        for (ApiKey key : usable) {
            try {
                T result = attempt.apply(key);
                forgive(key);
                return result;
            } catch (TtsException e) {
                if (refusal != null) {
                    e.addSuppressed(refusal);
                }
                if (e.category() != Category.AUTHENTICATION && e.category() != Category.QUOTA) {
                    throw e;
                }
                setAside(synthesis, keys, key, e);
                refusal = e;
            }
        }
        if (refusal == null) {
            throw usedUp(synthesis, keys);
        }
        throw refusal;
    }

    /**
     * A key to ask {@code backend} something with that is not about speech: the first that is not set aside, or else the first.
     *
     * @throws TtsException with category {@code AUTHENTICATION} if there is none
     */
    public ApiKey preferred(String backend) {
        List<ApiKey> keys = keys(message ->
                TtsException.builder(Category.AUTHENTICATION, message).backend(backend));
        lock.lock();
        try {
            forgetWhatIsOver(keys);
            return keys.stream()
                    .filter(key -> !setAside.containsKey(key))
                    .findFirst()
                    .orElse(keys.get(0));
        } finally {
            lock.unlock();
        }
    }

    private List<ApiKey> keys(Function<String, TtsException.Builder> failure) {
        List<ApiKey> keys;
        try {
            keys = source.keys();
        } catch (TtsException e) {
            throw e;
        } catch (RuntimeException e) {
            // Not passed on as a cause: who reads secrets may have put one into the message.
            throw failure.apply("the source of API keys failed with a "
                            + e.getClass().getSimpleName())
                    .origin(Origin.CLIENT)
                    .build();
        }
        if (keys.isEmpty()) {
            throw failure.apply("the source of API keys gave none")
                    .origin(Origin.CLIENT)
                    .build();
        }
        return keys.stream().distinct().toList();
    }

    /** Which to try, in order; none if all are used up. */
    private List<ApiKey> usable(List<ApiKey> keys) {
        lock.lock();
        try {
            forgetWhatIsOver(keys);
            List<ApiKey> fresh =
                    keys.stream().filter(key -> !setAside.containsKey(key)).collect(Collectors.toList());
            if (rotates && !fresh.isEmpty()) {
                Collections.rotate(fresh, -turn);
                turn = (turn + 1) % fresh.size();
            }
            return fresh.isEmpty() ? longestAside() : fresh;
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock: keys that are offered no more, and those whose time aside is over. */
    private void forgetWhatIsOver(List<ApiKey> keys) {
        setAside.keySet().retainAll(keys);
        setAside.values().removeIf(entry -> entry.left().isZero());
    }

    private List<ApiKey> longestAside() {
        return setAside.entrySet().stream()
                .filter(entry -> !entry.getValue().untilReset())
                .max(Comparator.comparing(entry -> entry.getValue().past()))
                .map(Map.Entry::getKey)
                .stream()
                .toList();
    }

    private void setAside(Synthesis synthesis, List<ApiKey> keys, ApiKey key, TtsException refusal) {
        boolean untilReset =
                refusal.category() == Category.QUOTA && refusal.retryAfter().isPresent();
        Duration duration = untilReset ? refusal.retryAfter().orElseThrow() : aside;
        TimeSource time = synthesis.time();
        lock.lock();
        try {
            setAside.put(key, new SetAside(time, time.nanoTime(), duration, untilReset));
        } finally {
            lock.unlock();
        }
        if (keys.size() == 1 && !untilReset) {
            return; // it is tried next time all the same
        }
        LOG.atWarn()
                .addKeyValue("requestId", synthesis.requestId())
                .addKeyValue("category", refusal.category().name().toLowerCase(Locale.ROOT))
                .log("API key {} of {} is set aside for {}", keys.indexOf(key) + 1, keys.size(), duration);
    }

    private void forgive(ApiKey key) {
        lock.lock();
        try {
            setAside.remove(key);
        } finally {
            lock.unlock();
        }
    }

    private TtsException usedUp(Synthesis synthesis, List<ApiKey> keys) {
        Duration soonest;
        lock.lock();
        try {
            soonest = setAside.values().stream()
                    .map(SetAside::left)
                    .min(Comparator.naturalOrder())
                    .orElse(Duration.ZERO);
        } finally {
            lock.unlock();
        }
        return synthesis
                .failure(Category.QUOTA, "the quota of every API key is used up (" + keys.size() + " in all)")
                .origin(Origin.CLIENT)
                .retryAfter(soonest)
                .build();
    }

    /** How many keys are set aside. */
    @Override
    public String toString() {
        lock.lock();
        try {
            return "KeyRing[" + setAside.size() + " keys set aside]";
        } finally {
            lock.unlock();
        }
    }
}
