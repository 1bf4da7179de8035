// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.Voice;
import io.ttsclient.text.SegmentLimits;
import io.ttsclient.text.Speakable;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.HttpError;
import io.ttsclient.transport.KeyRing;
import io.ttsclient.transport.Transport;
import io.ttsclient.transport.WebSocketConnection;
import io.ttsclient.transport.WebSocketFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deepgram's voices: Aura and Aura-2 over {@code /v1/speak}, Flux over {@code /v2/speak}, over WebSockets that are kept from one
 * request to the next, or over REST.
 *
 * {@snippet class="io.ttsclient.deepgram.DeepgramExampleTest" region="voice"}
 *
 * <p>The voice of a request is the name of a model, such as {@code aura-2-thalia-en} or {@code flux-haley-en}; any name is passed on.
 * A text may be whole or still growing. Over a WebSocket come LINEAR16, MULAW and ALAW without a header; whatever else Deepgram
 * makes, WAV, MP3, Opus, FLAC and AAC, comes over REST, and so does all of a whole text where {@link DeepgramOptions} say so or where
 * no WebSocket can be opened for reasons of the network. Deepgram's limits are kept on this side: characters of a message and of a
 * minute, flushes, the age of a socket, and how many sockets there are.
 *
 * <p>Thread-safe. It has a timer thread of its own while it has sockets. What a request and a socket are refused for, and what a close
 * means, has a {@link Category}; a failure carries Deepgram's {@code dg-request-id}.
 */
public final class Deepgram implements TtsBackend {
    static final String NAME = "deepgram";

    private static final Logger LOG = LoggerFactory.getLogger(Deepgram.class);
    private static final Duration DETOUR = Duration.ofSeconds(60);
    private static final Duration INQUIRY = Duration.ofSeconds(10);
    // In code points, for whole texts: none is longer than a message, and six in a row fit the minute of a socket.
    private static final int MAX_SEGMENT = 1_000;
    private static final int USUAL_SEGMENT = 400;
    private static final int FIRST_SEGMENT_MINIMUM = 20;
    private static final int FIRST_SEGMENT_TARGET = 100;

    private final @Nullable String defaultModel;
    private final DeepgramOptions defaults;
    private final Transport transport;
    private final TimeSource time;
    private final Service service;
    private final KeyRing keys;
    private final boolean hasTokens;
    private final SocketPool aura;
    private final SocketPool flux;
    private final VoiceList voiceList;
    private final TtsCapabilities capabilities;
    private final AtomicReference<@Nullable Long> detourUntil = new AtomicReference<>(); // no WebSocket lately
    private volatile boolean closed;

    Deepgram(DeepgramBuilder builder) {
        defaultModel = builder.model;
        defaults = builder.options;
        transport = builder.openTransport();
        time = builder.time.get();
        hasTokens = builder.hasTokens;
        keys = new KeyRing(builder.keys());
        service = new Service(transport, builder.baseUrl, hasTokens ? "Bearer" : "Token", builder.allowPlainHttp);
        aura = pool(Product.AURA, builder.auraSockets, builder);
        flux = pool(Product.FLUX, builder.fluxSockets, builder);
        voiceList = new VoiceList(service, keys, time);
        capabilities = capabilities(builder.baseUrl);
    }

    private SocketPool pool(Product product, int sockets, DeepgramBuilder builder) {
        var limits = new PoolLimits(sockets, builder.maxIdle, builder.maxAge, builder.maxWait);
        return new SocketPool(product, limits, time, builder.random, this::open);
    }

    /** Starts with defaults everywhere; a key has to be given. */
    public static DeepgramBuilder builder() {
        return new DeepgramBuilder();
    }

    private TtsCapabilities capabilities(String baseUrl) {
        Product product = defaultModel == null ? Product.AURA : Product.of(defaultModel);
        TtsCapabilities.Builder builder = TtsCapabilities.builder(NAME, Formats.DEFAULT)
                .languages(KnownVoices.languages().toArray(String[]::new))
                .identity(
                        baseUrl,
                        String.valueOf(defaultModel),
                        defaults.audioKey().orElse(""))
                .segmentLimits(SegmentLimits.builder()
                        .maxCodePoints(MAX_SEGMENT)
                        .packUpTo(USUAL_SEGMENT)
                        .firstSegment(FIRST_SEGMENT_MINIMUM, FIRST_SEGMENT_TARGET)
                        .build());
        if (defaultModel != null) {
            builder.models(defaultModel);
        }
        if (!defaults.rest()) {
            builder.growingText(); // which only a WebSocket takes
        }
        for (AudioFormat format : Formats.overRest(product)) {
            if (!format.equals(Formats.DEFAULT)) {
                builder.format(format);
            }
        }
        return builder.build();
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        try {
            return speak(synthesis);
        } catch (TtsException e) {
            throw synthesis.describe(e.toBuilder()).build();
        }
    }

