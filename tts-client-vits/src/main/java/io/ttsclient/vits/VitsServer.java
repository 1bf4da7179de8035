// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.Voice;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.ApiKeySource;
import io.ttsclient.transport.HttpResponse;
import io.ttsclient.transport.KeyRing;
import io.ttsclient.transport.Transport;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Speech from a server that one runs oneself, or from several equal ones, in the {@link Dialect} that they speak.
 *
 * <p>What comes back is known by its content, never by its label: a WAV, whatever it is called, whose placeholder sizes mean
 * "until the end"; samples without a header only where their rate is configured. An answer that stops early or holds no audio is a
 * failure. Without a format asked for, the audio is 16-bit PCM at the rate that the server speaks at.
 *
 * <p>What these servers would silently replace is refused before anything is sent, or becomes a warning in the report. Voice and
 * model are optional; a style is ignored.
 *
 * <p>Most of these servers speak one text at a time and are slow to begin, so a client asks each for 2 streams at once and waits a
 * minute for its first audio, unless its builder or this one's says otherwise. Thread-safe.
 */
public final class VitsServer implements TtsBackend {
    static final String NAME = "vits";

    private final Dialect dialect;
    private final TimeSource time;
    private final Transport transport;
    private final @Nullable KeyRing keys;
    private final TtsCapabilities capabilities;
    private final Utterances utterances;
    private final VoiceCatalogue catalogue;
    private final VoiceLister lister;
    private final Endpoints endpoints;
    private final HealthCheck healthCheck;
    private final AtomicBoolean closed = new AtomicBoolean();

    VitsServer(VitsServerBuilder builder) {
        dialect = builder.dialect();
        List<String> baseUrls = builder.baseUrls();
        List<AudioFormat> formats = dialect.formats(builder.sampleRate().orElse(dialect.sampleRate()));
        ApiKeySource source = builder.keys();
        keys = source == null ? null : new KeyRing(source);
        capabilities = Capabilities.of(builder, formats);
        time = builder.openTime();
        catalogue = new VoiceCatalogue(dialect, time);
        lister = new VoiceLister(dialect);
        utterances = new Utterances(dialect, formats, builder.delivery());
        healthCheck = new HealthCheck(dialect, builder.healthTimeout(), time);
        transport = builder.openTransport();
        var answers = new Answers(dialect.refusals()::failure, builder.sampleRate());
        endpoints = new Endpoints(
                baseUrls.stream()
                        .map(url -> new Wire(transport, url, builder))
                        .map(wire -> new Endpoint(dialect, wire, answers, time))
                        .toList(),
                builder.streamsPerServer());
    }

    /** Starts with nothing set. */
    public static VitsServerBuilder builder() {
        return new VitsServerBuilder();
    }

    /**
     * What the server at {@code baseUrl} may speak, by its answers to questions that cost it nothing. Several may fit, or none, as
     * of one that answers nobody without a key; it is for a person to decide, so nothing here takes a suggestion by itself.
     *
     * @throws TtsException if the server cannot be asked
     */
    public static List<Suggestion> probe(String baseUrl) {
        String checked = VitsServerBuilder.checked(baseUrl);
        try (Transport transport = Transport.shared()) {
            return new DialectProbe(transport, checked).suggestions();
        }
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        try {
            requireOpen();
            synthesis.requireWanted();
            Utterance utterance = utterances.of(synthesis);
            if (utterance.voice() != null) {
                catalogue.check(synthesis, utterance.voice(), this::voicesOfNow);
            }
            return keys == null
                    ? endpoints.ask(synthesis, utterance, null)
                    : keys.call(synthesis, key -> endpoints.ask(synthesis, utterance, key));
        } catch (TtsException e) {
            throw synthesis.describe(e.toBuilder()).build();
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw TtsException.builder(Category.CLOSED, "the backend is closed")
                    .backend(NAME)
                    .origin(Origin.CLIENT)
                    .build();
        }
    }

    private List<Voice> voicesOfNow(Synthesis synthesis) {
        return listed(endpoint -> path -> endpoint.wire().get(synthesis, path, anyKey()));
    }

    /** The list of the first server that gives one; how a path is asked for is said for each. */
    private List<Voice> listed(Function<Endpoint, Function<String, HttpResponse>> asking) {
        TtsException failure = null;
        for (Endpoint endpoint : endpoints.bestFirst()) {
            try {
                return lister.list(asking.apply(endpoint));
            } catch (TtsException e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                if (e.category() == Category.CANCELLED || e.category() == Category.CLOSED) {
                    throw e;
                }
                failure = e;
            }
        }
        throw Objects.requireNonNull(failure, "no endpoint");
    }

    /** A key for questions that are not about speech; null where there is none. */
    private @Nullable ApiKey anyKey() {
        return keys == null ? null : keys.preferred(NAME);
    }

    @Override
    public TtsCapabilities capabilities() {
        return capabilities;
    }

    /**
     * The voices that the server lists; empty where its dialect has no list. Some servers load a model for it, which may take
     * minutes, so a list counts for five minutes. Of several servers the first counts that answers.
     */
    @Override
    public List<Voice> voices() {
        requireOpen();
        return catalogue
                .known()
                .orElseGet(() -> catalogue.listed(
                        listed(endpoint -> path -> endpoint.wire().get(path, anyKey(), VoiceLister.PATIENCE))));
    }

    /**
     * Asks the server where it tells its health; nothing is spoken for it. Of several servers all are asked; one that is down is then
     * left alone while others are up.
     */
    @Override
    public Health health() {
        if (closed.get()) {
            return Health.down("the backend is closed");
        }
        try {
            return healthCheck.ask(endpoints.all(), anyKey());
        } catch (TtsException e) {
            return Health.of(e);
        }
    }

    /** Connects, to each of several servers. */
    @Override
    public void prewarm() {
        endpoints.all().forEach(endpoint -> endpoint.wire().prewarm());
    }

    /** Ends what runs. A transport that was passed in is not closed. */
    @Override
    public void close() {
        closed.set(true);
        transport.close();
        time.close();
    }

    @Override
    public String toString() {
        return "VitsServer[" + dialect + "]";
    }
}
