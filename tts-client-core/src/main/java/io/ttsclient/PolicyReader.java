// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.backend.Settings;
import io.ttsclient.error.Faults;
import io.ttsclient.layer.AdmissionPolicy;
import io.ttsclient.layer.AttemptTimeouts;
import io.ttsclient.layer.BreakerPolicy;
import io.ttsclient.layer.CachePolicy;
import io.ttsclient.layer.FallbackPolicy;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.layer.SegmentingPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the policies in a configuration; one of which nothing is set is null, and of one of which something is, the rest is as usual. */
final class PolicyReader {
    private static final int UNLIMITED = AdmissionPolicy.UNLIMITED;
    private static final int HOUR = 3_600_000; // all times are in milliseconds
    private static final int DAY = 24 * HOUR;
    private static final int TEN_MINUTES = HOUR / 6;
    private static final long YEAR = 365L * DAY;

    private final Settings settings;
    private final Faults faults;
    private final Set<String> names;

    /** {@code names} are those of what is set. */
    PolicyReader(Settings settings, Faults faults, Set<String> names) {
        this.settings = settings;
        this.faults = faults;
        this.names = names;
    }

    /** Whether anything that begins with {@code section} is. */
    boolean isSet(String section) {
        return names.stream().anyMatch(name -> name.startsWith(section));
    }

    /** Null if {@code make} refuses; as each value by itself is in its range, {@code field} does not go with another one. */
    <T> @Nullable T make(String field, Supplier<T> make) {
        var made = new ArrayList<T>(1);
        faults.check(field, () -> made.add(make.get()));
        return made.isEmpty() ? null : made.get(0);
    }

    /** What is set at {@code place}, for the rest {@code general}; null if nothing is. */
    @Nullable
    AdmissionPolicy admission(String place, @Nullable AdmissionPolicy general) {
        AdmissionPolicy usual = general != null ? general : AdmissionPolicy.unlimited();
        int concurrent = settings.integer(place + "maxConcurrent", 1, UNLIMITED).orElse(usual.maxConcurrent());
        int minute = settings.integer(place + "requestsPerMinute", 1, UNLIMITED).orElse(usual.requestsPerMinute());
        int day = settings.integer(place + "requestsPerDay", 1, UNLIMITED).orElse(usual.requestsPerDay());
        int characters =
                settings.integer(place + "charactersPerMinute", 1, UNLIMITED).orElse(usual.charactersPerMinute());
        int queued = settings.integer(place + "maxQueued", 0, 1_000_000).orElse(usual.maxQueued());
        Duration wait = settings.millis(place + "maxWaitMillis", 0, HOUR).orElse(usual.maxWait());
        return isSet(place) ? new AdmissionPolicy(concurrent, minute, day, characters, queued, wait) : null;
    }

    /** What is set at {@code place}, for the rest {@code general}; null if nothing is. */
    @Nullable
    AttemptTimeouts attemptTimeouts(String place, @Nullable AttemptTimeouts general) {
        Optional<Duration> firstAudio = settings.millis(place + "firstAudioMillis", 1, HOUR);
        Optional<Duration> stall = settings.millis(place + "stallMillis", 1, HOUR);
        if (!isSet(place)) {
            return null;
        }
        if (general == null && firstAudio.isEmpty()) {
            faults.add(place + "firstAudioMillis", "not set, needed with stallMillis");
        }
        if (general == null && stall.isEmpty()) {
            faults.add(place + "stallMillis", "not set, needed with firstAudioMillis");
        }
        AttemptTimeouts usual = general != null ? general : AttemptTimeouts.defaults();
        return new AttemptTimeouts(firstAudio.orElse(usual.firstAudio()), stall.orElse(usual.stall()));
    }

