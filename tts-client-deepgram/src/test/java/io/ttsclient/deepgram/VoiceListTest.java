// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.Voice;
import io.ttsclient.testkit.TestSynthesis;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoiceListTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"stt":[{"canonical_name":"nova"}],"tts":[{"canonical_name":"aura-2-thalia-en"}]}  | aura-2-thalia-en Thalia [en]
            {"tts":[{"canonical_name":"a","languages":["en-GB","en"]},{"canonical_name":"b"}]} | a a [en-GB, en], b b []
            {"tts":[{"canonical_name":{"of":"a"}},{"canonical_name":"b"}]}                     | b b []
            {"tts":[{"canonical_name":null},{"canonical_name":"b"},{"canonical_name":"b"}]}    | b b []
            {"tts":[{"canonical_name":"a","languages":[["en"],7],"metadata":[]}]}              | a a []
            {"tts":{"canonical_name":"a"}}                                                     | ''
            []                                                                                 | ''
            """)
    void read_everyShape_isUnderstood(String json, String voices) {
        assertThat(read(json).stream()
                        .map(voice -> voice.id() + " " + voice.name() + " " + voice.languages())
                        .collect(Collectors.joining(", ")))
                .isEqualTo(voices);
    }

    @Test
    void read_cutAnywhere_isAProtocolFailureWithoutTheBody() {
        String json =
                "{\"tts\":[{\"canonical_name\":\"secret\",\"languages\":[\"en\"],\"metadata\":{\"tags\":[\"clear\"]}}]}";
        for (int end = 1; end < json.length(); end++) {
            String cut = json.substring(0, end);
            assertThatThrownBy(() -> read(cut)).isInstanceOfSatisfying(TtsException.class, e -> {
                assertThat(e.category()).isEqualTo(Category.PROTOCOL);
                assertThat(e.toString()).doesNotContain("secret");
            });
        }
    }

    private static List<Voice> read(String json) {
        return VoiceList.read(TestSynthesis.of("Hello."), new ByteArrayInputStream(json.getBytes(UTF_8)));
    }
}
