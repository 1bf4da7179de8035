// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.audio.Gain;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.doubles.Requests;
import io.ttsclient.doubles.ScriptedBackend;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.testkit.VirtualTime;
import org.junit.jupiter.api.Test;

class GainLayerTest {
    private final Requests requests = new Requests(new VirtualTime());

    private AudioSource louder(ScriptedSource source, Synthesis synthesis) {
        return new GainLayer(new ScriptedBackend(source.format(), any -> source), Gain.ofDecibels(20))
                .stream(synthesis);
    }

    @Test
    void read_samples_areLouder() {
        var source =
                new ScriptedSource(AudioFormat.linear16(16_000)).gives(7, 0).gives(1, 0, 2, 0);
        AudioSource audio = louder(source, requests.synthesis());

        assertThat(audio.read()).isEqualTo(ScriptedSource.chunk(70, 0));
        assertThat(audio.read()).isEqualTo(ScriptedSource.chunk(10, 0, 20, 0));
        assertThat(audio.read()).isNull();
        audio.close();
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void stream_compressedAudio_passesWithAWarning() {
        var source = new ScriptedSource(new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1)).gives(1, 2, 3);
        Synthesis synthesis = requests.synthesis();

        assertThat(louder(source, synthesis)).isSameAs(source);
        assertThat(synthesis.journal().report().warnings())
                .containsExactly("gain not applied to scripted: its audio is mp3 24000 Hz");
    }
}
