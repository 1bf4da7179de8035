// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.backend.TimeSource;
import io.ttsclient.error.Faults;
import io.ttsclient.error.TtsException;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.ApiKeySource;
import io.ttsclient.transport.HttpRequest;
import io.ttsclient.transport.Transport;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts a {@link Deepgram} together. Every setter checks its value at once. Not thread-safe. */
public final class DeepgramBuilder {
    static final int MOST_SOCKETS = 10_000;
    static final Duration LONGEST = Duration.ofHours(1);

    private @Nullable ApiKeySource keys;
    boolean hasTokens;
    String baseUrl = Service.DEFAULT_BASE_URL;

    @Nullable
    String model;

    private @Nullable Transport transport;

    DeepgramOptions options = DeepgramOptions.none();
    boolean allowPlainHttp;
    int auraSockets = PoolLimits.AURA_SOCKETS;
    int fluxSockets = PoolLimits.FLUX_SOCKETS;
    Duration maxIdle = PoolLimits.IDLE;
    Duration maxAge = PoolLimits.AGE;
    Duration maxWait = PoolLimits.WAIT;
    Supplier<TimeSource> time = TimeSource::system;
    DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

    DeepgramBuilder() {}

    /**
     * The key, sent as {@code Authorization: Token}.
     *
     * @param key null, as from a variable that is not set, is refused with a message that says so
     */
    public DeepgramBuilder apiKey(@Nullable String key) {
        return apiKeys(ApiKeySource.of(ApiKey.of(key)));
    }

    /** Keys of several projects, or keys that change; asked for each connection. */
    public DeepgramBuilder apiKeys(ApiKeySource source) {
        keys = source;
        hasTokens = false;
        return this;
    }

    /**
     * Short-lived tokens from {@code POST /v1/auth/grant}, sent as {@code Authorization: Bearer}. The source is asked for each
     * connection, since a token has to be valid only then; a socket outlives it.
     */
    public DeepgramBuilder accessTokens(ApiKeySource source) {
        keys = source;
        hasTokens = true;
        return this;
    }

    /**
     * Where Deepgram is, {@code https://api.deepgram.com} unless set: a region such as {@code https://api.eu.deepgram.com}, or a host of
     * your own. http, https, ws or wss; what there is of a path stands before {@code /v1/speak}.
     */
    public DeepgramBuilder baseUrl(String url) {
        HttpRequest.get(url); // refuses what is no address, or has a credential in it
        baseUrl = url;
        return this;
    }

    /** Who speaks when a request names no voice, such as {@code flux-haley-en}; unless set, a voice of the request's language. */
    public DeepgramBuilder model(String name) {
        if (name.isBlank()) {
            throw TtsException.invalidRequest("model: blank, allowed the name of one of Deepgram's models");
        }
        model = name;
        return this;
    }

    /** What requests that say nothing else get, where their voice and their encoding have it. */
    public DeepgramBuilder options(DeepgramOptions value) {
        options = value;
        return this;
    }

    /** The connections, proxy and TLS to use; unless set, those that all backends share. The caller closes what it passes. */
    public DeepgramBuilder transport(Transport value) {
        transport = value;
        return this;
    }

    /** What the backend is to close, whoever else uses the same connections. */
    Transport openTransport() {
        return transport == null ? Transport.shared() : transport.share();
    }

    /** Allows to send the key over a network without TLS. */
    public DeepgramBuilder allowPlainHttp() {
        allowPlainHttp = true;
        return this;
    }

    /** How many Aura sockets there may be at once, 1 to 10000; 40 unless set, of the 45 of the smallest plan. */
    public DeepgramBuilder maxAuraSockets(int value) {
        auraSockets = sockets("maxAuraSockets", value);
        return this;
    }

    /** How many Flux sockets there may be at once, 1 to 10000; 4 unless set, of the 5 that the smallest plan has in some regions. */
    public DeepgramBuilder maxFluxSockets(int value) {
        fluxSockets = sockets("maxFluxSockets", value);
        return this;
    }

    private static int sockets(String field, int value) {
        if (value < 1 || value > MOST_SOCKETS) {
            throw TtsException.invalidRequest(field + ": " + value + ", allowed 1 to " + MOST_SOCKETS);
        }
        return value;
    }

    /**
     * How long a socket is kept that nobody uses, above zero, up to an hour; 5 minutes unless set. It counts against Deepgram's limits
     * all the while.
     */
    public DeepgramBuilder maxIdle(Duration value) {
        maxIdle = inRange("maxIdle", value);
        return this;
    }

    /** How long a turn waits for a socket where there may be no more, above zero, up to an hour; 5 seconds unless set. */
    public DeepgramBuilder maxWait(Duration value) {
        maxWait = inRange("maxWait", value);
        return this;
    }

    private static Duration inRange(String field, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw TtsException.invalidRequest(field + ": " + value + ", allowed above zero, up to " + LONGEST);
        }
        return value;
    }

    /** The clock of the pool; closed with the backend. For tests. */
    DeepgramBuilder time(TimeSource value) {
        time = () -> value;
        return this;
    }

    /** Numbers from 0 to 1. For tests. */
    DeepgramBuilder random(DoubleSupplier value) {
        random = value;
        return this;
    }

    ApiKeySource keys() {
        if (keys == null) {
            throw TtsException.invalidRequest("apiKey: not set, allowed a key of Deepgram's");
        }
        return keys;
    }

    /** What {@link #build} would refuse. */
    void check(Faults faults) {
        faults.check(this::keys);
    }

    /**
     * The backend; the caller closes it.
     *
     * @throws TtsException with category {@code INVALID_REQUEST} if there is no key
     */
    public Deepgram build() {
        var faults = new Faults();
        check(faults);
        faults.throwIfAny();
        return new Deepgram(this);
    }
}
