// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.error.Category;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.Voice;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.ServerAnswer;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Dialects that a user writes. */
@ExtendWith(LeakCheck.class)
class OwnDialectTest {
    private static final AudioFormat MADE = AudioFormat.linear16(22_050);

    @Test
    void dialect_ofStyleBertVits2_speaks() {
        // @start region="dialect"
        Dialect styleBertVits2 = Dialect.builder("style-bert-vits2")
                .route(Route.get("voice")
                        .with("text", Value.TEXT)
                        .with("speaker_name", Value.VOICE)
                        .with("length", Value.SPEED)
                        .with("auto_split", Value.always(true)))
                .sampleRate(44_100)
                .maxCodePoints(100)
                .speed(Speed.length(0.5, 2))
                .health("status")
                .build();
        // @end
        byte[] wav = Wav.saying("Hello", AudioFormat.linear16(44_100));
        try (Emulated emulated =
                new Emulated(styleBertVits2, request -> ServerAnswer.of(200).body(wav))) {
            emulated.speak(
                    "Hello", SpeechOptions.builder().voice("Amitaro").speed(2).build());

            assertThat(emulated.asked())
                    .containsExactly("GET /voice?text=Hello&speaker_name=Amitaro&length=0.5&auto_split=true");
            Thrown.by(Category.INVALID_REQUEST, () -> emulated.speak("a".repeat(101)));
        }
    }

    @Test
    void dialect_withBase64InJson_speaks() {
        Dialect own = Dialect.builder("base64")
                .route(Route.postJson("synthesize").with("text", Value.TEXT).base64In("audio_content"))
                .voices("speakers")
                .build();
        String audio = Base64.getEncoder().encodeToString(Wav.saying("Hello", MADE));
        try (Emulated emulated = new Emulated(
                own,
                request -> ServerAnswer.of(200)
                        .header("Content-Type", "application/json")
                        .body(
                                request.path().equals("/speakers")
                                        ? "{\"speakers\":[\"EN-US\"],\"total\":1}"
                                        : "{\"audio_content\":\"" + audio + "\",\"format\":\"wav\"}"))) {
            assertThat(emulated.speak("Hello")).isEqualTo(Emulated.audioOf("Hello", 22_050));
            assertThat(emulated.backend.voices()).extracting(Voice::id).containsExactly("EN-US");
        }
    }

    @Test
    void dialect_withMp3InBase64_passesItOnWhereItWasAskedForAndRefusesItOtherwise() {
        Dialect own = Dialect.builder("base64")
                .route(Route.postJson("synthesize")
                        .with("text", Value.TEXT)
                        .with("format", Value.ENCODING)
                        .base64In("audio_content"))
                .encoding(Encoding.LINEAR16, Container.RAW, "wav")
                .encoding(Encoding.MP3, Container.RAW, "mp3")
                .build();
        byte[] mp3 = {(byte) 0xFF, (byte) 0xFB, (byte) 0x90, 'd', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        ServerAnswer answer = ServerAnswer.of(200)
                .header("Content-Type", "application/json")
                .body("{\"audio_content\":\"" + Base64.getEncoder().encodeToString(mp3) + "\"}");
        try (Emulated emulated = new Emulated(own, request -> answer)) {
            var format = new AudioFormat(Encoding.MP3, Container.RAW, 22_050, 1);
            assertThat(emulated.speak(
                            "Hello", SpeechOptions.builder().format(format).build()))
                    .isEqualTo(mp3);
            assertThat(Thrown.by(Category.PROTOCOL, () -> emulated.speak("Hello")))
                    .hasMessageContaining("MP3 where linear16 22050 Hz was asked for");
        }
    }

    @Test
    void dialect_withBase64ThatIsNotThere_isAProtocolFailure() {
        Dialect own = Dialect.builder("base64")
                .route(Route.postJson("synthesize").with("text", Value.TEXT).base64In("audio_content"))
                .build();
        for (String body :
                new String[] {"{\"error\":\"Hello\"}", "{\"audio_content\":7}", "{\"audio_content\":\"Hel"}) {
            try (Emulated emulated = new Emulated(
                    own,
                    request -> ServerAnswer.of(200)
                            .header("Content-Type", "application/json")
                            .body(body))) {
                assertThat(Thrown.by(Category.PROTOCOL, () -> emulated.speak("Hello"))
                                .toString())
                        .doesNotContain("Hel");
            }
        }
    }

    @Test
    void dialect_withRefusalsOfItsOwn_hasThem() {
        Dialect own = Dialect.builder("own")
                .route(Route.postText("say"))
                .refusal(409, Category.OVERLOADED)
                .badInput(500, "too rude")
                .maybeBadInput(502)
                .build();
        try (Emulated emulated = new Emulated(own, request -> ServerAnswer.of(200))) {
            emulated.server.enqueue(
                    ServerAnswer.of(409),
                    ServerAnswer.of(500).body("Too rude for me"),
                    ServerAnswer.of(500),
                    ServerAnswer.of(502));

            Thrown.by(Category.OVERLOADED, () -> emulated.speak("a"));
            Thrown.by(Category.INVALID_REQUEST, () -> emulated.speak("a"));
            assertThat(Thrown.by(Category.UNAVAILABLE, () -> emulated.speak("a"))
                            .retryable())
                    .isTrue();
            assertThat(Thrown.by(Category.UNAVAILABLE, () -> emulated.speak("a"))
                            .retryable())
                    .isFalse();
        }
    }

    @Test
    void build_nonsense_isRefused() {
        assertThatIllegalStateException().isThrownBy(() -> Dialect.builder("a").build());
        assertThatIllegalArgumentException().isThrownBy(() -> Dialect.builder("A b"));
        assertThatIllegalArgumentException().isThrownBy(() -> Value.always(new Object()));
        assertThatIllegalArgumentException().isThrownBy(() -> Speed.factor(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Speed.length(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Speed.labels(Map.of()));
    }

    @Test
    void named_everyBuiltInOne_isFoundByItsName() {
        assertThat(Dialect.builtIn())
                .extracting(Dialect::name)
                .containsExactly(
                        "vits-tts-vietnamese", "melo-tts", "piper", "vits-simple-api", "openai-speech", "coqui");
        for (Dialect dialect : Dialect.builtIn()) {
            assertThat(Dialect.named(dialect.name())).isSameAs(dialect);
        }
    }
}
