// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static io.ttsclient.vits.Emulated.audioOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.VirtualTime;
import io.ttsclient.testkit.vits.MeloTtsEmulator;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakCheck.class)
class MeloTtsTest {
    private static final int PIECE = 8_192;

    private static Emulated emulated() {
        return new Emulated(Dialect.MELO_TTS, new MeloTtsEmulator());
    }

    @Test
    void stream_plainText_speaksAt44100() {
        try (Emulated emulated = emulated()) {
            assertThat(emulated.speak("Hello")).isEqualTo(audioOf("Hello", 44_100));
            assertThat(emulated.asked()).containsExactly("POST /synthesize/stream");
            assertThat(emulated.lastRequest().text()).isEqualTo("{\"text\":\"Hello\",\"language\":\"EN\"}");
        }
    }

    @Test
    void stream_serverWithoutAStream_isAskedForAllAtOnce() {
        var melo = new MeloTtsEmulator();
        LoopbackServer.Handler older =
                request -> request.path().endsWith("/stream") ? ServerAnswer.of(404) : melo.answer(request);
        try (Emulated emulated = new Emulated(Dialect.MELO_TTS, older)) {
            assertThat(emulated.speak("Hello")).isEqualTo(audioOf("Hello", 44_100));
            assertThat(emulated.speak("Hello")).isEqualTo(audioOf("Hello", 44_100));
            assertThat(emulated.asked())
                    .containsExactly("POST /synthesize/stream", "POST /synthesize", "POST /synthesize");
        }
    }

    @Test
    void voice_ofAnotherLanguageThanTheList_isSentAllTheSame() {
        Synthesis synthesis = TestSynthesis.of(
                "a", SpeechOptions.builder().voice("ZH").language("zh").build());
        try (Emulated emulated = emulated()) {
            emulated.backend.voices();
            emulated.speak(synthesis);

            assertThat(emulated.lastRequest().text()).contains("\"speaker\":\"ZH\"");
            assertThat(synthesis.journal().report().warnings()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"en-GB, EN", "es, ES", "fr-CA, FR", "zh-Hans, ZH", "ja, JP", "ko-KR, KR"})
    void language_ofTheSix_isWhatMeloCallsIt(String tag, String code) {
        try (Emulated emulated = emulated()) {
            emulated.speak("a", SpeechOptions.builder().language(tag).build());

            assertThat(emulated.lastRequest().text()).contains("\"language\":\"" + code + "\"");
        }
    }

    @Test
    void language_ofNoneOfThem_isRefusedHere() {
        try (Emulated emulated = emulated()) {
            assertThat(Thrown.by(
                            Category.UNSUPPORTED,
                            () -> emulated.speak(
                                    "a", SpeechOptions.builder().language("vi").build())))
                    .hasMessageContaining("allowed [en, es, fr, zh, ja, ko]");
            assertThat(emulated.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"0.5", "2"})
    void speed_atItsLimits_isSent(double speed) {
        try (Emulated emulated = emulated()) {
            emulated.speak("a", SpeechOptions.builder().speed(speed).build());

            assertThat(emulated.lastRequest().text()).contains("\"speed\":" + speed);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.49", "2.01"})
    void speed_beyondItsLimits_isRefusedHere(double speed) {
        try (Emulated emulated = emulated()) {
            assertThat(Thrown.by(
                            Category.INVALID_REQUEST,
                            () -> emulated.speak(
                                    "a", SpeechOptions.builder().speed(speed).build())))
                    .hasMessageContaining("allowed 0.5 to 2.0 for melo-tts");
            assertThat(emulated.asked()).isEmpty();
        }
    }

    @Test
    void voice_unknown_isTheServersRefusal() {
        try (Emulated emulated = emulated()) {
            assertThat(Thrown.by(Category.INVALID_REQUEST, () -> emulated.speak("a", SpeechOptions.voice("EN-IN"))))
                    .hasMessageContaining("Available speakers");
        }
    }

    @Test
    void stream_failureInTheMiddle_isTruncated() {
        byte[] wav = Wav.saying("Hello", AudioFormat.linear16(44_100));
        try (Emulated emulated = new Emulated(
                        Dialect.MELO_TTS,
                        request -> ServerAnswer.of(200)
                                .body(wav)
                                .chunked()
                                .inPieces(1_000)
                                .cutAt(2_000));
                AudioSource source = emulated.backend.stream(TestSynthesis.of("Hello"))) {
            TtsException failure = Thrown.by(Category.TRUNCATED, () -> {
                while (source.read() != null) {}
            });
            assertThat(failure.backend()).contains("test");
        }
    }

    @Test
    void stream_serverThatRestsBetweenPieces_givesEachAsItComes() {
        var time = new VirtualTime();
        try (Emulated emulated = new Emulated(Dialect.MELO_TTS, new MeloTtsEmulator(time));
                AudioSource source = emulated.backend.stream(TestSynthesis.of("Two pieces of it."))) {
            assertThat(read(source, PIECE - 44)).isEqualTo(PIECE - 44);
            rest(time);
            int left = audioOf("Two pieces of it.", 44_100).length - (PIECE - 44);
            assertThat(read(source, left)).isBetween(1, PIECE).isEqualTo(left);
            rest(time);
            assertThat(source.read()).isNull();
        }
    }

    /** How many bytes come until there are at least so many. */
    private static int read(AudioSource source, int bytes) {
        int read = 0;
        while (read < bytes) {
            read += Objects.requireNonNull(source.read()).size();
        }
        return read;
    }

    private static void rest(VirtualTime time) {
        time.awaitSleeping(1);
        time.advance(Duration.ofMillis(10));
    }

    @Test
    void health_neverAsksForVoices() {
        try (Emulated emulated = emulated()) {
            emulated.backend.health();

            assertThat(emulated.asked()).containsExactly("GET /health");
        }
    }
}
