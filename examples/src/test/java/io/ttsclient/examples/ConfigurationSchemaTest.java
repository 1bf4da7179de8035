// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.ttsclient.TtsClientConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the schema of the configuration, its document and the code that reads it to each other. */
class ConfigurationSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DOCS = Path.of("../docs");
    private static final String UNKNOWN = "zzzzzzzzzzzzzzzz";
    private static final JsonNode SCHEMA = read(document("tts-client.schema.json"));
    private static final JsonSchema VALIDATOR =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(SCHEMA);
    /** The settings of each backend, all of them. */
    private static final Map<String, String> SETTINGS =
            Map.of("deepgram", """
            {"apiKey": "k", "baseUrl": "https://localhost", "model": "m", "rest": true, "mipOptOut": true,
             "allowPlainHttp": true, "tag": "t", "expressivity": 0, "bitRate": 48000, "maxAuraSockets": 1,
             "maxFluxSockets": 1, "maxIdleMillis": 1, "maxWaitMillis": 1}
            """, "gemini", """
            {"apiKey": "k", "model": "m", "voice": "v", "profile": "gemini-3-8", "streaming": true,
             "baseUrl": "https://localhost", "apiVersion": "v1", "allowPlainHttp": true}
            """, "local", """
            {"model": "m.onnx", "speaker": "s", "phonemizer": "english", "threads": 1, "maxConcurrentRuns": 1,
             "sentencePauseMillis": 0, "paragraphPauseMillis": 0, "noiseScale": 0, "noiseWidth": 0, "nativeCache": "n"}
            """, "vits", """
            {"baseUrl": "http://localhost", "dialect": "openai-speech", "apiKey": "k", "authentication": "bearer",
             "delivery": "wav", "sampleRate": 24000, "healthTimeoutMillis": 1, "streamsPerServer": 2, "allowPlainHttp": true,
             "propagateTrace": true}
            """);
    /** All else; where values bound each other, so that one may be whatever it may be. */
    private static final String COMPLETE = """
            {
              "$schema": "tts-client.schema.json",
              "backends": [{
                "options": {"voice": "v", "model": "m", "speed": 1, "style": "calm"},
                "gainDecibels": 0,
                "admission": {"maxConcurrent": 1, "requestsPerMinute": 1, "requestsPerDay": 1,
                              "charactersPerMinute": 1, "maxQueued": 0, "maxWaitMillis": 0},
                "attemptTimeouts": {"firstAudioMillis": 1, "stallMillis": 1}
              }],
              "defaults": {
                "language": "en-US",
                "format": {"encoding": "linear16", "container": "raw", "sampleRate": 8000, "channels": 1},
                "timeoutMillis": 1, "priority": "live", "cacheable": true, "textPreparation": "off",
                "trimSilence": true
              },
              "retry": {"maxAttempts": 1, "baseDelayMillis": 1, "maxDelayMillis": 3600000, "maxRetryAfterMillis": 0},
              "circuitBreaker": {"failureRate": 1, "window": 1000, "minimumAttempts": 1, "openForMillis": 1,
                                 "probes": 1},
              "admission": {"maxConcurrent": 1, "requestsPerMinute": 1, "requestsPerDay": 1,
                            "charactersPerMinute": 1, "maxQueued": 0, "maxWaitMillis": 0},
              "attemptTimeouts": {"firstAudioMillis": 1, "stallMillis": 1},
              "fallbackPolicy": {"afterContentRejected": true},
              "segmenting": {"window": 1, "aheadMillis": 1, "patienceMillis": 1},
              "cache": {"maxBytes": 9223372036854775807, "maxRecordingBytes": 1, "timeToLiveMillis": 1,
                        "directory": "d", "directoryMaxBytes": 1},
              "maxWholeAudioBytes": 1,
              "reloadGraceMillis": 0
            }
            """;

    /** A place in the configuration of {@code backend}, and the schema there. */
    record Place(String backend, List<String> path, JsonNode schema) {
        ObjectNode complete() {
            ObjectNode complete = (ObjectNode) read(COMPLETE);
            ObjectNode first = (ObjectNode) complete.at("/backends/0");
            first.put("backend", backend);
            first.set("settings", read(Objects.requireNonNull(SETTINGS.get(backend), backend)));
            return complete;
        }

        /** A complete configuration with {@code value} here. */
        ObjectNode with(JsonNode value) {
            ObjectNode complete = complete();
            String parent = "/" + String.join("/", path.subList(0, path.size() - 1));
            ((ObjectNode) (path.size() == 1 ? complete : complete.at(parent))).set(path.get(path.size() - 1), value);
            if (value.asText().equals("ogg")) {
                ((ObjectNode) complete.at("/defaults/format")).put("encoding", "opus");
            }
            return complete;
        }

        String name() {
            return String.join(".", path);
        }

        Place child(String name, JsonNode childSchema) {
            var childPath = new ArrayList<>(path);
            childPath.add(name);
            return new Place(backend, childPath, childSchema);
        }

        @Override
        public String toString() {
            return name() + " (" + backend + ")";
        }
    }

    private static String document(String name) {
        try {
            return Files.readString(DOCS.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TtsClientConfig load(JsonNode config) {
        return TtsClientConfig.fromJson(config.toString(), Map.of());
    }

    /** All places with something in them, of the whole for one backend and of the settings for the others. */
    static List<Place> objects() {
        return places().filter(place -> place.schema().has("properties")).toList();
    }

    static List<Place> values() {
        return places().filter(place -> !place.schema().has("properties")).toList();
    }

    private static Stream<Place> places() {
        JsonNode settings = SCHEMA.at("/$defs");
        return Stream.concat(
                below(new Place("local", List.of(), SCHEMA)),
                SETTINGS.keySet().stream()
                        .sorted()
                        .flatMap(backend -> below(
                                new Place(backend, List.of("backends", "0", "settings"), settings.get(backend)))));
    }

    private static Stream<Place> below(Place place) {
        JsonNode schema = place.schema();
        if (schema.has("$ref")) {
            JsonNode target = SCHEMA.at(schema.get("$ref").asText().substring(1));
            return below(new Place(place.backend(), place.path(), target));
        }
        if (schema.has("items")) {
            return below(place.child("0", schema.get("items")));
        }
        boolean isNoSetting =
                place.path().equals(List.of("$schema")) || place.name().equals("backends.0.settings");
        if (!schema.has("properties")) {
            return isNoSetting ? Stream.empty() : Stream.of(place);
        }
        return Stream.concat(
                Stream.of(place),
                schema.get("properties").properties().stream()
                        .flatMap(property -> below(place.child(property.getKey(), property.getValue()))));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void names_ofTheSchema_areThoseOfTheCode(Place place) {
        ObjectNode config =
                place.child(UNKNOWN, SCHEMA).with(JSON.getNodeFactory().textNode("x"));
        String prefix = place.path().isEmpty() ? "" : place.name() + ".";
        var known = new TreeSet<String>();
        place.schema().get("properties").fieldNames().forEachRemaining(name -> known.add(prefix + name));
        known.remove("$schema");
        known.remove("backends.0.settings"); // whose names only the backend knows

        assertThat(VALIDATOR.validate(config)).isNotEmpty();
        assertThatThrownBy(() -> load(config)).satisfies(refusal -> {
            Matcher message = Pattern.compile(
                            Pattern.quote(prefix + UNKNOWN) + ": unknown, known are (.+) \\[INVALID_REQUEST]")
                    .matcher(String.valueOf(refusal.getMessage()));
            assertThat(message.matches()).as(refusal.getMessage()).isTrue();
            assertThat(message.group(1).split(", ")).containsExactlyInAnyOrderElementsOf(known);
        });
    }

    @ParameterizedTest
    @MethodSource("values")
    void values_thatTheSchemaAllows_areTaken(Place place) {
        assertThat(place.complete().at("/" + String.join("/", place.path())).isMissingNode())
                .isFalse();
        for (JsonNode value : allowed(place)) {
            ObjectNode config = place.with(value);
            assertThat(VALIDATOR.validate(config)).as("%s", value).isEmpty();
            assertThat(load(config)).as("%s", value).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void values_thatTheSchemaForbids_areRefused(Place place) {
        for (JsonNode value : forbidden(place.schema())) {
            ObjectNode config = place.with(value);
            assertThat(VALIDATOR.validate(config)).as("%s", value).isNotEmpty();
            assertThatThrownBy(() -> load(config)).as("%s", value).hasMessageContaining(place.name() + ": ");
        }
    }

    private static List<JsonNode> allowed(Place place) {
        JsonNode schema = place.schema();
        if (schema.has("enum")) {
            return List.copyOf(IntStream.range(0, schema.get("enum").size())
                    .mapToObj(schema.get("enum")::get)
                    .toList());
        }
        if (schema.has("minimum")) {
            return Stream.of("minimum", "maximum")
                    .filter(schema::has)
                    .map(schema::get)
                    .toList();
        }
        return schema.get("type").asText().equals("boolean")
                ? List.of(read("true"), read("false"))
                : List.of(place.complete().at("/" + String.join("/", place.path())));
    }

    private static List<JsonNode> forbidden(JsonNode schema) {
        var forbidden = new ArrayList<JsonNode>();
        if (schema.has("minimum")) {
            forbidden.add(beside(schema, "minimum", "-1"));
        }
        if (schema.has("maximum")) {
            forbidden.add(beside(schema, "maximum", "1"));
        }
        boolean isText = schema.path("type").asText().equals("string");
        forbidden.add(JSON.getNodeFactory().textNode(isText ? " " : UNKNOWN));
        return forbidden;
    }

    private static JsonNode beside(JsonNode schema, String bound, String step) {
        return JSON.getNodeFactory().numberNode(schema.get(bound).decimalValue().add(new BigDecimal(step)));
    }

    @Test
    void document_example_isAcceptedByBoth() {
        String document = document("configuration.md");
        int begin = document.indexOf("```json") + "```json".length();
        String example = document.substring(begin, document.indexOf("```", begin));

        assertThat(VALIDATOR.validate(read(example))).isEmpty();
        assertThat(TtsClientConfig.fromJson(example, Map.of("DEEPGRAM_API_KEY", "d", "GEMINI_API_KEY", "g")))
                .asString()
                .startsWith("TtsClientConfig[[deepgram[apiKey], gemini[apiKey], local[]], cache.directory, ");
    }

    @Test
    void document_names_areInTheirForms() {
        assertThat(document("configuration.md"))
                .contains("TTS_CLIENT_BACKENDS_0_SETTINGS_API_KEY", "tts.client.backends.0.settings.apiKey");
        assertThatThrownBy(() -> TtsClientConfig.fromEnvironment(Map.of(
                        "TTS_CLIENT_BACKENDS_0_BACKEND", "gemini",
                        "TTS_CLIENT_BACKENDS_0_SETTINGS_API_KEY", "g",
                        "TTS_CLIENT_RETRY_MAX_ATTEMPTS", "99")))
                .hasMessageStartingWith("TTS_CLIENT_RETRY_MAX_ATTEMPTS: '99', allowed whole numbers from 1 to 10 [");
    }
}
