// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.backend.Health;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.AudioCache;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.speech.Voice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each call to the client of the configuration that counts. There is no lock: a call that finds that this client has just been
 * retired, which refuses it before anything has begun, goes to the next one.
 */
final class SwappingTtsClient implements ReloadableTtsClient {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadableTtsClient.class);
    /** After it there is no other. */
    private static final long LAST = Long.MAX_VALUE;

    private final Supplier<TtsClientConfig> source;
    private final Consumer<TtsClientBuilder> besides;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicReference<Generation> current;
    /** Those that have not ended yet, by the number of the one that took their place. */
    private final ConcurrentMap<Long, LayeredTtsClient> retired = new ConcurrentHashMap<>();

    /** The client of a configuration. A higher number counts more. */
    private record Generation(long number, LayeredTtsClient client, Duration grace) {
        Generation last() {
            return new Generation(LAST, client, grace);
        }
    }

    private SwappingTtsClient(Supplier<TtsClientConfig> source, Consumer<TtsClientBuilder> besides) {
        this.source = source;
        this.besides = besides;
        current = new AtomicReference<>(make(0, source.get(), null));
    }

    static ReloadableTtsClient open(Supplier<TtsClientConfig> source, Consumer<TtsClientBuilder> besides) {
        return new SwappingTtsClient(source, besides);
    }

    private Generation make(long number, TtsClientConfig config, @Nullable AudioCache former) {
        TtsClientBuilder builder = TtsClient.builder().config(config);
        besides.accept(builder);
        return new Generation(number, builder.build(former), config.reloadGrace());
    }

    @Override
    public void reload() {
        reload(source);
    }

    @Override
    public void reload(TtsClientConfig config) {
        reload(() -> config);
    }

    private void reload(Supplier<TtsClientConfig> wanted) {
        long number = begun.incrementAndGet();
        requireOpen();
        TtsClientConfig config;
        Generation next;
        try {
            config = wanted.get();
            next = make(number, config, current.get().client().cache());
        } catch (TtsException e) {
            LOG.warn("Configuration {} is not taken, what was there before stays: {}", number, e.getMessage());
            throw e;
        } catch (RuntimeException | Error e) {
            // What a factory of others says in its message, nobody knows.
            LOG.warn("Configuration {} is not taken, what was there before stays: {}", number, e.getClass());
            throw e;
        }
        if (take(next)) {
            LOG.info("Configuration {} is taken: {}", number, config);
        }
        requireOpen();
    }

    /** Whether it counts now; not if a later one does, or this client was closed. */
    private boolean take(Generation next) {
        while (true) {
            Generation former = current.get();
            if (former.number() > next.number()) {
                next.client().close();
                return false;
            }
            retired.put(next.number(), former.client()); // before it is, so that who closes does not miss it
            if (current.compareAndSet(former, next)) {
                former.client().retire(former.grace(), () -> retired.remove(next.number()));
                return true;
            }
            retired.remove(next.number());
        }
    }

    private void requireOpen() {
        if (current.get().number() == LAST) {
            throw Requests.closed().build();
        }
    }

    private <T> T call(Function<TtsClient, T> call) {
        while (true) {
            Generation asked = current.get();
            try {
                return call.apply(asked.client());
            } catch (TtsException e) {
                if (e.category() != Category.CLOSED || asked.equals(current.get())) {
                    throw e;
                }
            }
        }
    }

    private <T> CompletableFuture<T> begin(Function<TtsClient, CompletableFuture<T>> call) {
        while (true) {
            Generation asked = current.get();
            CompletableFuture<T> future = call.apply(asked.client());
            if (!isRefused(future) || asked.equals(current.get())) {
                return future;
            }
        }
    }

    private static boolean isRefused(CompletableFuture<?> future) {
        return future.isCompletedExceptionally()
                && future.handle((result, failure) ->
                                failure instanceof TtsException e && e.category() == Category.CLOSED)
                        .join();
    }

    @Override
    public AudioStream stream(SpeechRequest request) {
        return call(client -> client.stream(request));
    }

    @Override
    public Speech synthesize(SpeechRequest request) {
        return call(client -> client.synthesize(request));
    }

    @Override
    public CompletableFuture<AudioStream> streamAsync(SpeechRequest request) {
        return begin(client -> client.streamAsync(request));
    }

    @Override
    public CompletableFuture<Speech> synthesizeAsync(SpeechRequest request) {
        return begin(client -> client.synthesizeAsync(request));
    }

    @Override
    public SpeechSession open(SpeechOptions options) {
        return call(client -> client.open(options));
    }

    @Override
    public List<Voice> voices() {
        return call(TtsClient::voices);
    }

    @Override
    public Health health() {
        return ofCurrent(TtsClient::health);
    }

    @Override
    public List<Health> healthOfEach() {
        return ofCurrent(TtsClient::healthOfEach);
    }

    @Override
    public List<Health> probe() {
        return ofCurrent(TtsClient::probe);
    }

    @Override
    public TtsCapabilities capabilities() {
        return ofCurrent(TtsClient::capabilities);
    }

    /** What the client of now says; one that is retired meanwhile would say that it is. */
    private <T> T ofCurrent(Function<TtsClient, T> question) {
        while (true) {
            Generation asked = current.get();
            T answer = question.apply(asked.client());
            if (asked.equals(current.get())) {
                return answer;
            }
        }
    }

    @Override
    public void prewarm() {
        call(client -> {
            client.prewarm();
            return client;
        });
    }

    @Override
    public void preload(List<SpeechRequest> requests) {
        call(client -> {
            client.preload(requests);
            return client;
        });
    }

    @Override
    public void close() {
        all().forEach(TtsClient::close);
    }

    @Override
    public void close(Duration grace) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace: " + grace + ", allowed zero or more");
        }
        List<LayeredTtsClient> all = all();
        all.forEach(LayeredTtsClient::takeNoMore);
        TimeSource time = all.get(0).time();
        long start = time.nanoTime();
        for (LayeredTtsClient client : all) {
            Duration left = grace.minus(time.since(start));
            client.close(left.isNegative() ? Duration.ZERO : left);
        }
    }

    /** Those that there are; no other one takes their place from now on. */
    private List<LayeredTtsClient> all() {
        var all = new ArrayList<LayeredTtsClient>();
        all.add(current.updateAndGet(Generation::last).client());
        all.addAll(retired.values());
        return all;
    }

    @Override
    public String toString() {
        return "ReloadableTtsClient(" + current.get().client() + ")";
    }
}
