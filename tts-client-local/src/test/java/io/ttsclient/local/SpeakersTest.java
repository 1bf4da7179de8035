// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.error.Category;
import io.ttsclient.local.Speakers.Speaker;
import io.ttsclient.speech.Voice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeakersTest {
    private static Speakers speakers(String json) {
        String config = """
                {"audio": {"sample_rate": 16000}, "language": {"code": "de_DE"}, %s,
                 "phoneme_id_map": {"_": [0], "^": [1], "$": [2]}}
                """.formatted(json);
        return new Speakers(VoiceConfigReader.read(config.getBytes(StandardCharsets.UTF_8), "test"), "file");
    }

    @Test
    void named_oneSpeaker_isCalledAsTheFile() {
        Speakers one = speakers("\"num_speakers\": 1, \"speaker_id_map\": {\"x\": 0}");
        assertThat(one.named("file")).isEqualTo(new Speaker("file", 0));
        assertThat(one.voices()).containsExactly(new Voice("file", "file", List.of("de-DE"), ""));
        assertThatThrownBy(() -> one.named("0")).hasMessageContaining("voice: '0', this model has file");
    }

    @Test
    void named_severalSpeakers_byNameOrNumber() {
        Speakers three = speakers("\"num_speakers\": 3, \"speaker_id_map\": {\"zoe\": 2, \"adam\": 0, \"adam2\": 0}");
        assertThat(three.named("zoe")).isEqualTo(new Speaker("zoe", 2));
        assertThat(three.named("2")).isEqualTo(new Speaker("zoe", 2));
        assertThat(three.named("1")).isEqualTo(new Speaker("1", 1));
        assertThat(three.named("adam2").number()).isZero();
        assertThat(three.numbered(1).id()).isEqualTo("1");
        assertThat(three.voices()).extracting(Voice::id).containsExactly("adam", "1", "zoe");
    }

    @Test
    void named_nameThatIsANumber_isThatSpeakerAndNotTheOneWithTheNumber() {
        assertThat(speakers("\"num_speakers\": 2, \"speaker_id_map\": {\"1\": 0}")
                        .named("1")
                        .number())
                .isZero();
    }

    @Test
    void named_unknown_isNotFoundAndListsSome() {
        Speakers many = speakers("\"num_speakers\": 904");
        assertThat(Thrown.by(Category.NOT_FOUND, () -> many.named("904")))
                .hasMessageContaining("voice: '904', this model has 0, 1, 2, 3, 4 and 899 more");
        assertThat(many.voices()).hasSize(904);
    }
}
