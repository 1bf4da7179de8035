// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import com.fasterxml.jackson.databind.JsonNode;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.BodyType;
import io.ttsclient.transport.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One server at one address. It remembers which generation of the dialect the server is, and how it has fared lately.
 * Thread-safe.
 */
final class Endpoint {
    /** How long a server that failed is only asked where no other is left. */
    private static final Duration ASIDE = Duration.ofSeconds(10);

    private final Dialect dialect;
    private final Wire wire;
    private final Answers answers;
    private final AtomicInteger generation = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    /** When it failed last, by the clock of the requests; null since it has spoken again. */
    private final AtomicReference<@Nullable Long> failedAt = new AtomicReference<>();

    private volatile boolean down; // by its own account

    Endpoint(Dialect dialect, Wire wire, Answers answers) {
        this.dialect = dialect;
        this.wire = wire;
        this.answers = answers;
    }

    Wire wire() {
        return wire;
    }

    /** How many requests it works on, as far as we know. */
    int running() {
        return running.get();
    }

    /** Whether another one should rather be asked. */
    boolean isSuspect(Synthesis synthesis) {
        Long at = failedAt.get();
        return down || (at != null && synthesis.time().since(at).compareTo(ASIDE) < 0);
    }

    void setDown(boolean value) {
        down = value;
    }

    /** Speaks, once; returns at the first audio. */
    AudioSource ask(Synthesis synthesis, Utterance utterance, @Nullable ApiKey key) {
        running.incrementAndGet();
        try {
            AudioSource source = askEachGeneration(synthesis, utterance, key);
            failedAt.set(null);
            down = false;
            return new Running(source, synthesis);
        } catch (TtsException e) {
            running.decrementAndGet();
            if (e.retryable()) {
                failedAt.set(synthesis.time().nanoTime());
            }
            throw e;
        } catch (RuntimeException | Error e) {
            running.decrementAndGet();
            throw e;
        }
    }

    private AudioSource askEachGeneration(Synthesis synthesis, Utterance utterance, @Nullable ApiKey key) {
        TtsException elsewhere = null;
        for (int number : generations()) {
            Route route = dialect.routes().get(number);
            if (number != generation.get() && !isThere(synthesis, route, key)) {
                continue;
            }
            HttpResponse response = wire.ask(synthesis, route, utterance, key);
            boolean speaks = false;
            try {
                if (dialect.routes().size() > 1 && dialect.isElsewhere(response.status())) {
                    elsewhere = response.error().failure(Category.NOT_FOUND).build();
                    continue;
                }
                AudioSource source = spoken(synthesis, route, utterance, key, response);
                generation.set(number);
                speaks = true;
                return source;
            } finally {
                if (!speaks) {
                    response.close();
                }
            }
        }
        throw elsewhere != null
                ? elsewhere
                : synthesis
                        .failure(Category.NOT_FOUND, "no route of the dialect " + dialect + " is there")
                        .build();
    }

    /** The one that spoke last first, then the others, the newest first. */
    private List<Integer> generations() {
        var numbers = new ArrayList<Integer>();
        numbers.add(generation.get());
        for (int number = 0; number < dialect.routes().size(); number++) {
            if (number != numbers.get(0)) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private boolean isThere(Synthesis synthesis, Route route, @Nullable ApiKey key) {
        if (route.onlyWhereJson() == null) {
            return true;
        }
        try (HttpResponse response = wire.get(synthesis, route.onlyWhereJson(), key)) {
            return response.isSuccessful() && BodyType.of(response) == BodyType.JSON;
        }
    }

    private AudioSource spoken(
            Synthesis synthesis, Route route, Utterance utterance, @Nullable ApiKey key, HttpResponse response) {
        synthesis.attempt().sent(utterance.text().length());
        if (utterance.voice() != null) {
            synthesis.attempt().voice(utterance.voice());
        }
        requireSuccess(response);
        BodyType type = BodyType.of(response);
        if (type != BodyType.JSON || (route.audioUrl() == null && route.base64() == null)) {
            return answers.audio(synthesis, utterance, response, type);
        }
        JsonNode json = wire.json(synthesis, response);
        warnOfReplaced(synthesis, route, utterance, json);
        if (route.base64() != null) {
            return answers.base64(synthesis, utterance, response, json, route.base64());
        }
        return fetched(synthesis, utterance, key, json.path(route.audioUrl()).asText(""));
    }

    private AudioSource fetched(Synthesis synthesis, Utterance utterance, @Nullable ApiKey key, String address) {
        HttpResponse file = wire.getSameOrigin(synthesis, address, key);
        boolean speaks = false;
        try {
            requireSuccess(file);
            AudioSource source = answers.audio(synthesis, utterance, file, BodyType.of(file));
            speaks = true;
            return source;
        } finally {
            if (!speaks) {
                file.close();
            }
        }
    }

    private void requireSuccess(HttpResponse response) {
        if (!response.isSuccessful()) {
            throw dialect.refusals().failure(response.error());
        }
    }

    private static void warnOfReplaced(Synthesis synthesis, Route route, Utterance utterance, JsonNode json) {
        route.echoes().forEach((field, value) -> {
            Object sent = value.of(utterance);
            String echoed = json.path(field).asText("");
            if (sent != null && !echoed.isEmpty() && !echoed.equals(sent.toString())) {
                synthesis.journal().warning(field + ": asked for '" + sent + "', the server spoke with another one");
            }
        });
    }

    private final class Running extends DelegatingSource {
        private final Synthesis synthesis;

        Running(AudioSource delegate, Synthesis synthesis) {
            super(delegate);
            this.synthesis = synthesis;
        }

        @Override
        protected void onEnd() {
            running.decrementAndGet();
        }

        @Override
        protected TtsException onFailure(TtsException failure) {
            if (failure.retryable()) {
                failedAt.set(synthesis.time().nanoTime());
            }
            return failure;
        }

        @Override
        public String toString() {
            return delegate().toString();
        }
    }
}