    private AudioSource speak(Synthesis synthesis) {
        requireOpen();
        synthesis.requireWanted();
        SpeechOptions options = synthesis.options();
        SpeakRequest request = SpeakRequest.of(options, defaultModel, defaults);
        boolean growing = synthesis.text().isGrowing();
        if (growing) {
            request.requireGrowing();
        } else if (!Speakable.anythingIn(synthesis.text().text())) {
            throw new NothingToSpeakException("text: nothing to pronounce in " + synthesis.text());
        }
        if (options.style().isPresent()) {
            synthesis.journal().warning("style ignored: Deepgram takes no directions");
        }
        synthesis.attempt().voice(request.model());
        if (!growing && (request.needsRest() || isOnDetour())) {
            return overRest(synthesis, request);
        }
        return overSocket(synthesis, request, growing);
    }

    private void requireOpen() {
        if (closed) {
            throw Failures.closed();
        }
    }

    private AudioSource overSocket(Synthesis synthesis, SpeakRequest request, boolean growing) {
        SocketPool pool = pool(request.product());
        SocketSpeech.Sockets sockets = (characters, move) ->
                keys.call(synthesis, key -> pool.lease(synthesis, socketKey(request, key), key, characters, move));
        SocketTurn turn = request.product() == Product.AURA
                ? new AuraTurn(synthesis, request, pool)
                : new FluxTurn(synthesis, request, pool);
        PooledSocket first;
        try {
            first = sockets.lease(turn.wanted(), null);
        } catch (TtsException e) {
            if (growing || !isOfNetwork(e)) {
                throw e;
            }
            return detour(synthesis, request, e);
        }
        return SocketSpeech.begin(synthesis, turn, first, sockets);
    }

    private static boolean isOfNetwork(TtsException failure) {
        return failure.category() == Category.CONNECTION
                || failure.category() == Category.PROTOCOL
                || failure.timeoutPhase().equals(Optional.of(TimeoutPhase.CONNECT));
    }

    /** No WebSocket can be opened, by no fault of the service: a proxy that knows only requests lets REST through. */
    private AudioSource detour(Synthesis synthesis, SpeakRequest request, TtsException unopened) {
        try {
            AudioSource source = overRest(synthesis, request);
            synthesis.journal().warning("over REST, since no WebSocket could be opened");
            if (!isAhead(detourUntil.getAndSet(time.nanoTime() + DETOUR.toNanos()))) {
                LOG.atWarn()
                        .addKeyValue("requestId", synthesis.requestId())
                        .log("No WebSocket to Deepgram could be opened: whole texts go over REST for {}", DETOUR);
            }
            return source;
        } catch (TtsException e) {
            e.addSuppressed(unopened);
            throw e;
        }
    }

    private boolean isOnDetour() {
        return isAhead(detourUntil.get());
    }

    private boolean isAhead(@Nullable Long nanos) {
        return nanos != null && nanos - time.nanoTime() > 0;
    }

    private AudioSource overRest(Synthesis synthesis, SpeakRequest request) {
        String text = TextFeed.cleaned(synthesis.text().cursor());
        if (text.length() > ClientMessage.MAX_TEXT) {
            throw TtsException.invalidRequest(
                    "text: " + text.length() + " chars, allowed " + ClientMessage.MAX_TEXT + " over REST");
        }
        return keys.call(synthesis, key -> RestSpeech.open(service, synthesis, request, key, text));
    }

    private SocketPool pool(Product product) {
        return product == Product.AURA ? aura : flux;
    }

    private SocketKey socketKey(SpeakRequest request, ApiKey key) {
        return new SocketKey(request.socketKey(), hasTokens ? null : key);
    }

    private WebSocketConnection open(
            Synthesis synthesis, SpeakRequest request, ApiKey credential, WebSocketFilter filter) {
        Function<HttpError, TtsException> refused = error -> Failures.isOfService(error)
                ? Failures.refused(synthesis, error)
                : error.failure(Category.CONNECTION).build(); // somebody on the way
        return service.open(synthesis, request, credential, filter, refused);
    }

    @Override
    public TtsCapabilities capabilities() {
        return capabilities;
    }

    /** Those that Deepgram lists, and those known to this library besides: the Flux voices it does not list. */
    @Override
    public List<Voice> voices() {
        requireOpen();
        return voiceList.ask(INQUIRY);
    }

    /** Asks for the list of voices. */
    @Override
    public Health health() {
        if (closed) {
            return Health.down("the backend is closed");
        }
        return voiceList.health(INQUIRY);
    }

    /** Opens a WebSocket for requests that ask for nothing but the defaults. */
    @Override
    public void prewarm() {
        requireOpen();
        SpeakRequest request = SpeakRequest.of(SpeechOptions.none(), defaultModel, defaults);
        if (request.needsRest()) {
            service.prewarm();
            return;
        }
        Synthesis synthesis = Service.outsideSynthesis(time);
        keys.call(synthesis, key -> {
            pool(request.product()).prewarm(synthesis, socketKey(request, key), key);
            return key;
        });
    }

    /** Ends all turns and says goodbye on all sockets, for at most a second each product. A transport that was passed in stays open. */
    @Override
    public void close() {
        closed = true;
        aura.close();
        flux.close();
        transport.close();
        time.close();
    }

    /** The address, without a credential. */
    @Override
    public String toString() {
        return "Deepgram[" + service + ", " + aura + ", " + flux + "]";
    }
}
