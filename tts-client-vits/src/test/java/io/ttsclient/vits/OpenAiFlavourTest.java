// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static io.ttsclient.vits.Emulated.audioOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.Voice;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.vits.OpenAiFlavour;
import io.ttsclient.testkit.vits.OpenAiSpeechEmulator;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers with OpenAI's speech route do differently. */
@ExtendWith(LeakCheck.class)
class OpenAiFlavourTest {
    private static final Dialect DIALECT = Dialect.OPENAI_SPEECH;

    private static Emulated emulated(OpenAiFlavour flavour, UnaryOperator<VitsServerBuilder> settings) {
        return new Emulated(DIALECT, new OpenAiSpeechEmulator(flavour), settings);
    }

    /** As little as {@code flavour} takes: speaches has no model of OpenAI's name. */
    private static SpeechOptions least(OpenAiFlavour flavour) {
        return flavour == OpenAiFlavour.SPEACHES
                ? SpeechOptions.builder()
                        .model("speaches-ai/piper-en_US-amy-medium")
                        .build()
                : SpeechOptions.none();
    }

    private static Emulated events(String... events) {
        var body = new StringBuilder();
        for (String event : events) {
            body.append("data: ").append(event).append("\n\n");
        }
        return new Emulated(
                DIALECT,
                request -> ServerAnswer.of(200)
                        .header("Content-Type", "text/event-stream")
                        .body(body.toString())
                        .chunked(),
                builder -> builder.delivery(Delivery.EVENTS).sampleRate(24_000));
    }

    @ParameterizedTest
    @CsvSource({"3999", "192001", "-1"})
    void stream_eventsTellARateThatCannotBe_isAProtocolFailure(int rate) {
        try (Emulated emulated = events(
                "{\"type\":\"speech.audio.info\",\"sample_rate\":" + rate + "}", delta(audioOf("Hello", 24_000)))) {
            Thrown.by(Category.PROTOCOL, () -> emulated.backend.stream(TestSynthesis.of("Hello")));
        }
    }

