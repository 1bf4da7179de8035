// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.backend.Health;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.text.SegmentLimits;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.BodyType;
import io.ttsclient.transport.HttpRequest;
import io.ttsclient.transport.HttpResponse;
import io.ttsclient.transport.KeyRing;
import io.ttsclient.transport.StatusCategories;
import io.ttsclient.transport.Transport;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Speech from a server that one runs oneself, in the {@link Dialect} that it speaks.
 *
 * <p>What comes back is known by its content, never by its label: a WAV, whatever it is called, whose placeholder sizes mean
 * "until the end". An answer that stops early or holds no audio is a failure. The format is signed 16-bit PCM at the rate that
 * the server speaks at.
 *
 * <p>Thread-safe. Voice and model are optional; a style has no meaning to these servers and is ignored.
 */
public final class VitsServer implements TtsBackend {
    static final String NAME = "vits";

    // In code points.
    private static final int PACKED = 400;
    private static final int FIRST_SEGMENT_MINIMUM = 20;
    private static final int FIRST_SEGMENT_TARGET = 120;

    private final Dialect dialect;
    private final String baseUrl;
    private final Authentication authentication;
    private final @Nullable KeyRing keys;
    private final boolean allowPlainHttp;
    private final TtsCapabilities capabilities;
    private final Utterances utterances;
    private final Transport transport;
    private final HealthCheck healthCheck;
    private final AtomicBoolean closed = new AtomicBoolean();

    VitsServer(VitsServerBuilder builder) {
        dialect = builder.dialect();
        baseUrl = builder.baseUrl();
        authentication = dialect.authentication();
        keys = builder.keys() == null ? null : new KeyRing(builder.keys());
        allowPlainHttp = builder.isPlainHttpAllowed();
        capabilities = capabilities(dialect);
        utterances = new Utterances(dialect, capabilities);
        transport = builder.openTransport();
        healthCheck = new HealthCheck(transport, dialect, baseUrl);
    }

    /** Starts with nothing set. */
    public static VitsServerBuilder builder() {
        return new VitsServerBuilder();
    }

    private static TtsCapabilities capabilities(Dialect dialect) {
        var formats = dialect.formats(dialect.sampleRate());
        TtsCapabilities.Builder capabilities =
                TtsCapabilities.builder(NAME, formats.get(0)).segmentLimits(segmentLimits(dialect));
        formats.stream().skip(1).forEach(capabilities::format);
        return capabilities.build();
    }

    /** Sentences together, since each piece is a request; of a long first one only its beginning, so that speech starts soon. */
    private static SegmentLimits segmentLimits(Dialect dialect) {
        return SegmentLimits.builder()
                .maxCodePoints(dialect.maxCodePoints())
                .packUpTo(Math.min(PACKED, dialect.maxCodePoints()))
                .firstSegment(
                        Math.min(FIRST_SEGMENT_MINIMUM, dialect.maxCodePoints()),
                        Math.min(FIRST_SEGMENT_TARGET, dialect.maxCodePoints()))
                .build();
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        try {
            requireGoing(synthesis);
            Utterance utterance = utterances.of(synthesis);
            if (synthesis.options().style().isPresent()) {
                synthesis.journal().warning("style ignored: " + dialect + " servers take no directions");
            }
            return keys == null
                    ? ask(synthesis, utterance, null)
                    : keys.call(synthesis, key -> ask(synthesis, utterance, key));
        } catch (TtsException e) {
            throw synthesis.describe(e.toBuilder()).build();
        }
    }

    private void requireGoing(Synthesis synthesis) {
        if (closed.get()) {
            throw synthesis.failure(Category.CLOSED, "the backend is closed").build();
        }
        if (synthesis.cancellation().isCancelled()) {
            throw synthesis.cancelled();
        }
        if (synthesis.deadline().isExpired()) {
            throw synthesis.deadline().failure().build();
        }
    }

    private AudioSource ask(Synthesis synthesis, Utterance utterance, @Nullable ApiKey key) {
        HttpRequest.Builder request = Requests.of(baseUrl, dialect.routes().get(0), utterance);
        if (key != null) {
            authentication.apply(request, key);
        }
        if (allowPlainHttp) {
            request.allowPlainHttp();
        }
        HttpResponse response = transport.execute(synthesis, request.build());
        synthesis.attempt().sent(utterance.text().length());
        boolean speaks = false;
        try {
            if (!response.isSuccessful()) {
                throw response.error()
                        .failure(StatusCategories.defaults().of(response.status()))
                        .build();
            }
            AudioSource source = audio(synthesis, response);
            if (utterance.voice() != null) {
                synthesis.attempt().voice(utterance.voice());
            }
            speaks = true;
            return source;
        } finally {
            if (!speaks) {
                response.close();
            }
        }
    }

    private static AudioSource audio(Synthesis synthesis, HttpResponse response) {
        BodyType type = BodyType.of(response);
        return switch (type) {
            case WAV -> AnswerSource.open(synthesis, response, () -> new WavAudio(response.asInputStream()));
            case EMPTY ->
                throw synthesis
                        .failure(Category.NO_AUDIO, "the server answered with nothing")
                        .build();
            default ->
                throw synthesis
                        .failure(Category.PROTOCOL, "the server was asked for WAV and answered " + type)
                        .build();
        };
    }

    @Override
    public TtsCapabilities capabilities() {
        return capabilities;
    }

    /** Asks the server where it tells its health; nothing is spoken for it. */
    @Override
    public Health health() {
        return closed.get() ? Health.down("the backend is closed") : healthCheck.ask();
    }

    /** Connects. */
    @Override
    public void prewarm() {
        transport.prewarm(baseUrl);
    }

    /** Ends what runs. A transport that was passed in is not closed. */
    @Override
    public void close() {
        closed.set(true);
        transport.close();
    }

    @Override
    public String toString() {
        return "VitsServer[" + dialect + "]";
    }
}
