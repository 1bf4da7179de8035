// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.Voice;
import io.ttsclient.transport.HttpResponse;
import io.ttsclient.transport.KeyRing;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The voices that {@code GET /v1/models} lists under {@code tts}, and those that are known: Flux's it does not list. */
final class VoiceList {
    private static final JsonFactory JSON = new JsonFactory();

    private final Service service;
    private final KeyRing keys;
    private final TimeSource time;

    VoiceList(Service service, KeyRing keys, TimeSource time) {
        this.service = service;
        this.keys = keys;
        this.time = time;
    }

    /**
     * Asks for them.
     *
     * @throws TtsException if that fails
     */
    List<Voice> ask(Duration timeout) {
        Synthesis synthesis = Service.outsideSynthesis(time);
        List<Voice> listed = keys.call(synthesis, key -> {
            try (HttpResponse response = service.models(key, timeout)) {
                if (!response.isSuccessful()) {
                    throw Failures.refused(synthesis, response.error());
                }
                return read(synthesis, response.asInputStream());
            }
        });
        var voices = new ArrayList<>(listed);
        KnownVoices.all().stream()
                .filter(known -> listed.stream().noneMatch(voice -> voice.id().equals(known.id())))
                .forEach(voices::add);
        return List.copyOf(voices);
    }

    /** Whether the list can be had. */
    Health health(Duration timeout) {
        long start = time.nanoTime();
        try {
            int voices = ask(timeout).size();
            Health up = Health.up(voices + " voices");
            return up.toBuilder().latency(time.since(start)).build();
        } catch (TtsException e) {
            return Health.of(e);
        }
    }

    /** The voices in {@code body}, a list of models. */
    static List<Voice> read(Synthesis synthesis, InputStream body) {
        var voices = new ArrayList<Voice>();
        try (JsonParser json = JSON.createParser(body)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isSpeech = json.currentName().equals("tts");
                JsonToken value = json.nextToken();
                if (isSpeech && value == JsonToken.START_ARRAY) {
                    readVoices(json, voices);
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException e) {
            throw synthesis
                    .failure(Category.PROTOCOL, "the list of models is no JSON")
                    .build();
        }
        return voices;
    }

    private static void readVoices(JsonParser json, List<Voice> voices) throws IOException {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String id = "";
            String description = "";
            List<String> languages = List.of();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                switch (name) {
                    case "canonical_name" -> {
                        id = value == JsonToken.VALUE_STRING ? json.getText() : "";
                        json.skipChildren();
                    }
                    case "languages" -> languages = strings(json);
                    case "metadata" -> description = description(json);
                    default -> json.skipChildren();
                }
            }
            String found = id;
            if (!id.isBlank() && voices.stream().noneMatch(voice -> voice.id().equals(found))) {
                voices.add(new Voice(id, KnownVoices.nameOf(id), known(languages, id), description));
            }
        }
    }

    /** Deepgram's own tags where they are some, otherwise what stands in the id. */
    private static List<String> known(List<String> languages, String id) {
        List<String> tags = languages.stream()
                .filter(tag -> !Locale.forLanguageTag(tag).toLanguageTag().equals("und"))
                .toList();
        return tags.isEmpty() ? KnownVoices.languageOf(id).stream().toList() : tags;
    }

    private static List<String> strings(JsonParser json) throws IOException {
        var strings = new ArrayList<String>();
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return strings;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                strings.add(json.getText());
            } else {
                json.skipChildren();
            }
        }
        return strings;
    }

    /** The tags, such as {@code feminine, clear}. */
    private static String description(JsonParser json) throws IOException {
        String tags = "";
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return tags;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean areTags = json.currentName().equals("tags");
            json.nextToken();
            if (areTags) {
                tags = String.join(", ", strings(json));
            } else {
                json.skipChildren();
            }
        }
        return tags;
    }
}
