// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import java.util.stream.LongStream;

class VoiceConfigReaderFuzz {
    @FuzzTest
    void read_anyBytes_areAConfigThatCanBeSpokenOrUnsupported(byte[] bytes) {
        VoiceConfig config;
        try {
            config = VoiceConfigReader.read(bytes, "voice.onnx.json");
        } catch (TtsException e) {
            assertThat(e.category()).isEqualTo(Category.UNSUPPORTED);
            assertThat(e.getMessage()).startsWith("voice.onnx.json");
            return;
        }
        assertThat(config.sampleRate()).isBetween(4_000, 192_000);
        assertThat(config.hopLength()).isPositive();
        assertThat(config.defaultSpeaker()).isBetween(0, config.speakerCount() - 1);
        assertThat(config.speakers().values()).allMatch(id -> id >= 0 && id < config.speakerCount());
        assertThat(config.symbolIds().values())
                .allMatch(ids -> LongStream.of(ids).allMatch(id -> id >= 0));
        assertThat(config.symbolIds().keySet()).containsAll(config.clusters());
        assertThat(config.scales().length()).isBetween(0f, 10f);
        assertThat(config.scales().noise()).isBetween(0f, 10f);
        assertThat(config.scales().noiseWidth()).isBetween(0f, 10f);
    }
}
