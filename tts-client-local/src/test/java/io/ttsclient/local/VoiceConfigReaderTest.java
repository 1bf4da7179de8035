// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.local.VoiceConfig.PhonemeType;
import io.ttsclient.local.VoiceConfig.Scales;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoiceConfigReaderTest {
    private static final String MAP =
            "\"phoneme_id_map\": {\"_\": [0], \"^\": [1], \"$\": [2], \"a\": [3], \"aI\": [4, 5]}";
    private static final String LEAST = "{\"audio\": {\"sample_rate\": 22050}, " + MAP + "}";

    private static VoiceConfig read(String json) {
        return VoiceConfigReader.read(json.getBytes(StandardCharsets.UTF_8), "voice.onnx.json");
    }

    private static VoiceConfig readWith(String more) {
        return read(LEAST.replace(MAP, MAP + ", " + more));
    }

    private static TtsException failureOf(String json) {
        TtsException failure = Thrown.by(Category.UNSUPPORTED, () -> read(json));
        assertThat(failure).hasMessageContaining("voice.onnx.json");
        return failure;
    }

    @Test
    void read_leastThatIsNeeded_hasPipersDefaults() {
        VoiceConfig config = read(LEAST);
        assertThat(config.sampleRate()).isEqualTo(22_050);
        assertThat(config.hopLength()).isEqualTo(256);
        assertThat(config.phonemeType()).isEqualTo(PhonemeType.ESPEAK);
        assertThat(config.espeakVoice()).isNull();
        assertThat(config.language()).isEmpty();
        assertThat(config.clusters()).isEmpty();
        assertThat(config.speakers()).isEmpty();
        assertThat(config.speakerCount()).isEqualTo(1);
        assertThat(config.defaultSpeaker()).isZero();
        assertThat(config.scales()).isEqualTo(new Scales(0.667f, 1, 0.8f));
    }

    @Test
    void read_everything_isTaken() {
        VoiceConfig config = readWith("""
                "espeak": {"voice": "de"}, "language": {"code": "de_AT", "family": "de"}, "phoneme_type": "text",
                "inference": {"noise_scale": 0.1, "length_scale": 1.5, "noise_w": 0}, "hop_length": 128,
                "num_symbols": 256, "num_speakers": 3, "speaker_id_map": {"zoe": 2, "adam": 0}, "default_speaker_id": 2,
                "vowel_clusters": [["a", "b"], ["a", "I"]], "piper_version": "1.3", "phoneme_map": {}
                """);
        assertThat(config.hopLength()).isEqualTo(128);
        assertThat(config.phonemeType()).isEqualTo(PhonemeType.TEXT);
        assertThat(config.espeakVoice()).isEqualTo("de");
        assertThat(config.language()).contains("de-AT");
        assertThat(config.symbolIds().get("aI")).containsExactly(4, 5);
        assertThat(config.clusters()).as("those that the map has").containsExactly("aI");
        assertThat(config.speakers()).containsExactly(Map.entry("adam", 0), Map.entry("zoe", 2));
        assertThat(config.speakerCount()).isEqualTo(3);
        assertThat(config.defaultSpeaker()).isEqualTo(2);
        assertThat(config.scales()).isEqualTo(new Scales(0.1f, 1.5f, 0));
    }

    @Test
    void sampleRate_22500_isTheSlipFor22050() {
        assertThat(read(LEAST.replace("22050", "22500")).sampleRate()).isEqualTo(22_050);
    }

    @ParameterizedTest
    @CsvSource({"en-us, en-US", "en-gb-x-rp, en-GB-x-rp", "vi, vi", "de, de"})
    void language_onlyEspeakVoice_isItsTag(String voice, String tag) {
        assertThat(readWith("\"espeak\": {\"voice\": \"" + voice + "\"}").language())
                .contains(tag);
    }

    @Test
    void clusters_severalLengths_longestIsTriedFirst() {
        String json = """
                {"audio": {"sample_rate": 16000},
                 "phoneme_id_map": {"_": [0], "^": [1], "$": [2], "aI": [3], "aIr": [4]},
                 "vowel_clusters": [["a", "I"], ["a", "I", "r"]]}
                """;
        assertThat(read(json).clusters()).containsExactly("aIr", "aI");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "3", "\"text\"", "null", "{\"audio\": ", "\u0000\u0001"})
    void read_notAJsonObject_isUnsupported(String json) {
        failureOf(json);
    }

    @Test
    void read_brokenJson_saysWhere() {
        assertThat(failureOf("{\n  \"audio\": oops}")).hasMessageContaining("line 2");
    }

    @Test
    void read_exponentLongerThanANumberCanHave_saysWhere() {
        assertThat(failureOf("{\n  \"audio\": 1e99999999999}")).hasMessageContaining("line 2");
    }

    @Test
    void sampleRate_missing_isNamed() {
        assertThat(failureOf("{" + MAP + "}"))
                .hasMessageContaining("audio.sample_rate is missing, allowed 4000 to 192000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3999", "192001", "-1", "22050.5", "\"22050\"", "null", "{}", "1e300"})
    void sampleRate_outOfRange_isNamed(String value) {
        assertThat(failureOf(LEAST.replace("22050", value))).hasMessageContaining("audio.sample_rate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"hop_length\": 0                                  | hop_length is 0, allowed 1 to 192000",
                "\"num_speakers\": 0                                | num_speakers is 0, allowed 1 to 100000",
                "\"num_speakers\": 2, \"default_speaker_id\": 2     | default_speaker_id is 2, allowed 0 to 1",
                "\"num_speakers\": 2, \"speaker_id_map\": {\"a\": 2} | speaker_id_map is 2, allowed 0 to 1",
                "\"inference\": {\"noise_scale\": -0.1}             | inference.noise_scale is -0.1",
                "\"inference\": {\"length_scale\": 0}               | inference.length_scale is 0",
                "\"inference\": {\"length_scale\": 11}              | inference.length_scale is 11",
                "\"inference\": {\"noise_w\": []}                   | inference.noise_w is an array",
                "\"num_symbols\": 5                                 | phoneme_id_map is 5, allowed 0 to 4",
            })
    void read_valueOutOfRange_isNamed(String json, String message) {
        assertThat(failureOf(LEAST.replace(MAP, MAP + ", " + json))).hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pinyin", "hebrew", "japanese", ""})
    void phonemeType_other_isUnsupportedAndNamed(String type) {
        assertThat(failureOf(LEAST.replace(MAP, MAP + ", \"phoneme_type\": \"" + type + "\"")))
                .hasMessageContaining("phoneme_type is '" + type + "'")
                .hasMessageContaining("espeak and text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"^\": [1], | ^", "\"_\": [0], | _", "\"$\": [2], | $"})
    void symbols_withoutOneThatIsAlwaysNeeded_isNamed(String removed, String named) {
        assertThat(failureOf(LEAST.replace(removed, ""))).hasMessageContaining("but not '" + named + "'");
    }

    @Test
    void symbols_missingMap_isNamed() {
        assertThat(failureOf("{\"audio\": {\"sample_rate\": 16000}}"))
                .hasMessageContaining("phoneme_id_map has 0 symbols");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[-1]", "[\"3\"]", "[3.5]", "[null]"})
    void symbols_idThatIsNone_isUnsupported(String id) {
        assertThat(failureOf(LEAST.replace("\"a\": [3]", "\"a\": " + id))).hasMessageContaining("phoneme_id_map");
    }
}
