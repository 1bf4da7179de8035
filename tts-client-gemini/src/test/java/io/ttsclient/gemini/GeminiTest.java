// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.AdmissionPolicy;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.Voice;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.ServerRequest;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.gemini.GeminiEmulator;
import io.ttsclient.testkit.gemini.GeminiFailure;
import io.ttsclient.testkit.gemini.GeminiReply;
import io.ttsclient.testkit.gemini.GeminiRequest;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.ApiKeySource;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class GeminiTest {
    private static final String TEXT = "Your table is ready.";
    private static final String V38 = "gemini-3.8-flash-lite-tts";
    private static final String V31 = "gemini-3.1-flash-tts-preview";
    private static final String V25 = "gemini-2.5-pro-preview-tts";

    private final GeminiEmulator emulator = GeminiEmulator.start();

    @AfterEach
    void close() {
        emulator.close();
    }

    private GeminiBuilder builder() {
        return Gemini.builder().apiKey(GeminiEmulator.KEY).baseUrl(emulator.url());
    }

    private Speaking speak(GeminiBuilder builder, SpeechOptions options) {
        try (Gemini backend = builder.build()) {
            return Speaking.of(backend, TEXT, options);
        }
    }

    private GeminiRequest asked(GeminiBuilder builder, SpeechOptions options) {
        Speaking speaking = speak(builder, options);
        assertThat(speaking.failure()).isNull();
        assertThat(speaking.audio()).isNotEmpty();
        return emulator.requests().get(emulator.requests().size() - 1);
    }

    private static TtsException failure(GeminiBuilder builder, String text, SpeechOptions options) {
        try (Gemini backend = builder.build()) {
            return Speaking.of(backend, text, options).thrown();
        }
    }

    // --- requests

    @Test
    void stream_nothingSet_asks38ForAStreamOfSamplesByKore() {
        GeminiRequest request = asked(builder(), SpeechOptions.none());

        assertThat(request.model()).isEqualTo("gemini-3.8-flash-tts");
        assertThat(request.streaming()).isTrue();
        assertThat(request.parts()).containsExactly(TEXT);
        assertThat(request.voices()).containsExactly("Kore");
        assertThat(request.style()).isEmpty();
        assertThat(request.language()).isEmpty();
        assertThat(request.format()).contains(AudioFormat.linear16(24_000));
    }

    @Test
    void stream_everythingSet_isAskedFor() {
        SpeechOptions options = SpeechOptions.builder()
                .voice("voice_abc123")
                .model(V38)
                .language("pt-BR")
                .style("cheerful and friendly")
                .format(AudioFormat.mulaw(8_000))
                .build();

        GeminiRequest request = asked(builder(), options);

        assertThat(request.model()).isEqualTo(V38);
        assertThat(request.voices()).containsExactly("voice_abc123");
        assertThat(request.language()).contains("pt-BR");
        assertThat(request.style()).contains("cheerful and friendly");
        assertThat(request.format()).contains(AudioFormat.mulaw(8_000));
    }

    @ParameterizedTest
    @CsvSource({V31 + ", true", V25 + ", false"})
    void stream_modelBefore38_getsThePromptThatItNeeds(String model, boolean streaming) {
        SpeechOptions options =
                SpeechOptions.builder().style("cheerful").language("en-US").build();

        GeminiRequest styled = asked(builder().model(model), options);
        GeminiRequest plain = asked(builder().model(model), SpeechOptions.none());

        assertThat(styled.streaming()).isEqualTo(streaming);
        assertThat(styled.parts())
                .containsExactly("Read aloud verbatim, in this style: cheerful\n#### TRANSCRIPT\n" + TEXT);
        assertThat(styled.voices()).containsExactly("Kore");
        assertThat(plain.parts()).containsExactly("Read aloud verbatim:\n#### TRANSCRIPT\n" + TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {V38, V31, V25})
    void stream_eachProfileBothWays_isHeard(String model) {
        for (boolean streaming : new boolean[] {true, false}) {
            Speaking speaking = speak(builder().model(model).streaming(streaming), SpeechOptions.none());
            assertThat(speaking.failure()).isNull();
            assertThat(speaking.audio()).isEqualTo(GeminiEmulator.audioOf(TEXT, AudioFormat.linear16(24_000)));
        }
        assertThat(emulator.requests()).extracting(GeminiRequest::streaming).containsExactly(true, false);
    }

    @Test
    void stream_key_isInTheHeaderOnly() {
        speak(builder(), SpeechOptions.none());

        ServerRequest request = emulator.server().requests().get(0);
        assertThat(request.header("x-goog-api-key")).contains(GeminiEmulator.KEY);
        assertThat(request.target()).isEqualTo("/v1beta/models/gemini-3.8-flash-tts:streamGenerateContent?alt=sse");
        assertThat(request.text()).doesNotContain(GeminiEmulator.KEY);
    }

    @Test
    void stream_apiVersion_isInTheAddress() {
        speak(builder().apiVersion("v1alpha"), SpeechOptions.none());
        speak(
                Gemini.builder()
                        .vertex("my-project", "global", ApiKeySource.of(ApiKey.of(GeminiEmulator.KEY)))
                        .baseUrl(emulator.url())
                        .apiVersion("v1beta1"),
                SpeechOptions.none());

        assertThat(emulator.server().requests())
                .extracting(ServerRequest::target)
                .satisfiesExactly(
                        gemini -> assertThat(gemini).startsWith("/v1alpha/models/"),
                        vertex -> assertThat(vertex).startsWith("/v1beta1/projects/my-project/locations/global/"));
    }

    @ParameterizedTest
    @CsvSource({
        V38 + ", '[whispers] ‹laugh› Hi ¦mhm¦\n# NOTES'",
        V31 + ", 'Read aloud verbatim:\n#### TRANSCRIPT\n‹whispers› ‹laugh› Hi ¦mhm¦\nNOTES'",
        V25 + ", 'Read aloud verbatim:\n#### TRANSCRIPT\n‹whispers› ‹laugh› Hi ¦mhm¦\nNOTES'",
    })
    void stream_markupInTheText_performsNothingUnlessTrusted(String model, String part) {
        String text = "[whispers] <laugh> Hi |mhm|\n# NOTES";
        SpeechOptions trusted = SpeechOptions.builder()
                .provider(GeminiOptions.builder().trustedMarkup(true).build())
                .build();
        try (Gemini backend = builder().model(model).build()) {
            assertThat(Speaking.of(backend, text).failure()).isNull();
            assertThat(Speaking.of(backend, text, trusted).failure()).isNull();
        }

        assertThat(emulator.requests().get(0).parts()).containsExactly(part);
        assertThat(emulator.requests().get(1).parts()).allMatch(asItIs -> asItIs.endsWith(text));
    }

    @Test
    void stream_modelOfAnotherFamily_isAskedAsThatOneIs() {
        SpeechOptions options = SpeechOptions.builder()
                .model(V25)
                .format(AudioFormat.mulaw(8_000))
                .build();

        GeminiRequest request = asked(builder(), options);

        assertThat(request.model()).isEqualTo(V25);
        assertThat(request.streaming()).isFalse();
        assertThat(request.parts()).containsExactly("Read aloud verbatim:\n#### TRANSCRIPT\n" + TEXT);
        assertThat(request.format()).as("which is refused there").isEmpty();
        assertThat(asked(
                                builder().model(V25),
                                SpeechOptions.builder().model(V38).build())
                        .format())
                .contains(AudioFormat.linear16(24_000));
    }

    @Test
    void stream_formatThatTheOtherFamilyDoesNotMake_isToldByTheSource() {
        SpeechOptions options = SpeechOptions.builder()
                .model(V31)
                .format(AudioFormat.mulaw(8_000))
                .build();
        String audio = Base64.getEncoder().encodeToString(new byte[60]);
        emulator.always(GeminiReply.json("{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\""
                + audio + "\"}}]},\"finishReason\":\"STOP\"}]}"));

        try (Gemini backend = builder().build();
                AudioSource source = backend.stream(TestSynthesis.of(TEXT, options))) {
            assertThat(source.format()).isEqualTo(AudioFormat.linear16(24_000));
        }
    }

    @Test
    void stream_vertex_asksInItsForm() {
        GeminiBuilder vertex = Gemini.builder()
                .vertex("my-project", "global", ApiKeySource.of(ApiKey.of(GeminiEmulator.KEY)))
                .baseUrl(emulator.url());

        GeminiRequest request = asked(vertex, SpeechOptions.none());

        assertThat(request.vertex()).isTrue();
        assertThat(request.format()).contains(AudioFormat.linear16(24_000));
        assertThat(emulator.server().requests().get(0).target())
                .isEqualTo("/v1/projects/my-project/locations/global/publishers/google/models/"
                        + "gemini-3.8-flash-tts:streamGenerateContent?alt=sse");
    }

    @Test
    void stream_unknownModelWithAProfile_isTreatedSo() {
        GeminiBuilder builder = builder().model("models/gemini-next").profile(GeminiProfile.GEMINI_2_5);
        try (Gemini backend = builder.build()) {
            Speaking.of(backend, TEXT);
            assertThat(backend.capabilities().formats()).containsExactly(AudioFormat.linear16(24_000));
        }
        // The emulator takes it for 3.8, which knows no prompts but reads them.
        assertThat(emulator.server().requests().get(0).text())
                .contains("#### TRANSCRIPT")
                .doesNotContain("responseFormat");
    }

    @Test
    void stream_voiceInAnyCase_isThePrebuiltOne() {
        assertThat(asked(builder().voice("PUCK"), SpeechOptions.none()).voices())
                .containsExactly("Puck");
        assertThat(asked(builder(), SpeechOptions.voice("zephyr")).voices()).containsExactly("Zephyr");
    }

    @Test
    void stream_speed_isAWarning() {
        Synthesis synthesis =
                TestSynthesis.of(TEXT, SpeechOptions.builder().speed(1.5).build());
        try (Gemini backend = builder().build()) {
            backend.stream(synthesis).close();
        }
        assertThat(synthesis.journal().report().warnings()).anyMatch(warning -> warning.startsWith("speed ignored"));
    }

    // --- refused before any I/O

    @Test
    void stream_wrongRequests_areRefusedBeforeAnyIo() {
        assertRefused(builder(), "é".repeat(2_001), SpeechOptions.none(), Category.INVALID_REQUEST, "text: 4002 bytes");
        assertRefused(builder(), " ... ", SpeechOptions.none(), Category.INVALID_REQUEST, "text: nothing to pronounce");
        assertRefused(
                builder(),
                TEXT,
                SpeechOptions.builder().model("../../v1/evil?x=").build(),
                Category.INVALID_REQUEST,
                "model: 16 chars");
        assertRefused(
                builder(),
                TEXT,
                SpeechOptions.builder().format(AudioFormat.linear16(16_000)).build(),
                Category.UNSUPPORTED,
                "format: linear16 16000 Hz, allowed");
        assertRefused(
                builder().model(V31),
                TEXT,
                SpeechOptions.builder().format(AudioFormat.mulaw(8_000)).build(),
                Category.UNSUPPORTED,
                "format: mulaw 8000 Hz, allowed [linear16 24000 Hz]");
        assertRefused(
                builder().model(V25),
                TEXT,
                SpeechOptions.voice("voicekey_123"),
                Category.UNSUPPORTED,
                "voice: a library voice");
        assertThat(emulator.server().requests()).isEmpty();
    }

    private static void assertRefused(
            GeminiBuilder builder, String text, SpeechOptions options, Category category, String message) {
        TtsException refused = failure(builder, text, options);
        assertThat(refused.category()).isEqualTo(category);
        assertThat(refused.origin()).isEqualTo(Origin.CLIENT);
        assertThat(refused).hasMessageStartingWith(message);
    }

    @Test
    void builder_wrongValues_areRefusedAtOnce() {
        assertThatThrownBy(() -> Gemini.builder().build()).hasMessageStartingWith("apiKey: not set");
        assertThatThrownBy(() -> Gemini.builder().apiKey(null)).hasMessageStartingWith("apiKey: not set");
        assertThatThrownBy(() -> Gemini.builder().model("a/b")).hasMessageStartingWith("model: 3 chars");
        assertThatThrownBy(() -> Gemini.builder().voice(" ")).hasMessageStartingWith("voice: blank");
        assertThatThrownBy(() -> Gemini.builder().apiVersion("v1/x")).hasMessageStartingWith("apiVersion: 4 chars");
        assertThatThrownBy(() -> Gemini.builder().baseUrl("nowhere")).isInstanceOf(TtsException.class);
        assertThatThrownBy(() -> Gemini.builder().vertex("p/q", "global", ApiKeySource.of(ApiKey.of("t"))))
                .hasMessageStartingWith("projectId: 3 chars");
    }

    @Test
    void stream_plainHttpElsewhere_isRefused() {
        assertThat(failure(builder().baseUrl("http://speech.example"), TEXT, SpeechOptions.none()))
                .hasMessageStartingWith("url: http to speech.example with a credential");
    }

    @Test
    void admission_isWhatDocumentsSay() {
        AdmissionPolicy policy = Gemini.admission();

        assertThat(policy.requestsPerMinute()).isEqualTo(10);
        assertThat(policy.requestsPerDay()).isEqualTo(100);
        assertThat(policy.maxConcurrent()).isEqualTo(4);
        assertThat(policy.charactersPerMinute()).isEqualTo(AdmissionPolicy.UNLIMITED);
        assertThat(policy.maxQueued()).isEqualTo(100);
        assertThat(policy.maxWait()).isEqualTo(Duration.ofMinutes(1));
    }

    // --- keys

    @Test
    void stream_severalKeys_areUsedInRotation() {
        emulator.acceptKey("another-key");
        ApiKeySource keys = ApiKeySource.of(List.of(ApiKey.of(GeminiEmulator.KEY), ApiKey.of("another-key")));
        try (Gemini backend = builder().apiKeys(keys).build()) {
            for (int i = 0; i < 4; i++) {
                assertThat(Speaking.of(backend, TEXT).failure()).isNull();
            }
        }
        assertThat(emulator.requests())
                .extracting(GeminiRequest::key)
                .containsExactly(GeminiEmulator.KEY, "another-key", GeminiEmulator.KEY, "another-key");
    }

    @Test
    void stream_usedUpKey_isSetAsideAndTheNextOneSpeaks() {
        emulator.acceptKey("another-key");
        emulator.enqueue(GeminiReply.refuse(GeminiFailure.PER_DAY_FREE));
        ApiKeySource keys = ApiKeySource.of(List.of(ApiKey.of(GeminiEmulator.KEY), ApiKey.of("another-key")));
        try (Gemini backend = builder().apiKeys(keys).build()) {
            assertThat(Speaking.of(backend, TEXT).failure()).isNull();
            assertThat(Speaking.of(backend, TEXT).failure()).isNull();
        }
        assertThat(emulator.requests())
                .extracting(GeminiRequest::key)
                .containsExactly(GeminiEmulator.KEY, "another-key", "another-key");
    }

    @Test
    void stream_onlyKeyUsedUp_isNotAskedAgainBeforeMidnight() {
        emulator.enqueue(GeminiReply.refuse(GeminiFailure.PER_DAY_PAID));
        try (Gemini backend = builder().build()) {
            assertThat(Speaking.of(backend, TEXT).thrown().origin()).isEqualTo(Origin.PROVIDER);

            TtsException second = Speaking.of(backend, TEXT).thrown();

            assertThat(second.category()).isEqualTo(Category.QUOTA);
            assertThat(second.origin()).isEqualTo(Origin.CLIENT);
            assertThat(second.retryAfter()).isPresent();
        }
        assertThat(emulator.requests()).hasSize(1);
    }

    @Test
    void stream_refusedKey_theNextOneSpeaks() {
        ApiKeySource keys = ApiKeySource.of(List.of(ApiKey.of("wrong-key"), ApiKey.of(GeminiEmulator.KEY)));

        assertThat(speak(builder().apiKeys(keys), SpeechOptions.none()).failure())
                .isNull();
    }

    // --- the rest of a backend

    @Test
    void voices_areThirtyWithTheirWords() {
        try (Gemini backend = builder().build()) {
            assertThat(backend.voices()).hasSize(30).contains(new Voice("Kore", "Kore", List.of(), "Firm"));
            Map<String, String> byWord = backend.voices().stream()
                    .collect(groupingBy(Voice::description, TreeMap::new, mapping(Voice::id, joining(" "))));
            assertThat(byWord)
                    .hasToString("{Breathy=Enceladus, Breezy=Aoede, Bright=Zephyr Autonoe, Casual=Zubenelgenubi,"
                            + " Clear=Iapetus Erinome, Easy-going=Callirrhoe Umbriel, Even=Schedar, Excitable=Fenrir,"
                            + " Firm=Kore Orus Alnilam, Forward=Pulcherrima, Friendly=Achird, Gentle=Vindemiatrix,"
                            + " Gravelly=Algenib, Informative=Charon Rasalgethi, Knowledgeable=Sadaltager,"
                            + " Lively=Sadachbia, Mature=Gacrux, Smooth=Algieba Despina, Soft=Achernar,"
                            + " Upbeat=Puck Laomedeia, Warm=Sulafat, Youthful=Leda}");
        }
        assertThat(emulator.server().requests()).isEmpty();
    }

    @Test
    void voices_eachOfThem_speaks() {
        try (Gemini backend = builder().build()) {
            for (Voice voice : backend.voices()) {
                assertThat(Speaking.of(backend, TEXT, SpeechOptions.voice(voice.id()))
                                .failure())
                        .as(voice.id())
                        .isNull();
            }
        }
    }

    @Test
    void health_asksForTheModel() {
        assertThat(health(builder()).status()).isEqualTo(Health.Status.UP);
        assertThat(emulator.server().requests().get(0).target()).isEqualTo("/v1beta/models/gemini-3.8-flash-tts");
        assertThat(emulator.requests()).isEmpty();
    }

    @Test
    void health_whatIsWrong_isSaid() {
        Health refused = health(builder().apiKey("wrong"));
        assertThat(refused.status()).isEqualTo(Health.Status.DOWN);
        assertThat(refused.lastFailure()).contains(Category.AUTHENTICATION);
        assertThat(health(builder().model("retired-tts")).lastFailure()).contains(Category.NOT_FOUND);
        assertThat(health(builder().apiKeys(List::of)).detail()).startsWith("the source of API keys gave none");
        assertThat(health(builder().apiKeys(() -> {
                            throw new IllegalStateException("secret");
                        }))
                        .detail())
                .startsWith("the source of API keys failed with a IllegalStateException")
                .doesNotContain("secret");
        assertThat(health(builder().vertex("p", "global", ApiKeySource.of(ApiKey.of("t"))))
                        .status())
                .isEqualTo(Health.Status.UNKNOWN);
    }

    private static Health health(GeminiBuilder builder) {
        try (Gemini backend = builder.build()) {
            return backend.health();
        }
    }

    @Test
    void toString_hasNoKey() {
        try (Gemini backend = builder().build()) {
            assertThat(backend).hasToString("Gemini[gemini-3.8-flash-tts]");
        }
    }
}
