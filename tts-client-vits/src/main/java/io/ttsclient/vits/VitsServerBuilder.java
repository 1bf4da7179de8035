// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.error.Faults;
import io.ttsclient.error.TtsException;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.ApiKeySource;
import io.ttsclient.transport.HttpRequest;
import io.ttsclient.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a {@link VitsServer}. Every setter checks its value at once; what does not go together, {@link #build} says, all
 * of it. Not thread-safe.
 */
public final class VitsServerBuilder {
    static final int MAX_STREAMS = 1_000;

    private List<String> baseUrls = List.of();
    private @Nullable Dialect dialect;
    private @Nullable ApiKeySource keys;
    private @Nullable Transport transport;
    private boolean plainHttpAllowed;
    private boolean tracePropagated;
    private @Nullable Authentication authentication;
    private Delivery delivery = Delivery.WAV;
    private OptionalInt sampleRate = OptionalInt.empty();
    private Duration healthTimeout = Duration.ofSeconds(5);
    private int streamsPerServer = 2;
    private Supplier<TimeSource> time = TimeSource::system;

    VitsServerBuilder() {}

    /**
     * Where the server is, with the path that stands before its routes if there is one: {@code http://tts.local:8880}.
     *
     * @throws TtsException with category {@code INVALID_REQUEST} if it is not an address with http or https
     */
    public VitsServerBuilder baseUrl(String value) {
        return baseUrls(List.of(value));
    }

    /**
     * Where equal servers are, at least one. The one with the least to do is asked; one that fails or does not answer is left alone
     * for a while, and a request that failed goes to the next one at once.
     *
     * @throws TtsException with category {@code INVALID_REQUEST} if one is not an address with http or https
     */
    public VitsServerBuilder baseUrls(List<String> values) {
        baseUrls = values.stream().map(VitsServerBuilder::checked).toList();
        return this;
    }

    static String checked(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
            throw TtsException.invalidRequest("baseUrl: no http or https address (" + url.length() + " chars)");
        }
        HttpRequest.get(url); // refuses what is no address, or has a user or a key in it
        return url;
    }

    /** What the server speaks. It is never guessed. */
    public VitsServerBuilder dialect(Dialect value) {
        dialect = value;
        return this;
    }

    /**
     * The key, for servers that want one.
     *
     * @throws TtsException with category {@code INVALID_REQUEST} if it cannot be one
     */
    public VitsServerBuilder apiKey(String value) {
        return apiKeys(ApiKeySource.of(ApiKey.of(value)));
    }

    /** Where the keys come from: several, or one that changes. */
    public VitsServerBuilder apiKeys(ApiKeySource value) {
        keys = value;
        return this;
    }

    /** The header of the key, where the server does not take that of its dialect. */
    public VitsServerBuilder authentication(Authentication value) {
        authentication = value;
        return this;
    }

    /** How the server is asked to send its audio; {@link Delivery#WAV} unless set. */
    public VitsServerBuilder delivery(Delivery value) {
        delivery = value;
        return this;
    }

    /**
     * The rate of the audio in Hz, 4000 to 192000, needed for {@link Delivery#PCM}: nothing in the answer tells it, and a wrong one
     * changes pitch and speed. A WAV says its own; for one this only decides what is expected before there is any.
     */
    public VitsServerBuilder sampleRate(int value) {
        try {
            AudioFormat.linear16(value);
        } catch (IllegalArgumentException e) {
            throw TtsException.invalidRequest(String.valueOf(e.getMessage()));
        }
        sampleRate = OptionalInt.of(value);
        return this;
    }

    /** How long to wait for a server to tell its health; more than zero, 5 s unless set. */
    public VitsServerBuilder healthTimeout(Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw TtsException.invalidRequest("healthTimeout: " + value + ", allowed more than zero");
        }
        healthTimeout = value;
        return this;
    }

    /**
     * How many streams a server does well at once, 1 to 1000; 2 unless set. A client keeps to it ({@link
     * io.ttsclient.backend.TtsCapabilities#concurrentStreams()}) unless its own limits are set. Each of several servers is asked for no
     * more in any case: a request waits for a place.
     *
     * @throws TtsException with category {@code INVALID_REQUEST} if it is out of that range
     */
    public VitsServerBuilder streamsPerServer(int value) {
        if (value < 1 || value > MAX_STREAMS) {
            throw TtsException.invalidRequest("streamsPerServer: " + value + ", allowed 1 to " + MAX_STREAMS);
        }
        streamsPerServer = value;
        return this;
    }

    /** Sends the key over plain HTTP too, to machines other than this one. */
    public VitsServerBuilder allowPlainHttp() {
        plainHttpAllowed = true;
        return this;
    }

    /**
     * Tells the server, with each request for speech, where it stands in the caller's trace, in the
     * <a href="https://www.w3.org/TR/trace-context/#traceparent-header">{@code traceparent}</a> header of W3C. Takes a client with an
     * observation registry that writes it, as Micrometer Tracing does; otherwise nothing is sent.
     */
    public VitsServerBuilder propagateTrace() {
        tracePropagated = true;
        return this;
    }

    /** The connections to use, which stay the caller's to close; those that all backends share unless set. */
    public VitsServerBuilder transport(Transport value) {
        transport = value;
        return this;
    }

    List<String> baseUrls() {
        if (baseUrls.isEmpty()) {
            throw TtsException.invalidRequest("baseUrl: not set, allowed the server's address");
        }
        return baseUrls;
    }

    Dialect dialect() {
        if (dialect == null) {
            throw TtsException.invalidRequest("dialect: not set, allowed " + Dialect.builtIn());
        }
        return dialect;
    }

    @Nullable
    ApiKeySource keys() {
        return keys;
    }

    Authentication authentication() {
        return authentication == null ? dialect().authentication() : authentication;
    }

    Delivery delivery() {
        return delivery;
    }

    OptionalInt sampleRate() {
        return sampleRate;
    }

    Duration healthTimeout() {
        return healthTimeout;
    }

    int streamsPerServer() {
        return streamsPerServer;
    }

    /** The clock by which servers are left alone and lists of voices grow old. For tests. */
    VitsServerBuilder time(TimeSource value) {
        time = () -> value;
        return this;
    }

    TimeSource openTime() {
        return time.get();
    }

    boolean isTracePropagated() {
        return tracePropagated;
    }

    boolean isPlainHttpAllowed() {
        return plainHttpAllowed;
    }

    /** A handle of the backend's own. */
    Transport openTransport() {
        return transport == null ? Transport.shared() : transport.share();
    }

    /**
     * The backend. Nothing is asked of the server yet.
     *
     * @throws TtsException with category {@code INVALID_REQUEST} if the base URL or the dialect is not set, or the dialect does not
     *     have what is set
     */
    public VitsServer build() {
        var faults = new Faults();
        check(faults);
        faults.throwIfAny();
        return new VitsServer(this);
    }

    /** What {@link #build} would refuse. */
    void check(Faults faults) {
        faults.check(this::baseUrls);
        faults.check(this::dialect);
        if (dialect != null && delivery == Delivery.PCM && dialect.rawEncoding().isEmpty()) {
            faults.add("delivery", "PCM, which " + dialect + " servers do not send");
        }
        if (dialect != null && delivery == Delivery.EVENTS && !dialect.sends(Value.whereEvents(true))) {
            faults.add("delivery", "EVENTS, which " + dialect + " servers do not send");
        }
        if (delivery == Delivery.PCM && sampleRate.isEmpty()) {
            faults.add("sampleRate", "not set, needed for delivery PCM");
        }
    }
}
