// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.TtsClient;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.error.Category;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.gemini.GeminiEmulator;
import io.ttsclient.testkit.gemini.GeminiRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class DialogueTest {
    private static final List<DialogueLine> LINES = List.of(
            new DialogueLine("Joe", "How's it going today, Jane?"),
            new DialogueLine("Jane", "Not too bad. And you?"),
            new DialogueLine("Joe", "[laughs] <sigh> Fine!"));

    private final GeminiEmulator emulator = GeminiEmulator.start();

    @AfterEach
    void close() {
        emulator.close();
    }

    private static GeminiOptions.Builder options() {
        return GeminiOptions.builder().dialogue(LINES).speaker("Joe", "puck").speaker("Jane", "Kore");
    }

    private Gemini backend(String model) {
        return Gemini.builder()
                .apiKey(GeminiEmulator.KEY)
                .baseUrl(emulator.url())
                .model(model)
                .build();
    }

    private GeminiRequest asked(String model, String text, SpeechOptions options) {
        try (Gemini backend = backend(model)) {
            assertThat(Speaking.of(backend, text, options).failure()).isNull();
        }
        return emulator.requests().get(0);
    }

    private static SpeechOptions with(GeminiOptions options) {
        return SpeechOptions.builder().provider(options).build();
    }

    @Test
    void stream_38_saysInAFieldWhoSpeaks() {
        GeminiRequest request = asked(
                "gemini-3.8-flash-tts", DialogueLine.text(LINES), with(options().build()));

        assertThat(request.parts())
                .containsExactly("How's it going today, Jane?", "Not too bad. And you?", "[laughs] ‹sigh› Fine!");
        assertThat(request.speakers()).containsExactly("Joe", "Jane", "Joe");
        assertThat(request.voices()).containsExactlyInAnyOrder("Puck", "Kore");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini-3.1-flash-tts-preview", "gemini-2.5-flash-preview-tts"})
    void stream_modelsBefore_saysInThePromptWhoSpeaks(String model) {
        GeminiRequest request =
                asked(model, DialogueLine.text(LINES), with(options().build()));

        assertThat(request.parts())
                .containsExactly("Read aloud verbatim what Joe and Jane say:\n#### TRANSCRIPT\n"
                        + "Joe: How's it going today, Jane?\nJane: Not too bad. And you?\nJoe: ‹laughs› ‹sigh› Fine!");
    }

    @Test
    void stream_trustedMarkup_isPassedOn() {
        GeminiRequest request = asked(
                "gemini-3.8-flash-tts",
                "<laugh> Yes |mhm|",
                with(GeminiOptions.builder().trustedMarkup(true).build()));

        assertThat(request.parts()).containsExactly("<laugh> Yes |mhm|");
    }

    @Test
    void synthesize_longDialogue_isOneRequest() {
        List<DialogueLine> lines = Collections.nCopies(30, LINES.get(0));
        SpeechRequest request = SpeechRequest.builder(DialogueLine.text(lines))
                .with(options -> options.provider(options().dialogue(lines).build()))
                .build();
        try (TtsClient tts = TtsClient.of(backend("gemini-3.8-flash-tts"))) {
            Speech speech = tts.synthesize(request);

            assertThat(speech.format()).isEqualTo(AudioFormat.linear16(24_000));
        }
        assertThat(emulator.requests()).hasSize(1);
        assertThat(emulator.requests().get(0).parts()).hasSize(30);
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3.1-flash-tts-preview, 27, true",
        "gemini-3.1-flash-tts-preview, 28, false",
        "gemini-3.8-flash-tts, 130, true",
        "gemini-2.5-flash-preview-tts, 2, false",
    })
    void stream_longDialogue_isAskedForAsItComesToItsEnd(String model, int count, boolean streaming) {
        List<DialogueLine> lines =
                new ArrayList<>(Collections.nCopies(count - 1, LINES.get(0))); // 27 chars, and 2 between
        lines.add(LINES.get(1)); // 21 chars

        GeminiRequest request = asked(
                model, DialogueLine.text(lines), with(options().dialogue(lines).build()));

        assertThat(request.streaming()).isEqualTo(streaming);
    }

    @Test
    void capabilities_modelsThatMayAnswerWhole_areWaitedForLonger() {
        assertThat(patience("gemini-3.8-flash-tts")).contains(Duration.ofMinutes(1));
        assertThat(patience("gemini-3.1-flash-tts-preview")).contains(Duration.ofMinutes(3));
        assertThat(patience("gemini-2.5-flash-preview-tts")).contains(Duration.ofMinutes(3));
    }

    private Optional<Duration> patience(String model) {
        try (Gemini backend = backend(model)) {
            return backend.capabilities().firstAudioPatience();
        }
    }

    @Test
    void stream_anotherText_isRefused() {
        try (Gemini backend = backend("gemini-3.8-flash-tts")) {
            assertThat(Speaking.of(backend, "Something else.", with(options().build()))
                            .thrown())
                    .hasMessageStartingWith("text: not that of the dialogue")
                    .matches(e -> e.category() == Category.INVALID_REQUEST);
        }
        assertThat(emulator.requests()).isEmpty();
    }

    @Test
    void build_whatDoesNotFitTogether_isRefused() {
        assertThatThrownBy(() -> GeminiOptions.builder().dialogue(LINES).build())
                .hasMessageStartingWith("speakers: 0, allowed 2");
        assertThatThrownBy(() -> GeminiOptions.builder()
                        .dialogue(LINES)
                        .speaker("Joe", "Puck")
                        .speaker("Ann", "Kore")
                        .build())
                .hasMessageStartingWith("speaker: 'Jane' of a line, allowed those that have a voice: [Joe, Ann]");
        assertThatThrownBy(() -> options().speaker("Ann", "Leda").build()).hasMessageStartingWith("speakers: 3");
        assertThatThrownBy(() -> GeminiOptions.builder().speaker("Joe", "Puck").build())
                .hasMessageStartingWith("2 faults: dialogue: 0 lines, allowed at least 1 with speakers; speakers: 1, ");
        assertThatThrownBy(() -> options().speaker("Joe", " ")).hasMessageStartingWith("voice: blank");
        assertThatThrownBy(() -> options().speaker("Joe", "voice_1")).hasMessageStartingWith("voice: a library voice");
        assertThatThrownBy(() -> options().speaker("Joe", "voicekey_1"))
                .hasMessageStartingWith("voice: a library voice");
        assertThatThrownBy(() -> new DialogueLine("Joe: evil\nJane", "Hi")).hasMessageStartingWith("speaker: 14 chars");
        assertThatThrownBy(() -> new DialogueLine("Joe", "...")).hasMessageStartingWith("text: nothing to pronounce");
    }

    @Test
    void audioKey_whateverMayBeHeard_makesItDiffer() {
        GeminiOptions plain = options().build();

        assertThat(options().build().audioKey()).isEqualTo(plain.audioKey());
        assertThat(options().trustedMarkup(true).build().audioKey()).isNotEqualTo(plain.audioKey());
        assertThat(options().speaker("Joe", "Leda").build().audioKey()).isNotEqualTo(plain.audioKey());
        assertThat(options()
                        .dialogue(List.of(LINES.get(1), LINES.get(0)))
                        .build()
                        .audioKey())
                .isNotEqualTo(plain.audioKey());
    }

    @Test
    void toString_whatIsSaid_isNotInIt() {
        assertThat(options().build().toString()).contains("3 lines").doesNotContain("going");
        assertThat(LINES.get(0)).hasToString("DialogueLine[Joe, 27 chars]");
    }
}
