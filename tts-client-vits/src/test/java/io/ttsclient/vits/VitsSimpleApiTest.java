// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static io.ttsclient.vits.Emulated.audioOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.error.Category;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.Voice;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.vits.VitsSimpleApiEmulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class VitsSimpleApiTest {
    private static Emulated emulated() {
        return new Emulated(Dialect.VITS_SIMPLE_API, new VitsSimpleApiEmulator());
    }

    @Test
    void stream_everythingSet_isSentAsExactlyJson() {
        try (Emulated emulated = emulated()) {
            SpeechOptions options = SpeechOptions.builder()
                    .voice("1")
                    .language("ja-JP")
                    .speed(0.5)
                    .build();

            assertThat(emulated.speak("Hello", options)).isEqualTo(audioOf("Hello", 22_050));
            assertThat(emulated.lastRequest().header("Content-Type")).contains("application/json");
            assertThat(emulated.lastRequest().text())
                    .isEqualTo("{\"text\":\"Hello\",\"id\":\"1\",\"lang\":\"ja\",\"format\":\"wav\",\"length\":2.0}");
        }
    }

    @Test
    void stream_mp3AskedFor_isPassedOn() {
        var mp3 = new AudioFormat(Encoding.MP3, Container.RAW, 22_050, 1);
        try (Emulated emulated = emulated()) {
            byte[] audio =
                    emulated.speak("Hello", SpeechOptions.builder().format(mp3).build());

            assertThat(audio).startsWith(0xFF, 0xFB);
            assertThat(emulated.lastRequest().text()).contains("\"format\":\"mp3\"");
        }
    }

    @Test
    void voice_noNumber_isRefusedHereBecauseTheServerWouldReplaceIt() {
        try (Emulated emulated = emulated()) {
            Thrown.by(Category.NOT_FOUND, () -> emulated.speak("a", SpeechOptions.voice("Alice")));
            assertThat(emulated.asked()).isEmpty();

            assertThat(Thrown.by(Category.INVALID_REQUEST, () -> emulated.speak("a", SpeechOptions.voice("7"))))
                    .hasMessageContaining("id 7 does not exist");
        }
    }

    @Test
    void voice_notOnTheListThatIsKnown_isRefusedHere() {
        try (Emulated emulated = emulated()) {
            emulated.backend.voices();

            Thrown.by(Category.NOT_FOUND, () -> emulated.speak("a", SpeechOptions.voice("7")));
            assertThat(emulated.asked()).containsOnly("GET /voice/speakers");
        }
    }

    @Test
    void key_goesIntoItsOwnHeader() {
        var wantsKey = new VitsSimpleApiEmulator("k-1");
        try (Emulated emulated = new Emulated(Dialect.VITS_SIMPLE_API, wantsKey, builder -> builder.apiKey("k-1"))) {
            emulated.speak("a");
            assertThat(emulated.lastRequest().header("X-API-KEY")).contains("k-1");
        }
        try (Emulated emulated = new Emulated(Dialect.VITS_SIMPLE_API, wantsKey)) {
            Thrown.by(Category.AUTHENTICATION, () -> emulated.speak("a"));
        }
    }

    @Test
    void voices_areThoseOfVitsOnly() {
        try (Emulated emulated = emulated()) {
            assertThat(emulated.backend.voices()).extracting(Voice::name).containsExactly("Alice", "Bob", "Alice");
            assertThat(emulated.backend.voices().get(0).languages()).containsExactly("zh", "ja");
        }
    }
}