    @Nullable
    RetryPolicy retry() {
        RetryPolicy usual = RetryPolicy.defaults();
        int attempts = settings.integer("retry.maxAttempts", 1, 10).orElse(usual.maxAttempts());
        Duration base = settings.millis("retry.baseDelayMillis", 1, HOUR).orElse(usual.baseDelay());
        Duration longest = settings.millis("retry.maxDelayMillis", 1, HOUR).orElse(usual.maxDelay());
        Duration retryAfter =
                settings.millis("retry.maxRetryAfterMillis", 0, HOUR).orElse(usual.maxRetryAfter());
        return isSet("retry.")
                ? make("retry.maxDelayMillis", () -> new RetryPolicy(attempts, base, longest, retryAfter))
                : null;
    }

    @Nullable
    BreakerPolicy circuitBreaker() {
        BreakerPolicy usual = BreakerPolicy.defaults();
        int rate = settings.integer("circuitBreaker.failureRate", 1, 100).orElse(usual.failureRate());
        int window = settings.integer("circuitBreaker.window", 1, 1_000).orElse(usual.window());
        int minimum =
                settings.integer("circuitBreaker.minimumAttempts", 1, 1_000).orElse(usual.minimumAttempts());
        Duration openFor =
                settings.millis("circuitBreaker.openForMillis", 1, DAY).orElse(usual.openFor());
        int probes = settings.integer("circuitBreaker.probes", 1, 100).orElse(usual.probes());
        return isSet("circuitBreaker.")
                ? make(
                        "circuitBreaker.minimumAttempts",
                        () -> new BreakerPolicy(rate, window, minimum, openFor, probes))
                : null;
    }

    @Nullable
    FallbackPolicy fallback() {
        return settings.flag("fallbackPolicy.afterContentRejected")
                .map(FallbackPolicy::new)
                .orElse(null);
    }

    @Nullable
    SegmentingPolicy segmenting() {
        SegmentingPolicy usual = SegmentingPolicy.defaults();
        int window = settings.integer("segmenting.window", 1, 8).orElse(usual.window());
        Duration ahead =
                settings.millis("segmenting.aheadMillis", 1, TEN_MINUTES).orElse(usual.ahead());
        Duration patience =
                settings.millis("segmenting.patienceMillis", 1, TEN_MINUTES).orElse(usual.patience());
        return isSet("segmenting.") ? new SegmentingPolicy(window, ahead, patience, usual.growing()) : null;
    }

    @Nullable
    CacheConfig cache() {
        OptionalLong bytes = settings.number("cache.maxBytes", 1, Long.MAX_VALUE);
        OptionalLong recording = settings.number("cache.maxRecordingBytes", 1, Long.MAX_VALUE);
        Optional<Duration> timeToLive = settings.millis("cache.timeToLiveMillis", 1, YEAR);
        Optional<Path> directory =
                settings.text("cache.directory").map(path -> make("cache.directory", () -> Path.of(path)));
        OptionalLong directoryBytes = settings.number("cache.directoryMaxBytes", 1, Long.MAX_VALUE);
        if (!isSet("cache.")) {
            return null;
        }
        if (bytes.isEmpty()) {
            faults.add("cache.maxBytes", "not set, a cache needs it");
        }
        if (directory.isPresent() && directoryBytes.isEmpty()) {
            faults.add("cache.directoryMaxBytes", "not set, needed with cache.directory");
        }
        if (directory.isEmpty() && directoryBytes.isPresent()) {
            faults.add("cache.directory", "not set, needed with cache.directoryMaxBytes");
        }
        CachePolicy usual = CachePolicy.inMemory(bytes.orElse(Long.MAX_VALUE));
        CachePolicy policy = make(
                "cache.maxRecordingBytes",
                () -> new CachePolicy(
                        usual.maxBytes(),
                        recording.orElse(usual.maxRecordingBytes()),
                        timeToLive.orElse(usual.timeToLive()),
                        null));
        return policy == null ? null : new CacheConfig(policy, directory.orElse(null), directoryBytes.orElse(0));
    }
}
