// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static io.ttsclient.vits.Emulated.audioOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Health;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.Voice;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.VirtualTime;
import io.ttsclient.testkit.vits.PiperEmulator;
import io.ttsclient.testkit.vits.PiperEmulator.Version;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class PiperTest {
    private static Emulated emulated(Version version) {
        return new Emulated(Dialect.PIPER, new PiperEmulator(version));
    }

    @ParameterizedTest
    @EnumSource
    void stream_everyVersion_speaksTheTextAndNotJson(Version version) {
        try (Emulated emulated = emulated(version)) {
            assertThat(emulated.speak("Hello.")).isEqualTo(audioOf("Hello.", 22_050));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            V1_5   | POST /synthesize                             | POST /synthesize
            V1_3   | POST /synthesize; GET /voices; POST /        | POST /
            LEGACY | POST /synthesize; GET /voices; POST /        | POST /
            """)
    void stream_again_asksAsItWorkedBefore(Version version, String first, String second) {
        try (Emulated emulated = emulated(version)) {
            emulated.speak("a");
            assertThat(emulated.asked()).containsExactly(first.split("; "));

            emulated.speak("a");
            assertThat(emulated.asked().stream().skip(first.split("; ").length)).containsExactly(second);
        }
    }

    @Test
    void stream_voiceAndSpeed_areSentAsPiperCallsThem() {
        try (Emulated emulated = emulated(Version.V1_5)) {
            emulated.speak(
                    "a",
                    SpeechOptions.builder().voice("en_US-amy-medium").speed(2).build());

            assertThat(emulated.lastRequest().text())
                    .isEqualTo("{\"text\":\"a\",\"voice\":\"en_US-amy-medium\",\"length_scale\":0.5}");
        }
    }

    @ParameterizedTest
    @CsvSource({"500, UNAVAILABLE", "503, UNAVAILABLE", "401, AUTHENTICATION", "429, RATE_LIMIT", "302, PROTOCOL"})
    void stream_whetherItIsLegacyCannotBeTold_isAFailureAndNoTextIsSent(int status, Category category) {
        try (Emulated emulated = new Emulated(
                Dialect.PIPER, request -> ServerAnswer.of(request.path().equals("/voices") ? status : 404))) {
            Thrown.by(category, () -> emulated.speak("a"));

            assertThat(emulated.asked()).containsExactly("POST /synthesize", "GET /voices");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405})
    void stream_otherRouteOrMethod_asksForTheVoices(int status) {
        var piper = new PiperEmulator(Version.V1_3);
        LoopbackServer.Handler handler =
                request -> request.path().equals("/synthesize") ? ServerAnswer.of(status) : piper.answer(request);
        try (Emulated emulated = new Emulated(Dialect.PIPER, handler)) {
            assertThat(emulated.speak("Hello.")).isEqualTo(audioOf("Hello.", 22_050));

            assertThat(emulated.asked()).containsExactly("POST /synthesize", "GET /voices", "POST /");
        }
    }

    @Test
    void stream_failureOfTheServer_neverSwitchesTheRoute() {
        try (Emulated emulated = new Emulated(Dialect.PIPER, request -> ServerAnswer.of(500))) {
            Thrown.by(Category.UNAVAILABLE, () -> emulated.speak("a"));

            assertThat(emulated.asked()).containsExactly("POST /synthesize");
        }
    }

    @Test
    void stream_legacyWithAVoiceOrASpeed_isRefusedBeforeTheTextIsSent() {
        try (Emulated emulated = emulated(Version.LEGACY)) {
            assertThat(Thrown.by(Category.NOT_FOUND, () -> emulated.speak("a", SpeechOptions.voice("amy"))))
                    .hasMessageContaining("voice: 'amy', this generation of piper has one voice");
            assertThat(Thrown.by(
                            Category.INVALID_REQUEST,
                            () -> emulated.speak(
                                    "a", SpeechOptions.builder().speed(2).build())))
                    .hasMessageContaining("speed: this generation of piper speaks at one only, allowed 1.0");
            assertThat(emulated.asked()).doesNotContain("POST /");

            assertThat(emulated.speak("a", SpeechOptions.builder().speed(1).build()))
                    .isEqualTo(audioOf("a", 22_050));
        }
    }

    @Test
    void stream_legacy_getsTheBareText() {
        try (Emulated emulated = emulated(Version.LEGACY)) {
            emulated.speak("\u201cHi\u201d");

            assertThat(emulated.lastRequest().text()).isEqualTo("\u201cHi\u201d");
            assertThat(emulated.lastRequest().header("Content-Type")).contains("text/plain; charset=utf-8");
        }
    }

    @Test
    void stream_page500_mayBeTheTextSoItIsNotRetried() {
        try (Emulated emulated = new Emulated(
                Dialect.PIPER,
                request -> ServerAnswer.of(500)
                        .header("Content-Type", "text/html; charset=utf-8")
                        .body(
                                "<!doctype html>\n<title>500 Internal Server Error</title>\n<h1>Internal Server Error</h1>"))) {
            var failure = Thrown.by(Category.UNAVAILABLE, () -> emulated.speak("a"));

            assertThat(failure.retryable()).isFalse();
            assertThat(failure).hasMessageContaining("answered 500: Internal Server Error [");
            assertThat(emulated.asked()).hasSize(1);
        }
    }

    @Test
    void voice_listNotAskedFor_isAWarning() {
        Synthesis synthesis = TestSynthesis.of("a", SpeechOptions.voice("no-such-voice"));
        try (Emulated emulated = emulated(Version.V1_5)) {
            emulated.speak(synthesis);

            assertThat(synthesis.journal().report().warnings())
                    .singleElement()
                    .asString()
                    .startsWith("voice not checked");
        }
    }

    @Test
    void voice_listedLongAgo_isAWarningAgain() {
        var time = new VirtualTime();
        try (Emulated emulated =
                new Emulated(Dialect.PIPER, new PiperEmulator(Version.V1_5), builder -> builder.time(time))) {
            emulated.backend.voices();
            assertThat(warningsOf(emulated, "en_US-amy-medium")).isEmpty();

            time.advance(VoiceCatalogue.COUNTS);
            assertThat(warningsOf(emulated, "en_US-amy-medium")).hasSize(1);
        }
    }

    private static List<String> warningsOf(Emulated emulated, String voice) {
        Synthesis synthesis = TestSynthesis.of("a", SpeechOptions.voice(voice));
        emulated.speak(synthesis);
        return synthesis.journal().report().warnings();
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "nothing"})
    void voice_listThatCannotBeHadAgain_isAWarningAndSpeaksAllTheSame(String failure) {
        try (Emulated emulated = emulated(Version.V1_5)) {
            emulated.backend.voices();
            emulated.server.enqueue(
                    failure.equals("500")
                            ? ServerAnswer.of(500)
                            : ServerAnswer.of(200).body("{}"));

            assertThat(warningsOf(emulated, "new-voice"))
                    .containsExactly("voice not checked: the server did not list its voices");
        }
    }

    @Test
    void voice_notOnTheList_isLookedUpOnceMoreAndRefused() {
        try (Emulated emulated = emulated(Version.V1_5)) {
            List<String> ids = emulated.backend.voices().stream().map(Voice::id).toList();
            assertThat(ids).containsExactly("en_US-amy-medium", "en_US-joh");

            Thrown.by(Category.NOT_FOUND, () -> emulated.speak("a", SpeechOptions.voice("no-such-voice")));
            assertThat(emulated.asked()).containsExactly("GET /voices", "GET /voices");

            // The list cuts the end off the name of this one, which is there.
            emulated.speak("a", SpeechOptions.voice("en_US-john"));
            assertThat(emulated.lastRequest().text()).contains("en_US-john");
        }
    }

    @Test
    void health_infoWithAnothersText_doesNotShowIt() {
        try (Emulated emulated = emulated(Version.V1_5)) {
            emulated.speak("My secret");

            assertThat(emulated.backend.health().toString()).contains("/info").doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @CsvSource({"V1_5, UP, /info answered 200", "V1_3, UP, /voices answered 200", "LEGACY, UNKNOWN, no route"})
    void health_everyVersion(Version version, Health.Status status, String detail) {
        try (Emulated emulated = emulated(version)) {
            Health health = emulated.backend.health();
            assertThat(health.status()).isEqualTo(status);
            assertThat(health.detail()).contains(detail);
        }
    }
}
