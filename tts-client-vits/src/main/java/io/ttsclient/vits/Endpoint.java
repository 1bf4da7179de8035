// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import com.fasterxml.jackson.databind.JsonNode;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
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
    /** How long a server that failed is only asked where no other is left, or as long as it kept us waiting. */
    static final Duration ASIDE = Duration.ofSeconds(10);
    /** The same for one that has said that it is down. */
    private static final Duration DOWN = Duration.ofMinutes(1);
    /** A caller's time that is over sooner says nothing about the server. */
    private static final Duration TELLING = Duration.ofSeconds(1);

    private final Dialect dialect;
    private final Wire wire;
    private final Answers answers;
    private final TimeSource time;
    private final AtomicInteger generation = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    /** Until when another one should rather be asked, by how it spoke and by its own account; null where there is nothing to say. */
    private final AtomicReference<@Nullable Long> asideUntil = new AtomicReference<>();

    private final AtomicReference<@Nullable Long> downUntil = new AtomicReference<>();

    Endpoint(Dialect dialect, Wire wire, Answers answers, TimeSource time) {
        this.dialect = dialect;
        this.wire = wire;
        this.answers = answers;
        this.time = time;
    }

    Wire wire() {
        return wire;
    }

    /** How many requests it works on, as far as we know. */
    int running() {
        return running.get();
    }

    /** Whether another one should rather be asked. */
    boolean isSuspect() {
        return isAhead(asideUntil.get()) || isAhead(downUntil.get());
    }

    private boolean isAhead(@Nullable Long moment) {
        return moment != null && moment - time.nanoTime() > 0;
    }

    /** What it says of itself. */
    void setDown(boolean value) {
        downUntil.set(value ? time.nanoTime() + DOWN.toNanos() : null);
    }

    /** Leaves it alone for a while. */
    void setAside() {
        setAside(ASIDE);
    }

    private void setAside(Duration duration) {
        asideUntil.set(time.nanoTime() + duration.toNanos());
    }

    /** Takes a place; who does so gives it back by {@link #leave}. */
    void enter() {
        running.incrementAndGet();
    }

    void leave() {
        running.decrementAndGet();
    }

    /**
     * Speaks, once; returns at the first audio.
     *
     * @param onEnd called once the audio has ended, if there was any
     */
    AudioSource ask(Synthesis synthesis, Utterance utterance, @Nullable ApiKey key, Runnable onEnd) {
        long start = time.nanoTime();
        try {
            AudioSource source = askEachGeneration(synthesis, utterance, key);
            asideUntil.set(null);
            downUntil.set(null);
            return new Running(source, synthesis, onEnd);
        } catch (TtsException e) {
            Duration waited = time.since(start);
            if (e.retryable()) {
                setAside();
            } else if (isSilent(synthesis, waited)) {
                setAside(waited.compareTo(ASIDE) > 0 ? waited : ASIDE);
            }
            throw e;
        }
    }

    /** Whether a request ended because this server said nothing, and not because its caller left. */
    private static boolean isSilent(Synthesis synthesis, Duration waited) {
        return synthesis.cancellation().isGivenUp()
                || (synthesis.deadline().isExpired() && waited.compareTo(TELLING) >= 0);
    }

    private AudioSource askEachGeneration(Synthesis synthesis, Utterance utterance, @Nullable ApiKey key) {
        TtsException elsewhere = null;
        for (int number : generations()) {
            Route route = dialect.routes().get(number);
            if (number != generation.get() && !isThere(synthesis, route, key)) {
                continue;
            }
            requireSent(synthesis, route, utterance);
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

    /** A failure says neither that it is there nor that it is not. */
    private boolean isThere(Synthesis synthesis, Route route, @Nullable ApiKey key) {
        if (route.onlyWhereJson() == null) {
            return true;
        }
        try (HttpResponse response = wire.get(synthesis, route.onlyWhereJson(), key)) {
            if (!response.isSuccessful() && !dialect.isElsewhere(response.status())) {
                throw dialect.refusals().failure(response.error());
            }
            return response.isSuccessful() && BodyType.of(response) == BodyType.JSON;
        }
    }

    /** Refuses what this generation has no field for, and would leave out without a word. */
    private void requireSent(Synthesis synthesis, Route route, Utterance utterance) {
        if (utterance.voice() != null && !route.sends(Value.VOICE)) {
            throw synthesis
                    .failure(
                            Category.NOT_FOUND,
                            "voice: '" + utterance.voice() + "', this generation of " + dialect
                                    + " has one voice, without a name")
                    .origin(Origin.CLIENT)
                    .build();
        }
        if (utterance.speed() != null
                && !route.sends(Value.SPEED)
                && !utterance.speed().equals(dialect.speed().wire(1).value())) {
            throw synthesis
                    .failure(
                            Category.INVALID_REQUEST,
                            "speed: this generation of " + dialect + " speaks at one only, allowed 1.0")
                    .origin(Origin.CLIENT)
                    .build();
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
        private final Runnable onEnd;

        Running(AudioSource delegate, Synthesis synthesis, Runnable onEnd) {
            super(delegate);
            this.synthesis = synthesis;
            this.onEnd = onEnd;
        }

        @Override
        protected void onEnd() {
            onEnd.run();
        }

        @Override
        protected TtsException onFailure(TtsException failure) {
            if (failure.retryable() || synthesis.cancellation().isGivenUp()) {
                setAside();
            }
            return failure;
        }

        @Override
        public String toString() {
            return delegate().toString();
        }
    }
}
