// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ttsclient.error.Category;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.ServerAnswer;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
