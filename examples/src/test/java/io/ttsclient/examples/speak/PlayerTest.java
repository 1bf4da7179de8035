// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.examples.RecordingLine;
import io.ttsclient.testkit.FakeBackend;
import org.junit.jupiter.api.Test;

class PlayerTest {
    private final SpeakCall speak = new SpeakCall(FakeBackend.create());

    @Test
    void speak_withoutOutput_plays() {
        var line = new RecordingLine(false);
        var loudspeaker = new FakeLoudspeaker(line);
        speak.loudspeaker = loudspeaker;

        assertThat(speak.run("Hello", "--json")).isZero();

        assertThat(line.played.toByteArray()).isEqualTo(FakeBackend.audioOf("Hello", AudioFormat.linear16(16_000)));
        assertThat(loudspeaker.format())
                .hasToString(new javax.sound.sampled.AudioFormat(16_000, 16, 1, true, false).toString());
        assertThat(line.closed.getCount()).isZero();
        assertThat(speak.out()).isEmpty();
    }

    @Test
    void speak_mulawWithoutOutput_playsWhatItMeans() {
        var line = new RecordingLine(false);
        speak.loudspeaker = new FakeLoudspeaker(line);

        assertThat(speak.run("Hello", "--encoding", "mulaw")).isZero();

        int samples = FakeBackend.audioOf("Hello", AudioFormat.linear16(16_000)).length / 2;
        assertThat(line.played.size()).isEqualTo(samples / 2 * 2);
    }

    @Test
    void speak_noLoudspeaker_exitsTwoBeforeItSpeaks() {
        var backend = FakeBackend.create();
        var call = new SpeakCall(backend);

        assertThat(call.run("Hello")).isEqualTo(2);

        assertThat(call.err()).startsWith("speak: no audio device to play on; write a file with -o");
        assertThat(backend.calls()).isEmpty();
    }

    @Test
    void speak_formatThatTheDeviceDoesNotPlay_exitsTwo() {
        speak.loudspeaker = new FakeLoudspeaker(new RecordingLine(false));

        assertThat(speak.run("Hello", "--sample-rate", "192000")).isEqualTo(2);

        assertThat(speak.err()).contains("does not play linear16 192000 Hz");
    }

    @Test
    void speak_deviceTaken_exitsTwo() {
        speak.loudspeaker = new FakeLoudspeaker(new RecordingLine(false));

        assertThat(speak.run("Hello", "--sample-rate", "44100")).isEqualTo(2);

        assertThat(speak.err()).contains("does not play linear16 44100 Hz");
    }

    @Test
    void speak_deviceThatStopsTaking_exitsTwo() {
        var line = new RecordingLine(true);
        line.closed.countDown();
        speak.loudspeaker = new FakeLoudspeaker(line);

        assertThat(speak.run("Hello")).isEqualTo(2);

        assertThat(speak.err()).contains("the audio device: the line was stopped or closed");
    }

    @Test
    void loudspeakerOfTheSystem_whereverItRuns_answers() {
        // Whether there is one depends on the machine; that asking does not fail must not.
        assertThat(Loudspeaker.system().exists()).isIn(true, false);
    }
}
