// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.VirtualTime;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.HttpError;
import io.ttsclient.transport.HttpRequest;
import io.ttsclient.transport.HttpResponse;
import io.ttsclient.transport.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class GeminiEmulatorTest {
    private static final String V38 = "/v1beta/models/gemini-3.8-flash-tts:generateContent";
    private static final String V31 = "/v1beta/models/gemini-3.1-flash-tts-preview:generateContent";
    private static final String V25 = "/v1beta/models/gemini-2.5-flash-preview-tts:generateContent";
    private static final String VERTEX =
            "/v1/projects/p/locations/global/publishers/google/models/gemini-3.8-flash-tts:generateContent";

    private static final String AUDIO = "\"responseModalities\":[\"AUDIO\"]";
    private static final String KORE =
            "\"speechConfig\":{\"voiceConfig\":{\"prebuiltVoiceConfig\":{\"voiceName\":\"Kore\"}}}";

    private final GeminiEmulator emulator = GeminiEmulator.start();
    private final Transport transport = Transport.builder().build();

    @AfterEach
    void close() {
        transport.close();
        emulator.close();
    }

    private static String body(String part, String config) {
        return "{\"contents\":[{\"parts\":[{" + part + "}]}],\"generationConfig\":{" + config + "}}";
    }

    private HttpResponse ask(String path, String body) {
        boolean vertex = path.startsWith("/v1/");
        HttpRequest.Builder request = HttpRequest.post(emulator.url() + path, "application/json", body);
        return transport.execute(
                TestSynthesis.of("Hello."),
                (vertex
                                ? request.credential("Authorization", "Bearer ", ApiKey.of(GeminiEmulator.KEY))
                                : request.credential("x-goog-api-key", "", ApiKey.of(GeminiEmulator.KEY)))
                        .build());
    }

    private static String read(HttpResponse response) throws IOException {
        try (response) {
            return new String(response.asInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void emulator_scripted_speaksAndFails() throws IOException {
        String request = body("\"text\":\"Hello.\"", AUDIO + "," + KORE);
        // @start region="emulator"
        emulator.enqueue(
                GeminiReply.speak(),
                GeminiReply.refuse(GeminiFailure.PER_DAY_FREE),
                GeminiReply.speak().upTo(9_600).finish("OTHER"));
        // @end
        byte[] audio = GeminiEmulator.audioOf("Hello.", AudioFormat.linear16(24_000));

        assertThat(read(ask(V25, request)))
                .contains(Base64.getEncoder().encodeToString(audio), "\"finishReason\":\"STOP\"");
        assertThat(ask(V25, request).status()).isEqualTo(429);
        assertThat(read(ask(V25, request))).contains("\"finishReason\":\"OTHER\"");
        assertThat(emulator.requests()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        V38 + ", '\"topP\":1', Unknown name \"topP\"",
        V38 + ", '\"temperature\":1', Unknown name \"temperature\"",
        V38 + ", '\"candidateCount\":1', Unknown name \"candidateCount\"",
        V38 + ", '\"responseFormat\":[{\"audio\":{\"mimeType\":\"AUDIO_L16\"}}]', Invalid value",
        V38 + ", '\"responseFormat\":{\"audio\":{\"mimeType\":\"AUDIO_MP3\"}}', Invalid value",
        VERTEX + ", '\"responseFormat\":{\"audio\":{\"mimeType\":\"AUDIO_L16\"}}', Invalid value",
        V31 + ", '\"responseFormat\":{\"audio\":{\"mimeType\":\"AUDIO_L16\"}}', Unknown name \"responseFormat\"",
        V31 + ", '', Request contains an invalid argument",
        V31 + ", '\"speechConfig\":{\"voiceConfig\":{\"voice\":\"Kore\"}}', Unknown name \"voice\"",
        V25
                + ", '\"speechConfig\":{\"voiceConfig\":{\"prebuiltVoiceConfig\":{\"voiceName\":\"Nobody\"}}}', not"
                + " supported",
        V38 + ", '\"speechConfig\":{\"voiceConfig\":{\"voice\":\"Kore\"},\"multiSpeakerVoiceConfig\":{}}', Exactly one",
        V38 + ", '\"speechConfig\":{\"multiSpeakerVoiceConfig\":{\"speakerVoiceConfigs\":[]}}', expected 2",
    })
    void answer_configThatAFamilyRejects_is400(String path, String config, String message) {
        HttpError error = ask(path, body("\"text\":\"Hi\"", AUDIO + (config.isEmpty() ? "" : "," + config)))
                .error();

        assertThat(error.status()).isEqualTo(400);
        assertThat(String.join("", error.values("message"))).contains(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "nonsense",
                "{\"contents\":[],\"generationConfig\":{}}",
                "{\"contents\":[{\"parts\":[]}],\"generationConfig\":{\"responseModalities\":[\"AUDIO\"]}}",
                "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],\"generationConfig\":{\"responseModalities\":[\"TEXT\"]}}",
                "{\"contents\":[{\"parts\":[{\"text\":\""
                        + " \"}]}],\"generationConfig\":{\"responseModalities\":[\"AUDIO\"]}}",
                "{\"contents\":[{\"parts\":[{\"text\":1}]}],\"generationConfig\":{\"responseModalities\":[\"AUDIO\"]}}",
                "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"text\":\"Hi\"}]}],\"generationConfig\":{\"responseModalities\":[\"AUDIO\"]}}",
                "{\"systemInstruction\":{},\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],\"generationConfig\":{\"responseModalities\":[\"AUDIO\"]}}",
                "{\"contents\":[{\"parts\":[{\"text\":\"Hi\",\"speechMetadata\":{\"speaker\":\"Joe\"}}]}],"
                        + "\"generationConfig\":{\"responseModalities\":[\"AUDIO\"],\"speechConfig\":{\"voiceConfig\":{\"voice\":\"Kore\"}}}}",
            })
    void answer_requestThatIsNone_is400(String body) {
        assertThat(ask(V38, body).error().status()).isEqualTo(400);
        assertThat(emulator.requests()).isEmpty();
    }

    @Test
    void answer_38WithoutAFormat_isAWav() throws IOException {
        String answer = read(
                ask(V38, body("\"text\":\"Hi\"", AUDIO + ",\"speechConfig\":{\"voiceConfig\":{\"voice\":\"Kore\"}}")));

        assertThat(answer).contains("\"mimeType\":\"audio/wav\",\"data\":\"UklGR");
    }

    @Test
    void answer_textBeyondWhatAModelCanSpeak_isCutAndSaysSo() throws IOException {
        String minute = body("\"text\":\"" + "word ".repeat(200) + "\"", AUDIO + "," + KORE);
        String quarterOfAnHour = body("\"text\":\"" + "word ".repeat(2_000) + "\"", AUDIO + "," + KORE);

        assertThat(read(ask(stream(V31), minute))).contains("\"finishReason\":\"OTHER\"");
        assertThat(read(ask(V31, minute))).contains("\"finishReason\":\"STOP\"");
        assertThat(read(ask(stream(V38), minute))).contains("\"finishReason\":\"STOP\"");
        assertThat(read(ask(V31, quarterOfAnHour))).contains("\"finishReason\":\"MAX_TOKENS\"");
    }

    @Test
    void answer_streamOf25_isOneEventWithAllOfTheAudio() throws IOException {
        String request = body("\"text\":\"How do you do, and what is your name?\"", AUDIO + "," + KORE);

        assertThat(read(ask(stream(V25), request)).split("inlineData", -1)).hasSize(2);
        assertThat(read(ask(stream(V31), request)).split("inlineData", -1)).hasSizeGreaterThan(2);
    }

    private static String stream(String path) {
        return path.replace(":generateContent", ":streamGenerateContent?alt=sse");
    }

    @Test
    void answer_25WithoutAVoice_speaks() {
        assertThat(ask(V25, body("\"text\":\"Hi\"", AUDIO)).status()).isEqualTo(200);
        assertThat(ask(V25, body("\"text\":\"Hi\"", AUDIO + ",\"speechConfig\":{}"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void answer_wrongKey_is400AndOnVertex401() {
        emulator.acceptKey("x");
        HttpRequest wrong = HttpRequest.post(emulator.url() + V25, "application/json", "{}")
                .credential("x-goog-api-key", "", ApiKey.of("wrong"))
                .build();
        assertThat(transport.execute(TestSynthesis.of("Hi."), wrong).error().values("reason"))
                .containsExactly("API_KEY_INVALID");
        HttpRequest none = HttpRequest.post(emulator.url() + VERTEX, "application/json", "{}")
                .build();
        assertThat(transport.execute(TestSynthesis.of("Hi."), none).error().status())
                .isEqualTo(401);
        HttpRequest noBearer = HttpRequest.post(emulator.url() + VERTEX, "application/json", "{}")
                .credential("Authorization", "", ApiKey.of(GeminiEmulator.KEY))
                .build();
        assertThat(transport.execute(TestSynthesis.of("Hi."), noBearer).error().status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1beta/models/gpt-tts:generateContent, 404",
        "/v1beta/models/gemini-3.8-flash-tts:countTokens, 501",
        "/v1beta/models/gemini-3.8-flash-tts:streamGenerateContent, 501",
        "/v1beta/voices, 404",
    })
    void answer_anotherPath_isRefused(String path, int status) {
        assertThat(ask(path, "{}").status()).isEqualTo(status);
    }

    @Test
    void trickle_onAClock_sendsStepByStep() throws Exception {
        var time = new VirtualTime();
        emulator.always(GeminiReply.speak().trickle(1_000, time));
        try (HttpResponse response = ask(V25, body("\"text\":\"Hi\"", AUDIO))) {
            byte[] step = new byte[20];
            assertThat(response.asInputStream().readNBytes(step, 0, 20)).isEqualTo(20);
            time.awaitSleeping(1);
            assertThat(response.asInputStream().available()).isZero();

            time.advance(Duration.ofMillis(20));

            assertThat(response.asInputStream().readNBytes(step, 0, 20)).isEqualTo(20);
        }
    }

    @Test
    void toString_says_whereItIs() {
        assertThat(emulator.toString()).startsWith("GeminiEmulator[LoopbackServer[port ");
    }
}