    private static String delta(byte[] audio) {
        return "{\"type\":\"speech.audio.delta\",\"audio\":\""
                + Base64.getEncoder().encodeToString(audio) + "\"}";
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, 24000",
        "KOKORO, 24000",
        "SPEACHES, 22050",
        "LOCALAI, 16000",
        "OPENEDAI, 22050",
        "IDIAP, 22050",
        "CHATTERBOX, 24000",
        "EDGE_TTS, 24000"
    })
    void stream_asWav_speaksAtTheRateOfTheWav(OpenAiFlavour flavour, int sampleRate) {
        try (Emulated emulated = emulated(flavour, builder -> builder)) {
            try (AudioSource source = emulated.backend.stream(TestSynthesis.of("Hello", least(flavour)))) {
                assertThat(source.format()).isEqualTo(AudioFormat.linear16(sampleRate));
            }
            assertThat(emulated.speak("Hello", least(flavour))).isEqualTo(audioOf("Hello", sampleRate));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "KOKORO", "SPEACHES", "OPENEDAI", "IDIAP"})
    void stream_asSamples_speaksAtTheConfiguredRate(OpenAiFlavour flavour) {
        int rate = flavour == OpenAiFlavour.OPENAI || flavour == OpenAiFlavour.KOKORO ? 24_000 : 22_050;
        try (Emulated emulated =
                emulated(flavour, builder -> builder.delivery(Delivery.PCM).sampleRate(rate))) {
            assertThat(emulated.speak("Hello", least(flavour))).isEqualTo(audioOf("Hello", rate));
            assertThat(emulated.lastRequest().text()).contains("\"response_format\":\"pcm\"");
        }
    }

    @Test
    void stream_samplesThatAreCutInTheMiddleOfOne_areMended() {
        byte[] samples = audioOf("Hello", 24_000);
        try (Emulated emulated = new Emulated(
                DIALECT,
                request -> ServerAnswer.of(200).body(samples).chunked().inPieces(333),
                builder -> builder.delivery(Delivery.PCM).sampleRate(24_000))) {
            assertThat(emulated.speak("Hello")).isEqualTo(samples);
        }
    }

    @Test
    void stream_halfASampleAtTheEnd_isTruncated() {
        try (Emulated emulated = new Emulated(
                DIALECT,
                request -> ServerAnswer.of(200).body(new byte[501]),
                builder -> builder.delivery(Delivery.PCM).sampleRate(24_000))) {
            Thrown.by(Category.TRUNCATED, () -> emulated.speak("Hello"));
        }
    }

    @Test
    void stream_samplesWhereNoRateIsConfigured_areRefused() {
        try (Emulated emulated =
                new Emulated(DIALECT, request -> ServerAnswer.of(200).body(new byte[500]))) {
            assertThat(Thrown.by(Category.PROTOCOL, () -> emulated.speak("Hello")))
                    .hasMessageContaining("no sampleRate(...) is set");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, , 24000", // a WAV in events
        "KOKORO, , 24000", // plain bytes all the same
        "SPEACHES, 22050, 22050", // samples, whatever was asked for
        "CHATTERBOX, , 24000", // the rate comes first
        "LOCALAI, , 16000",
    })
    void stream_asEvents_speaksWhateverTheServerMakesOfIt(OpenAiFlavour flavour, Integer configured, int sampleRate) {
        try (Emulated emulated = emulated(flavour, builder -> {
            builder.delivery(Delivery.EVENTS);
            return configured == null ? builder : builder.sampleRate(configured);
        })) {
            assertThat(emulated.speak("Hello", least(flavour))).isEqualTo(audioOf("Hello", sampleRate));
            assertThat(emulated.lastRequest().text()).contains("\"stream_format\":\"sse\"");
        }
    }

    @Test
    void stream_eventsWithMp3ThatWasAskedFor_arePassedOn() {
        var mp3 = new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1);
        try (Emulated emulated = emulated(OpenAiFlavour.EDGE_TTS, builder -> builder.delivery(Delivery.EVENTS))) {
            assertThat(emulated.speak(
                            "Hello", SpeechOptions.builder().format(mp3).build()))
                    .startsWith(0xFF, 0xFB);
        }
    }

    @Test
    void stream_serverStillSendingEvents_givesWhatIsThere() {
        byte[] audio = audioOf("Hello", 24_000);
        String events = "data: " + delta(audio) + "\n\ndata: ";
        try (Emulated emulated = new Emulated(
                DIALECT,
                request -> ServerAnswer.of(200)
                        .header("Content-Type", "text/event-stream")
                        .body(events)
                        .chunked()
                        .stallAt(events.length() - 6),
                builder -> builder.delivery(Delivery.EVENTS).sampleRate(24_000))) {
            try (AudioSource source = emulated.backend.stream(TestSynthesis.of("Hello"))) {
                assertThat(source.read()).isNotNull();
            }
            emulated.server.awaitNoConnections();
        }
    }

    @Test
    void stream_serverStillSendingSamples_givesWhatIsThere() {
        try (Emulated emulated = new Emulated(
                DIALECT,
                request -> ServerAnswer.of(200)
                        .header("Content-Type", "audio/pcm")
                        .body(audioOf("Hello", 24_000))
                        .chunked()
                        .stallAt(960),
                builder -> builder.delivery(Delivery.PCM).sampleRate(24_000))) {
            try (AudioSource source = emulated.backend.stream(TestSynthesis.of("Hello"))) {
                assertThat(source.read()).isNotNull();
            }
            emulated.server.awaitNoConnections();
        }
    }

    @Test
    void stream_eventsWithMp3WhereSamplesWereWanted_areRefused() {
        try (Emulated emulated = emulated(OpenAiFlavour.EDGE_TTS, builder -> builder.delivery(Delivery.EVENTS))) {
            assertThat(Thrown.by(Category.PROTOCOL, () -> emulated.speak("Hello")))
                    .hasMessageContaining("MP3 where linear16 24000 Hz was asked for");
        }
    }

    @Test
    void stream_eventsWithoutAnEnd_areTruncated() {
        try (Emulated emulated = events(delta(audioOf("Hello", 24_000)));
                AudioSource source = emulated.backend.stream(TestSynthesis.of("Hello"))) {
            Thrown.by(Category.TRUNCATED, () -> {
                while (source.read() != null) {}
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"{\"type\":\"speech.audio.done\"}", "[DONE]"})
    void stream_eventsWithAnEnd_areWhole(String end) {
        byte[] audio = audioOf("Hello", 24_000);
        try (Emulated emulated = events(
                "{\"type\":\"news\",\"error\":null,\"x\":{\"type\":\"speech.audio.done\",\"audio\":\"AAAA\"}}",
                delta(audio),
                end)) {
            assertThat(emulated.speak("Hello")).isEqualTo(audio);
        }
    }

    @Test
    void stream_eventsWithoutAudio_areAFailure() {
        try (Emulated emulated = events("{\"type\":\"speech.audio.done\"}")) {
            Thrown.by(Category.NO_AUDIO, () -> emulated.speak("Hello"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"error\",\"error\":\"voice engine gone\"}",
                "{\"type\":\"error\",\"error\":{\"type\":\"server_error\",\"message\":\"voice engine gone\"}}",
                "{\"error\":{\"message\":\"voice engine gone\",\"type\":\"server_error\",\"code\":500}}"
            })
    void stream_errorAmongEvents_isAFailureWithItsWords(String error) {
        try (Emulated emulated = events(error)) {
            assertThat(Thrown.by(Category.UNAVAILABLE, () -> emulated.speak("Hello")))
                    .hasMessageContaining("voice engine gone");
        }
        try (Emulated emulated = events(delta(audioOf("Hello", 24_000)), error);
                AudioSource source = emulated.backend.stream(TestSynthesis.of("Hello"))) {
            TtsException failure = Thrown.by(Category.TRUNCATED, () -> {
                while (source.read() != null) {}
            });
            assertThat(failure).hasMessageContaining("voice engine gone");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"speech.audio.delta","audio":"Hello
            {"type":"speech.audio.delta","audio":"Hello!"}
            Hello there
            """)
    void stream_eventThatIsBroken_isAProtocolFailureThatDoesNotQuoteIt(String event) {
        try (Emulated emulated = events(event)) {
            TtsException failure = Thrown.by(Category.PROTOCOL, () -> emulated.speak("Hello"));
            assertThat(failure).hasMessageContaining("broken JSON or base64").hasNoCause();
            assertThat(failure.toString()).doesNotContain("Hello");
        }
    }

    @ParameterizedTest
    @CsvSource({"MP3, RAW, mp3, 0xFF", "AAC, RAW, aac, 0xFF", "FLAC, RAW, flac, 0x66", "OPUS, OGG, opus, 0x4F"})
    void stream_compressedAskedFor_isPassedOn(Encoding encoding, Container container, String name, int first) {
        var format = new AudioFormat(encoding, container, 24_000, 1);
        try (Emulated emulated = emulated(OpenAiFlavour.KOKORO, builder -> builder)) {
            byte[] audio = emulated.speak(
                    "Hello", SpeechOptions.builder().format(format).build());

            assertThat(audio).startsWith(first);
            assertThat(emulated.lastRequest().text()).contains("\"response_format\":\"" + name + "\"");
        }
    }

    @Test
    void stream_wavWhereMp3WasAskedFor_isRefused() {
        var mp3 = new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1);
        try (Emulated emulated = emulated(OpenAiFlavour.CHATTERBOX, builder -> builder)) {
            assertThat(Thrown.by(
                            Category.PROTOCOL,
                            () -> emulated.speak(
                                    "Hello", SpeechOptions.builder().format(mp3).build())))
                    .hasMessageContaining("WAV where mp3 24000 Hz was asked for");
        }
    }

    @Test
    void refusal_ofALongTextByChatterbox_isInvalidWithTheServersWords() {
        try (Emulated emulated = emulated(OpenAiFlavour.CHATTERBOX, builder -> builder)) {
            assertThat(Thrown.by(Category.INVALID_REQUEST, () -> emulated.speak("word ".repeat(700))))
                    .hasMessageContaining("at most 3000 characters");
        }
    }

    @Test
    void model_stillLoading_isUnavailableAndMayBeAskedAgain() {
        try (Emulated emulated = emulated(OpenAiFlavour.LOCALAI, builder -> builder)) {
            TtsException failure = Thrown.by(
                    Category.UNAVAILABLE,
                    () -> emulated.speak(
                            "Hello", SpeechOptions.builder().model("loading").build()));
            assertThat(failure).hasMessageContaining("answered 503").hasMessageContaining("model is loading");
            assertThat(failure.retryable()).isTrue();
        }
    }

    @Test
    void stream_samplesAskedOfLocalAi_areAWavAllTheSame() {
        try (Emulated emulated = emulated(
                OpenAiFlavour.LOCALAI, builder -> builder.delivery(Delivery.PCM).sampleRate(24_000))) {
            assertThat(emulated.speak("Hello")).isEqualTo(audioOf("Hello", 16_000));
        }
    }

    @Test
    void stream_errorAsAnEvent_isAFailureWithItsWords() {
        try (Emulated emulated = emulated(OpenAiFlavour.EDGE_TTS, builder -> builder.delivery(Delivery.EVENTS))) {
            assertThat(Thrown.by(
                            Category.UNAVAILABLE, () -> emulated.speak("Hello", SpeechOptions.voice("no-such-voice"))))
                    .hasMessageContaining("no such voice");
        }
    }

    @Test
    void stream_mp4WhereAacWasAskedFor_isRefused() {
        var aac = new AudioFormat(Encoding.AAC, Container.RAW, 24_000, 1);
        try (Emulated emulated = emulated(OpenAiFlavour.IDIAP, builder -> builder)) {
            Thrown.by(
                    Category.PROTOCOL,
                    () -> emulated.speak(
                            "Hello", SpeechOptions.builder().format(aac).build()));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            OPENAI   | Voice 'no-such-voice' not found
            KOKORO   | Voice 'no-such-voice' not found
            OPENEDAI | Error loading voice: no-such-voice, KeyError: 'no-such-voice'
            EDGE_TTS | Voice 'no-such-voice' not found
            """)
    void refusal_inEveryShape_isInvalidWithTheServersWords(OpenAiFlavour flavour, String words) {
        try (Emulated emulated = emulated(flavour, builder -> builder)) {
            assertThat(Thrown.by(
                            Category.INVALID_REQUEST,
                            () -> emulated.speak("Hello", SpeechOptions.voice("no-such-voice"))))
                    .hasMessageContaining(words);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "SPEACHES", "LOCALAI", "EDGE_TTS"})
    void key_wrongWhateverTheStatus_isAuthentication(OpenAiFlavour flavour) {
        var emulator = new OpenAiSpeechEmulator(flavour, "sk-right");
        try (Emulated emulated = new Emulated(DIALECT, emulator, builder -> builder.apiKey("sk-wrong-0123456"))) {
            TtsException failure = Thrown.by(Category.AUTHENTICATION, () -> emulated.speak("Hello"));
            assertThat(failure.toString()).doesNotContain("sk-wrong-0123456");
        }
        try (Emulated emulated = new Emulated(DIALECT, emulator, builder -> builder.apiKey("sk-right"))) {
            assertThat(emulated.speak("Hello", least(flavour))).isNotEmpty();
        }
    }

    @Test
    void key_theServerWantsItForItsListsToo_isSentWithThem() {
        var emulator = new OpenAiSpeechEmulator(OpenAiFlavour.SPEACHES, "sk-right");
        try (Emulated emulated = new Emulated(DIALECT, emulator, builder -> builder.apiKey("sk-right"))) {
            assertThat(emulated.backend.voices()).isNotEmpty();
        }
        try (Emulated emulated = new Emulated(DIALECT, emulator)) {
            Thrown.by(Category.AUTHENTICATION, emulated.backend::voices);
            assertThat(emulated.backend.health().status()).isEqualTo(Health.Status.UP);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such", "tts-1"})
    void model_notInstalled_isNotFound(String model) {
        try (Emulated emulated = emulated(OpenAiFlavour.SPEACHES, builder -> builder)) {
            assertThat(Thrown.by(
                            Category.NOT_FOUND,
                            () -> emulated.speak(
                                    "Hello",
                                    SpeechOptions.builder().model(model).build())))
                    .hasMessageContaining("not installed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "KOKORO, af_heart, ''",
        "SPEACHES, amy, en-US",
        "CHATTERBOX, alice, ''",
        "EDGE_TTS, en-US-AvaNeural, en-US"
    })
    void voices_inEveryShape_areListed(OpenAiFlavour flavour, String id, String language) {
        try (Emulated emulated = emulated(flavour, builder -> builder)) {
            Voice first = emulated.backend.voices().get(0);
            assertThat(first.id()).isEqualTo(id);
            assertThat(String.join(",", first.languages())).isEqualTo(language);
        }
    }

    @Test
    void voice_notOnTheListThatIsKnown_isAWarning() {
        try (Emulated emulated = emulated(OpenAiFlavour.CHATTERBOX, builder -> builder)) {
            assertThat(warningsOf(emulated, "alloy")).isEmpty(); // nobody knows yet

            emulated.backend.voices();
            assertThat(warningsOf(emulated, "alice")).isEmpty();
            assertThat(warningsOf(emulated, "alloy"))
                    .containsExactly("voice not on the server's list: it may have spoken with another one");
            assertThat(emulated.lastRequest().text()).contains("\"voice\":\"alloy\"");
        }
    }

    private static List<String> warningsOf(Emulated emulated, String voice) {
        Synthesis synthesis = TestSynthesis.of("a", SpeechOptions.voice(voice));
        emulated.speak(synthesis);
        return synthesis.journal().report().warnings();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "~/me.wav",
                "\\\\server\\share",
                "C:\\voices\\me.wav",
                "file:///me.wav",
                "..",
                "../me",
                "voices/../me",
                "voices/me.wav",
                "voices\\me.PTH"
            })
    void voiceOrModel_thatWouldBeAFileOfTheServer_isRefusedHere(String path) {
        try (Emulated emulated = emulated(OpenAiFlavour.IDIAP, builder -> builder)) {
            for (SpeechOptions options : List.of(
                    SpeechOptions.voice(path),
                    SpeechOptions.builder().model(path).build())) {
                assertThat(Thrown.by(Category.INVALID_REQUEST, () -> emulated.speak("a", options)))
                        .hasMessageContaining("looks like a file on the server, allowed names");
            }
            assertThat(emulated.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "af_heart",
                "a(2)+b(1)",
                "localai://voice-profiles/alice",
                "speaches-ai/piper-en_US-amy-low",
                "v1.0",
                "female_01.wav",
                "Ana Florence"
            })
    void voice_thatIsAName_isSent(String name) {
        try (Emulated emulated = emulated(OpenAiFlavour.LOCALAI, builder -> builder)) {
            emulated.speak("a", SpeechOptions.voice(name));

            assertThat(emulated.lastRequest().text()).contains("\"voice\":\"" + name + "\"");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "LOCALAI", "OPENEDAI", "IDIAP"})
    void voices_whereThereIsNoList_areNone(OpenAiFlavour flavour) {
        try (Emulated emulated = emulated(flavour, builder -> builder)) {
            assertThat(emulated.backend.voices()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PCM, , sampleRate: not set",
        "PCM, 3999, 'sampleRate: 3999 Hz, allowed 4000 to 192000'",
    })
    void build_deliveryThatLacksSomething_isRefused(Delivery delivery, Integer rate, String message) {
        assertThat(Thrown.by(Category.INVALID_REQUEST, () -> {
                    VitsServerBuilder builder = VitsServer.builder()
                            .baseUrl("http://localhost")
                            .dialect(DIALECT)
                            .delivery(delivery);
                    (rate == null ? builder : builder.sampleRate(rate)).build();
                }))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @EnumSource(names = {"PCM", "EVENTS"})
    void build_deliveryThatTheDialectHasNot_isRefused(Delivery delivery) {
        assertThat(Thrown.by(
                        Category.INVALID_REQUEST,
                        () -> VitsServer.builder()
                                .baseUrl("http://localhost")
                                .dialect(Dialect.PIPER)
                                .delivery(delivery)
                                .build()))
                .hasMessageContaining("delivery: " + delivery + ", which piper servers do not send");
    }
}
