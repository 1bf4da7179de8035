// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.backend.Health;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.AdmissionPolicy;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.Voice;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.HttpResponse;
import io.ttsclient.transport.KeyRing;
import io.ttsclient.transport.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gemini's voices, over {@code generateContent} or {@code streamGenerateContent}. The audio is handed out while the answer
 * arrives, also where that is one JSON object with all of it inside.
 *
 * <p>An answer is a success only if it says that the voice came to its end and has whole samples. Audio that came before a failure
 * was delivered. Text is read as it is: tags in it are not performed unless {@link GeminiOptions.Builder#trustedMarkup} says so.
 *
 * <p>Voices are the thirty of {@link #voices()}, and with 3.8 the ids of library and custom voices, which are not listed here. A
 * style is followed. A speed is not: the API has none, and a request that sets one gets a warning in its report.
 *
 * <p>Google bounds requests more than characters: give a client {@link #admission()}. It needs its time, so a client waits 60 s for
 * the first audio, 3 minutes with models that may be asked for one answer, and 30 s between two pieces of it, unless its builder says
 * otherwise; who answers callers takes less.
 *
 * <p>Thread-safe.
 */
public final class Gemini implements TtsBackend {
    static final String NAME = "gemini";

    private static final Duration HEALTH_PATIENCE = Duration.ofSeconds(5);
    private static final Duration STREAM_PATIENCE = Duration.ofSeconds(60);
    /** What one answer for a long dialogue needs: four minutes of audio are made in two and a half. */
    private static final Duration ANSWER_PATIENCE = Duration.ofMinutes(3);

    private static final Duration STALL_PATIENCE = Duration.ofSeconds(30);

    private final Endpoint endpoint;
    private final Utterance.Defaults defaults;
    private final @Nullable Boolean streaming;
    private final KeyRing keys;
    private final TtsCapabilities capabilities;
    private final Transport transport;
    private volatile boolean closed;

    Gemini(GeminiBuilder builder) {
        endpoint = builder.endpoint();
        defaults = builder.defaults();
        streaming = builder.streaming();
        keys = KeyRing.inRotation(builder.keys());
        GeminiProfile profile = defaults.profile();
        boolean mayAnswerWhole = streaming != null ? !streaming : profile.mayAnswerWhole();
        var can = TtsCapabilities.builder(NAME, GeminiProfile.PCM)
                .segmentLimits(profile.pieces())
                .patience(mayAnswerWhole ? ANSWER_PATIENCE : STREAM_PATIENCE, STALL_PATIENCE)
                .models(defaults.model())
                .identity(endpoint.baseUrl(), endpoint.models(), defaults.model(), profile.name(), defaults.voice());
        profile.formats().stream()
                .filter(format -> !format.equals(GeminiProfile.PCM))
                .forEach(can::format);
        capabilities = can.build();
        transport = builder.transport();
    }

    /** Starts with the model {@code gemini-3.8-flash-tts} and the voice Kore; a key is needed. */
    public static GeminiBuilder builder() {
        return new GeminiBuilder();
    }

    /**
     * What an account of the first paid tier may do, by what its users report, since Google does not publish it: 10 requests a
     * minute, 100 a day, of which 4 at once; up to 100 wait up to a minute for their turn. For
     * {@link io.ttsclient.TtsClientBuilder#admission(String, AdmissionPolicy)}; a free account has 10 to 20 a day.
     */
    public static AdmissionPolicy admission() {
        return AdmissionPolicy.unlimited()
                .withMaxConcurrent(4)
                .withRequestsPerMinute(10)
                .withRequestsPerDay(100)
                .withQueue(100, Duration.ofMinutes(1));
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        requireOpen(synthesis);
        synthesis.requireWanted();
        Utterance utterance;
        try {
            utterance = Utterance.of(synthesis, defaults);
        } catch (TtsException e) {
            throw synthesis.describe(e.toBuilder()).build();
        }
        if (synthesis.options().speed().isPresent()) {
            synthesis.journal().warning("speed ignored: Gemini takes none; a style such as 'slowly' comes near");
        }
        synthesis.attempt().voice(utterance.voice());
        byte[] body = RequestBody.of(utterance, endpoint.vertex());
        return keys.call(synthesis, key -> open(synthesis, utterance, body, key));
    }

    private void requireOpen(Synthesis synthesis) {
        if (closed) {
            throw synthesis
                    .failure(Category.CLOSED, "the backend is closed")
                    .origin(Origin.CLIENT)
                    .build();
        }
    }

    private AudioSource open(Synthesis synthesis, Utterance utterance, byte[] body, ApiKey key) {
        boolean stream = streaming != null ? streaming : utterance.profile().streams(utterance.text());
        synthesis.attempt().sent(utterance.text().length());
        HttpResponse response = transport.execute(synthesis, endpoint.speak(utterance.model(), stream, body, key));
        if (!response.isSuccessful()) {
            throw GeminiErrors.of(response.error(), synthesis.time().now());
        }
        return GeminiSource.open(synthesis, response, utterance.format());
    }

    @Override
    public TtsCapabilities capabilities() {
        return capabilities;
    }

    /** The thirty prebuilt voices, with Google's word for each. Asks nobody. */
    @Override
    public List<Voice> voices() {
        return PrebuiltVoices.ALL;
    }

    /** Asks, within 5 s, whether the model is there for the key, which costs nothing. Vertex cannot be asked. */
    @Override
    public Health health() {
        if (closed) {
            return Health.down("the backend is closed");
        }
        if (endpoint.vertex()) {
            return Health.unknown("Vertex offers nothing that could be asked for free");
        }
        try {
            return health(keys.preferred(NAME));
        } catch (TtsException e) {
            return Health.of(e);
        }
    }

    private Health health(ApiKey key) {
        try (HttpResponse response =
                transport.execute(NAME, endpoint.describe(defaults.model(), key), HEALTH_PATIENCE)) {
            return response.isSuccessful()
                    ? Health.up(defaults.model() + " is there")
                    : Health.of(GeminiErrors.of(response.error(), Instant.now()));
        }
    }

    /** Opens a connection ahead. */
    @Override
    public void prewarm() {
        transport.prewarm(endpoint.baseUrl());
    }

    /** Ends what runs. A transport that was passed in is not closed. */
    @Override
    public void close() {
        closed = true;
        transport.close();
    }

    /** The model and where it is; never a key. */
    @Override
    public String toString() {
        return "Gemini[" + defaults.model() + (endpoint.vertex() ? " on Vertex]" : "]");
    }
}
