// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ttsclient.error.Category;
import io.ttsclient.speech.Voice;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.VirtualTime;
import io.ttsclient.testkit.vits.MeloTtsEmulator;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class VoiceListTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ["a","b"]                                                    | a a [], b b []
            {"voices":["a"]}                                             | a a []
            {"voices":[{"id":"a","name":"Anna"}]}                        | a Anna []
            {"voices":[{"name":"Anna","language":"en_US","id":"a"}]}     | a Anna [en-US]
            {"voices":[{"name":"Anna","language":"!!"}]}                 | Anna Anna []
            {"speakers":[{"speaker":"s1"}],"total":1}                    | s1 s1 []
            {"amy":{"language":{"code":"en_GB"}},"bob":{}}               | amy amy [en-GB], bob bob []
            {"VITS":[{"id":0,"name":"A","lang":["zh","ja"]}],"X":[]}     | 0 A [zh, ja]
            {"voices":[{"id":"a"},{"id":"a"},{"id":""},{}]}              | a a []
            {"total":3}                                                  | ''
            []                                                           | ''
            "a"                                                          | ''
            """)
    void of_everyShape_isRead(String json, String voices) throws IOException {
        assertThat(VoiceList.of(new ObjectMapper().readTree(json), "").stream()
                        .map(voice -> voice.id() + " " + voice.name() + " " + voice.languages())
                        .collect(Collectors.joining(", ")))
                .isEqualTo(voices);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'vits en u'                                | vits [en]
            'Claribel Dervla en u;p225 en_GB f'        | Claribel Dervla [en], p225 [en-GB]
            'cmu-slt-hsmm en_US female hmm; '          | cmu-slt-hsmm [en-US]
            """)
    void ofLines_asMaryTtsHasThem_areRead(String lines, String voices) {
        assertThat(VoiceList.ofLines(lines.replace(";", "\n")).orElseThrow().stream()
                        .map(voice -> voice.id() + " " + voice.languages())
                        .collect(Collectors.joining(", ")))
                .isEqualTo(voices);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<h1>en u</h1>", "not now", "vits en u\nnot now", ""})
    void ofLines_others_areNone(String text) {
        assertThat(VoiceList.ofLines(text)).isEmpty();
    }

    @Test
    void voices_inLinesOfText_areListed() {
        ServerAnswer lines = ServerAnswer.of(200)
                .header("Content-Type", "text/html; charset=utf-8")
                .body("p225 en u\np226 en u\n");
        try (Emulated emulated = new Emulated(Dialect.COQUI, request -> lines)) {
            assertThat(emulated.backend.voices()).extracting(Voice::id).containsExactly("p225", "p226");
        }
    }

    @Test
    void voices_again_areNotAskedForUntilTheListIsOld() {
        var time = new VirtualTime();
        try (Emulated emulated = new Emulated(Dialect.MELO_TTS, new MeloTtsEmulator(), builder -> builder.time(time))) {
            assertThat(emulated.backend.voices()).isEqualTo(emulated.backend.voices());
            assertThat(emulated.asked()).hasSize(1);

            time.advance(VoiceCatalogue.COUNTS);
            emulated.backend.voices();
            assertThat(emulated.asked()).hasSize(2);
        }
    }

    @Test
    void voices_noJson_isAProtocolFailureWithoutTheBody() {
        try (Emulated emulated =
                new Emulated(Dialect.MELO_TTS, request -> ServerAnswer.of(200).body("<h1>secret</h1>"))) {
            assertThat(Thrown.by(Category.PROTOCOL, emulated.backend::voices).toString())
                    .doesNotContain("secret");
        }
    }

    /** Jackson takes it for UTF-32, and what breaks there is another exception of its. */
    @Test
    void voices_noCharacters_isAProtocolFailure() {
        byte[] body = {0, 0, 0, '{', 0x7F, 0, 0, 0};
        try (Emulated emulated =
                new Emulated(Dialect.MELO_TTS, request -> ServerAnswer.of(200).body(body))) {
            Thrown.by(Category.PROTOCOL, emulated.backend::voices);
        }
    }

    @Test
    void voices_refused_isOfTheStatus() {
        try (Emulated emulated = new Emulated(Dialect.MELO_TTS, request -> ServerAnswer.of(401))) {
            Thrown.by(Category.AUTHENTICATION, emulated.backend::voices);
        }
    }
}
