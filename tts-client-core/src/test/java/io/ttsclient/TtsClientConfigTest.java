// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.AdmissionPolicy;
import io.ttsclient.layer.AttemptTimeouts;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.Priority;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class TtsClientConfigTest {
    private static final String KEY = "sk-hush-0123";
    private static final Map<String, String> VARIABLES = Map.of("RED_KEY", KEY, "HOME", "/home/anybody");
    private static final String JSON = """
            {
              "$schema": "docs/tts-client.schema.json",
              "backends": [
                {
                  "backend": "red",
                  "settings": {"apiKey": "${RED_KEY}", "threads": 2, "behaviour": "UNAVAILABLE"},
                  "options": {"voice": "scarlet", "speed": 1.5}
                },
                {
                  "backend": "green",
                  "settings": {"apiKey": "direct"},
                  "options": {"voice": "emerald", "model": "m-1", "style": "calm"},
                  "gainDecibels": -3.5,
                  "admission": {"maxConcurrent": 3},
                  "attemptTimeouts": {"firstAudioMillis": 3000, "stallMillis": 2000}
                }
              ],
              "defaults": {
                "language": "en-US",
                "format": {"encoding": "mulaw", "sampleRate": 8000},
                "timeoutMillis": 60000,
                "priority": "batch",
                "cacheable": false,
                "textPreparation": "speakable",
                "trimSilence": true
              },
              "retry": {"maxAttempts": 2, "baseDelayMillis": 1, "maxDelayMillis": 1, "maxRetryAfterMillis": 0},
              "circuitBreaker": {"failureRate": 50, "window": 10, "minimumAttempts": 5, "openForMillis": 1000, "probes": 1},
              "admission": {"requestsPerMinute": 100, "requestsPerDay": 1000, "charactersPerMinute": 9000,
                            "maxQueued": 5, "maxWaitMillis": 500},
              "attemptTimeouts": {"firstAudioMillis": 5000, "stallMillis": 1000},
              "fallbackPolicy": {"afterContentRejected": true},
              "segmenting": {"window": 1, "aheadMillis": 2000, "patienceMillis": 200},
              "cache": {"maxBytes": 1000000, "maxRecordingBytes": 1000, "timeToLiveMillis": 60000},
              "maxWholeAudioBytes": 10000000,
              "reloadGraceMillis": 1500
            }
            """;

    private final List<FakeFactory.Made> made = FakeFactory.none();

    private TtsClientConfig config(ConfigText text, Map<String, String> variables) {
        return TtsClientConfig.of(text, variables, name -> FakeFactory.named(name, made));
    }

    private TtsClientConfig json(String json) {
        return config(ConfigText.json(json), VARIABLES);
    }

    /** One backend, and {@code more}. */
    private TtsClientConfig with(String more) {
        return json("{\"backends\": [{\"backend\": \"red\", \"settings\": {\"apiKey\": \"k\"}}]" + more + "}");
    }

    /** The same as properties and as variables. */
    private static Map<String, String> flat() {
        var read = ConfigText.json(JSON);
        read.faults().throwIfAny();
        return read.values();
    }

    private static Map<String, String> variables() {
        var variables = new HashMap<>(VARIABLES);
        flat().forEach((name, value) -> variables.put(
                "TTS_CLIENT_"
                        + name.replaceAll("([a-z])([A-Z])", "$1_$2")
                                .replace('.', '_')
                                .toUpperCase(Locale.ROOT),
                value));
        return variables;
    }

    private static Properties properties() {
        var properties = new Properties();
        flat().forEach((name, value) -> properties.setProperty("tts.client." + name, value));
        properties.setProperty("server.port", "8080");
        return properties;
    }

    private void assertAllIsTaken(TtsClientConfig config) {
        assertThat(config.reloadGrace()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(made).as("nothing is made before a client is").isEmpty();
        try (TtsClient client = TtsClient.builder().config(config).build()) {
            FakeFactory.Made red = made.get(0);
            FakeFactory.Made green = made.get(1);
            assertThat(red.settings()).containsEntry("apiKey", KEY).containsEntry("threads", "2");

            Speech speech = client.synthesize("Hello");

            assertThat(speech.format()).isEqualTo(AudioFormat.mulaw(8_000));
            assertThat(speech.report().backend()).hasValue("green");
            assertThat(red.backend().calls()).as("attempts").hasSize(2).allSatisfy(call -> {
                assertThat(call.options().voice()).hasValue("scarlet");
                assertThat(call.options().speed()).hasValue(1.5);
                assertThat(call.options().language()).hasValue("en-US");
                assertThat(call.options().priority()).isEqualTo(Priority.BATCH);
                assertThat(call.options().cacheable()).isFalse();
                assertThat(call.options().trimSilence()).isTrue();
                assertThat(call.options().timeout()).hasValue(Duration.ofMinutes(1));
            });
            SpeechOptions options = green.backend().calls().get(0).options();
            assertThat(options.voice()).hasValue("emerald");
            assertThat(options.model()).hasValue("m-1");
            assertThat(options.style()).hasValue("calm");
            assertThat(options.speed()).as("the other one's").isEmpty();
            assertThat(client.toString()).contains("GainLayer(", "CacheLayer(");
        }
        assertThat(made).allMatch(one -> one.backend().isClosed());
    }

    @Test
    void fromJson_everyName_isTaken() {
        assertAllIsTaken(json(JSON));
    }

    @Test
    void fromProperties_everyName_isTaken() {
        assertAllIsTaken(config(ConfigText.properties(properties()), VARIABLES));
    }

    @Test
    void fromEnvironment_everyName_isTaken() {
        assertAllIsTaken(config(ConfigText.environment(variables(), ConfigReader.known()), variables()));
    }

    @Test
    void example_everyName_isInIt() {
        assertThat(ConfigReader.known())
                .filteredOn(name -> !flat().containsKey(name) && !flat().containsKey(name.replace(".0.", ".1.")))
                .containsExactlyInAnyOrder(
                        "backends.0.admission.requestsPerMinute",
                        "backends.0.admission.requestsPerDay",
                        "backends.0.admission.charactersPerMinute",
                        "backends.0.admission.maxQueued",
                        "backends.0.admission.maxWaitMillis",
                        "admission.maxConcurrent",
                        "defaults.format.container",
                        "defaults.format.channels",
                        "cache.directory",
                        "cache.directoryMaxBytes");
    }

    @Test
    void request_ofAnotherVoice_countsMoreThanTheFirstBackends() {
        TtsClientConfig config = json(JSON.replace(", \"behaviour\": \"UNAVAILABLE\"", ""));
        try (TtsClient client = TtsClient.builder().config(config).build()) {
            client.synthesize(SpeechRequest.builder("Hello").voice("ruby").build());

            SpeechOptions options = made.get(0).backend().calls().get(0).options();
            assertThat(options.voice()).hasValue("ruby");
            assertThat(options.speed()).hasValue(1.5);
        }
    }

    @Test
    void builder_setAfterwards_countsMore() {
        TtsClientConfig config = with(", \"retry\": {\"maxAttempts\": 3, \"baseDelayMillis\": 1}");
        TtsClientBuilder builder = TtsClient.builder().config(config).retry(RetryPolicy.none());
        try (TtsClient client = builder.build()) {
            made.get(0).backend().always(Behaviour.fail(Category.UNAVAILABLE));

            assertThatThrownBy(() -> client.synthesize("Hello")).isInstanceOf(TtsException.class);
            assertThat(made.get(0).backend().calls()).hasSize(1);
        }
    }

    @Test
    void fromJson_manyFaults_areAllNamedAtOnce() {
        assertThatThrownBy(() -> json("""
                                {
                                  "backends": [
                                    {"backend": "red", "settings": {"apikey": "sk-hush-0123", "threads": 9}},
                                    {"backend": "nobody"},
                                    {"settings": {"apiKey": "k"}, "gainDecibels": 41},
                                    {"backend": "red", "settings": {"apiKey": "${NO_KEY}"}}
                                  ],
                                  "defaults": {"language": "engl-ish-", "format": {"encoding": "mp3"}},
                                  "retry": {"maxAttempts": 11, "baseDelayMillis": 50, "maxDelayMillis": 10},
                                  "attemptTimeouts": {"stallMillis": 500},
                                  "cache": {"directory": "/tmp"},
                                  "circuitBraker": {"window": 10},
                                  "admission": null,
                                  "segmenting": {}
                                }
                                """))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.INVALID_REQUEST))
                .hasMessageStartingWith("17 faults: ")
                .hasMessageContaining(
                        "; backends.0.settings.apikey: unknown, did you mean backends.0.settings.apiKey?;")
                .hasMessageContaining("; backends.0.settings.apiKey: not set, a fake needs one;")
                .hasMessageContaining("; backends.0.settings.threads: '9', allowed whole numbers from 1 to 8;")
                .hasMessageContaining("; backends.1.backend: 'nobody', found [];")
                .hasMessageContaining("; backends.2.backend: not set, allowed the name of a backend;")
                .hasMessageContaining("; backends.2.gainDecibels: '41', allowed numbers from -40.0 to 40.0;")
                .hasMessageContaining("; backends.3.settings.apiKey: the variable NO_KEY is not set;")
                .hasMessageContaining("; defaults.language: 'engl-ish-', allowed BCP 47 tags such as en-US;")
                .hasMessageContaining("; defaults.format.sampleRate: not set, a format needs one;")
                .hasMessageContaining("; retry.maxAttempts: '11', allowed whole numbers from 1 to 10;")
                .hasMessageContaining("; retry.maxDelayMillis: PT0.01S, allowed from baseDelay (PT0.05S) to 1 h;")
                .hasMessageContaining("; attemptTimeouts.firstAudioMillis: not set, needed with stallMillis;")
                .hasMessageContaining("; cache.maxBytes: not set, a cache needs it;")
                .hasMessageContaining("; cache.directoryMaxBytes: not set, needed with cache.directory;")
                .hasMessageContaining("; circuitBraker.window: unknown, did you mean circuitBreaker.window?")
                .hasMessageContaining("admission: null; leave it out where there is nothing to say;")
                .hasMessageContaining("segmenting: empty; leave it out where there is nothing to say;")
                .hasMessageNotContaining(KEY);
        assertThat(made).isEmpty();
    }

    @Test
    void fromJson_variableInTheWrongPlace_isNotShown() {
        assertThatThrownBy(() -> json("""
                        {"backends": [{"backend": "red", "settings": {"apiKey": "k", "threads": "${RED_KEY}"}}],
                         "defaults": {"language": "${RED_KEY}", "priority": "${RED_KEY}"}}
                        """))
                .hasMessageContaining("backends.0.settings.threads: ${RED_KEY}, allowed whole numbers from 1 to 8")
                .hasMessageContaining("defaults.priority: ${RED_KEY}, allowed live, prefetch, batch")
                .satisfies(e -> assertThat(stackTraceOf(e)).doesNotContain(KEY));
    }

    private static String stackTraceOf(Throwable thrown) {
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    @Test
    void fromProperties_faults_haveTheNamesOfProperties() {
        var properties = new Properties();
        properties.setProperty("tts.client.backends.0.backend", "red");
        properties.setProperty("tts.client.backends.0.settings.apikey", KEY);
        properties.setProperty("tts.client.retry.maxAttempt", "2");

        assertThatThrownBy(() -> config(ConfigText.properties(properties), VARIABLES))
                .hasMessageStartingWith("3 faults: ")
                .hasMessageContaining("tts.client.backends.0.settings.apikey: unknown,"
                        + " did you mean tts.client.backends.0.settings.apiKey?")
                .hasMessageContaining("tts.client.backends.0.settings.apiKey: not set")
                .hasMessageContaining(
                        "tts.client.retry.maxAttempt: unknown, did you mean tts.client.retry.maxAttempts?")
                .hasMessageNotContaining(KEY);
    }

    @Test
    void fromEnvironment_faults_haveTheNamesOfVariables() {
        Map<String, String> variables = Map.of(
                "TTS_CLIENT_BACKENDS_0_BACKEND", "red",
                "TTS_CLIENT_BACKENDS_0_SETTINGS_API_KEY", "${NO_KEY}",
                "TTS_CLIENT_BACKENDS_0_SETTINGS_THREDS", "2",
                "TTS_CLIENT_BACKENDS_0_GAIN", "2",
                "TTS_CLIENT_RETRY_MAX_ATEMPTS", "2",
                "TTS_CLIENT_CACHE_MAX_BYTES", "many",
                "TTS_CLIENT", "no name behind it");

        assertThatThrownBy(() -> config(ConfigText.environment(variables, ConfigReader.known()), variables))
                .hasMessageStartingWith("5 faults: ")
                .hasMessageContaining("TTS_CLIENT_BACKENDS_0_SETTINGS_API_KEY: the variable NO_KEY is not set")
                .hasMessageContaining("TTS_CLIENT_BACKENDS_0_SETTINGS_THREDS: unknown,"
                        + " did you mean TTS_CLIENT_BACKENDS_0_SETTINGS_THREADS?")
                .hasMessageContaining("TTS_CLIENT_BACKENDS_0_GAIN: unknown")
                .hasMessageContaining(
                        "TTS_CLIENT_RETRY_MAX_ATEMPTS: unknown, did you mean TTS_CLIENT_RETRY_MAX_ATTEMPTS?")
                .hasMessageContaining(
                        "TTS_CLIENT_CACHE_MAX_BYTES: 'many', allowed whole numbers from 1 to 9223372036854775807");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{}' | backends: not set, a client needs one",
                "'[]' | the configuration is no JSON object",
                "'' | the configuration is no JSON object",
                "'{\"backends\": sk-hush-0123}' | 'the configuration is no JSON, or has a name twice, at line 1, column '",
                "'{\"backends\": \"sk-hush-0123' | 'the configuration is no JSON, or has a name twice, at line 1, column '",
                "'{\"retry\": {}, \"retry\": {}}' | 'the configuration is no JSON, or has a name twice, at line 1, column '",
                "'{\"retry.maxAttempts\": 2}' | retry.maxAttempts: allowed names without dots",
                "'{} {}' | 'behind the configuration comes something else, at line 1, column 4'",
                "'{\"backends\": [\"red\"]}' | backends.0: unknown, known are",
                "'{\"backends\": {\"red\": 1}}' | backends.red: unknown, known are",
            })
    void fromJson_noConfiguration_isRefusedWithoutCitingIt(String json, String message) {
        assertThatThrownBy(() -> json(json)).hasMessageContaining(message).hasMessageNotContaining(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"backends.1", "backends.99"})
    void fromProperties_gapInTheBackends_isRefused(String place) {
        var properties = new Properties();
        properties.setProperty("tts.client." + place + ".backend", "red");
        properties.setProperty("tts.client." + place + ".settings.apiKey", "k");

        assertThatThrownBy(() -> config(ConfigText.properties(properties), VARIABLES))
                .hasMessageContaining("tts.client.backends.0.backend: not set");
    }

    @Test
    void fromJson_file_isRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tts.json");
        assertThatThrownBy(() -> TtsClientConfig.fromJson(file, Map.of()))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.NOT_FOUND))
                .hasMessageStartingWith("configuration: " + file + " is not there");

        Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE});
        assertThatThrownBy(() -> TtsClientConfig.fromJson(file, Map.of()))
                .hasMessageContaining("cannot be read as text in UTF-8");

        for (String empty : List.of("{}", "\uFEFF{}")) { // as some editors write it
            Files.writeString(file, empty);
            assertThatThrownBy(() -> TtsClientConfig.fromJson(file, Map.of()))
                    .hasMessageStartingWith("backends: not set");
        }
    }

    @Test
    void fromProperties_none_namesWhatIsMissing() {
        assertThatThrownBy(() -> TtsClientConfig.fromProperties(new Properties(), Map.of()))
                .hasMessageStartingWith("tts.client.backends: not set");
    }

    @Test
    void fromEnvironment_none_namesWhatIsMissing() {
        assertThatThrownBy(() -> TtsClientConfig.fromEnvironment(VARIABLES))
                .hasMessageStartingWith("TTS_CLIENT_BACKENDS: not set");
    }

    @Test
    void toString_hasNamesAndNoValues() {
        assertThat(json(JSON).toString())
                .startsWith(
                        "TtsClientConfig[[red[apiKey, behaviour, threads], green[apiKey]], admission.charactersPerMinute, ")
                .contains("cache.maxBytes")
                .doesNotContain(KEY, "direct", "1000000", "scarlet", "calm");
    }

    @Test
    void build_backendsThatCannotBeMade_areAllNamedAndTheOthersClosed() {
        TtsClientConfig config = json("""
                {"backends": [
                  {"backend": "red", "settings": {"apiKey": "k"}},
                  {"backend": "green", "settings": {"apiKey": "k", "broken": true}},
                  {"backend": "blue", "settings": {"apiKey": "k", "broken": true}}
                ]}
                """);

        assertThatThrownBy(() -> TtsClient.builder().config(config).build())
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.NOT_FOUND))
                .hasMessageContaining("backends.1.settings.model: it is not there")
                .hasMessageContaining("backends.2.settings.model: it is not there");
        assertThat(made).hasSize(1).allMatch(one -> one.backend().isClosed());
    }

    @Test
    void build_otherBackendsBesideAConfiguration_areRefused() {
        FakeBackend other = FakeBackend.create();

        assertThatThrownBy(() ->
                        TtsClient.builder().config(with("")).fallback(other).build())
                .hasMessageStartingWith("backend: set beside a configuration, allowed one or the other");
        assertThat(made).isEmpty();
    }

    @Test
    void build_afterTheBackendsWereMade_failureClosesThem(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        TtsClientConfig config =
                with(", \"cache\": {\"maxBytes\": 10, \"directory\": \"" + file + "\", \"directoryMaxBytes\": 10}");

        assertThatThrownBy(() -> TtsClient.builder().config(config).build())
                .hasMessageStartingWith("cache.directory: " + file + " cannot be made or written");
        assertThat(made).hasSize(1).allMatch(one -> one.backend().isClosed());
    }

    @Test
    void build_backendAndCacheThatCannotBeMade_areNamedTogether(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        TtsClientConfig config = json("""
                {"backends": [{"backend": "red", "settings": {"apiKey": "k", "broken": true}}],
                 "cache": {"maxBytes": 10, "directory": "%s", "directoryMaxBytes": 10}}
                """.formatted(file));

        assertThatThrownBy(() -> TtsClient.builder()
                        .config(config)
                        .admission("red", AdmissionPolicy.unlimited())
                        .maxWholeAudioBytes(0)
                        .build())
                .hasMessageStartingWith("3 faults: backends.0.settings.model: it is not there;"
                        + " maxWholeAudioBytes: 0, allowed at least 1; cache.directory: " + file);
    }

    /** It is written behind the back of whoever asked. */
    private static void awaitAudioIn(Path folder) throws IOException {
        boolean isThere = false;
        while (!isThere) {
            try (Stream<Path> files = Files.list(folder)) {
                isThere = files.anyMatch(file -> file.toString().endsWith(".audio"));
            }
        }
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void build_cacheDirectory_hasTheAudioForTheNextClient(@TempDir Path folder) throws IOException {
        TtsClientConfig config = with(", \"cache\": {\"maxBytes\": 1000000, \"directory\": \"" + folder
                + "\", \"directoryMaxBytes\": 1000000}");
        for (int i = 0; i < 2; i++) {
            try (TtsClient client = TtsClient.builder().config(config).build()) {
                client.preload(List.of(SpeechRequest.of("Hello")));
            }
            awaitAudioIn(folder);
        }

        assertThat(made.get(0).backend().calls()).hasSize(1);
        assertThat(made.get(1).backend().calls()).isEmpty();
    }

    @Test
    void build_severalThingsWrong_areAllNamed() {
        assertThatThrownBy(() -> TtsClient.builder()
                        .backend(FakeBackend.create())
                        .admission("a", AdmissionPolicy.unlimited())
                        .admission("b", AdmissionPolicy.unlimited())
                        .attemptTimeouts("c", AttemptTimeouts.defaults())
                        .defaults(SpeechOptions.builder()
                                .format(new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1))
                                .build())
                        .build())
                .hasMessageStartingWith("3 faults: format: mp3 24000 Hz, and fake makes [linear16 16000 Hz],"
                        + " from which it cannot be converted; admission: for 'a', 'b', and the backends are [fake];"
                        + " attemptTimeouts: for 'c', and the backends are [fake]");
    }
}
