// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static io.ttsclient.testkit.AudioAssert.assertThatAudio;
import static io.ttsclient.testkit.AudioAssert.assertThatWav;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.TtsClient;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.audio.FormatConverter;
import io.ttsclient.speech.Speech;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioAssertTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(16_000);
    private static final int SECOND = 16_000; // samples
    private static final byte[] VOICE = audio(SECOND, AudioAssertTest::voice);
    private static final Duration TOLERANCE = Duration.ofMillis(1);

    /** 200 Hz at three tenths of full scale. */
    private static double voice(int i) {
        return 0.3 * Math.sin(2 * Math.PI * 200 * i / SECOND);
    }

    /** Samples from -1 to 1; what is beyond is clipped. */
    private static byte[] audio(int samples, IntToDoubleFunction level) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples; i++) {
            double clipped = Math.max(-1, Math.min(1, level.applyAsDouble(i)));
            bytes.putShort((short) Math.round(clipped * Short.MAX_VALUE));
        }
        return bytes.array();
    }

    private static void assertFails(ThrowingCallable assertion, String... parts) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(parts);
    }

    @Test
    void speech_good_passesAll() {
        // @start region="audio"
        try (TtsClient tts = TtsClient.of(FakeBackend.create())) {
            Speech speech = tts.synthesize("Your table is ready.");

            assertThatAudio(speech)
                    .hasFormat(AudioFormat.linear16(16_000))
                    .hasDuration(Duration.ofMillis(170), Duration.ofMillis(1))
                    .hasRmsBetween(0.1, 0.2)
                    .isNotSilent()
                    .hasNoClipping()
                    .hasNoClicks()
                    .isSameRenderingAs(tts.synthesize("Your table is ready."));
        }
        // @end
    }

    @Test
    void hasFormat_anotherOne_namesBoth() {
        assertFails(
                () -> assertThatAudio(VOICE, FORMAT).hasFormat(AudioFormat.mulaw(8_000)),
                "expected audio in mulaw 8000 Hz and it is in linear16 16000 Hz");
        assertFails(
                () -> assertThatAudio(new byte[3], FORMAT).hasFormat(FORMAT), "3 bytes", "in the middle of a sample");
    }

    @Test
    void hasDuration_beyondTheTolerance_tellsBoth() {
        assertThatAudio(VOICE, FORMAT).hasDuration(Duration.ofMillis(999), TOLERANCE);
        assertFails(
                () -> assertThatAudio(VOICE, FORMAT).hasDuration(Duration.ofMillis(998), TOLERANCE),
                "plays PT0.998S, give or take PT0.001S, and it plays PT1S: 32000 bytes");
        assertFails(
                () -> assertThatAudio(VOICE, FORMAT).hasDuration(Duration.ofMillis(1_002), TOLERANCE), "plays PT1S");
        assertFails(
                () -> assertThatAudio(new byte[9], new AudioFormat(Encoding.OPUS, Container.OGG, 48_000, 1))
                        .hasDuration(TOLERANCE, TOLERANCE),
                "cannot be told from its size");
    }

    @Test
    void isNotSilent_silenceOrNothing_fails() {
        assertThatAudio(VOICE, FORMAT).isNotSilent();
        assertFails(
                () -> assertThatAudio(audio(10, i -> 0.0005), FORMAT).isNotSilent(),
                "expected sound, and 10 samples",
                "a root mean square of 0.0005 (-66.2 dBFS)");
        assertFails(() -> assertThatAudio(new byte[20], FORMAT).isNotSilent(), "a root mean square of 0");
        assertFails(() -> assertThatAudio(new byte[0], FORMAT).isNotSilent(), "and there is none");
        assertFails(
                () -> assertThatAudio(VOICE, new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1))
                        .isNotSilent(),
                "no samples to look at");
    }

    @Test
    void hasRmsBetween_louderOrSofter_tellsTheLevel() {
        assertThatAudio(VOICE, FORMAT).hasRmsBetween(0.21, 0.213);
        assertThatAudio(inMulaw(VOICE), AudioFormat.mulaw(16_000)).hasRmsBetween(0.20, 0.22);
        assertFails(
                () -> assertThatAudio(VOICE, FORMAT).hasRmsBetween(0.3, 0.5), "from 0.3000 (-10.5 dBFS) to", "0.2121");
        assertFails(() -> assertThatAudio(VOICE, FORMAT).hasRmsBetween(0.01, 0.1), "0.2121 (-13.5 dBFS)");
    }

    private static byte[] inMulaw(byte[] audio) {
        ByteBuffer converted = new FormatConverter(FORMAT, AudioFormat.mulaw(16_000)).convert(ByteBuffer.wrap(audio));
        byte[] bytes = new byte[converted.remaining()];
        converted.get(bytes);
        return bytes;
    }

    @Test
    void hasNoClipping_peaksCutOff_countsThemAndTellsWhere() {
        assertThatAudio(audio(SECOND, i -> 1.001 * voice(i) / 0.3), FORMAT).hasNoClipping();
        byte[] loud = audio(SECOND, i -> 2 * voice(i) / 0.3);
        assertFails(
                () -> assertThatAudio(inMulaw(loud), AudioFormat.mulaw(16_000)).hasNoClipping(),
                "cut off in 400 places");
        assertFails(
                () -> assertThatAudio(audio(SECOND, i -> i < 8_000 ? 0 : 2 * voice(i) / 0.3), FORMAT)
                        .hasNoClipping(),
                "its peaks are cut off in 200 places, first at PT0.5S (sample 80");
    }

    @Test
    void hasNoClicks_seams_areHeardWhereTheyClick() {
        assertThatAudio(VOICE, FORMAT).hasNoClicks();
        // Silence between pieces that end and begin at zero; noise that sets in at once, as a plosive does.
        assertThatAudio(audio(SECOND, i -> i / 4_000 % 2 == 0 ? voice(i) : 0), FORMAT)
                .hasNoClicks();
        assertThatAudio(FakeBackend.audioOf("pop", FORMAT), FORMAT).hasNoClicks();

        assertFails(
                () -> assertThatAudio(audio(SECOND, i -> i < 4_020 ? voice(i) : 0), FORMAT)
                        .hasNoClicks(),
                "expected no click, and at PT0.251S (sample 4020) it jumps from 0.299 to 0.000");
        assertFails(
                () -> assertThatAudio(audio(SECOND, i -> voice(i) + (i == 100 ? 0.5 : 0)), FORMAT)
                        .hasNoClicks(),
                "(sample 100)");
    }

    @Test
    void isSameRenderingAs_another_tellsWhereAndHowMuchItDiffers() {
        byte[] other = VOICE.clone();
        other[16_001] = (byte) (other[16_001] + 8);
        assertThatAudio(VOICE, FORMAT).isSameRenderingAs(VOICE.clone(), FORMAT);
        assertFails(
                () -> assertThatAudio(VOICE, FORMAT).isSameRenderingAs(other, FORMAT),
                "32000 bytes differ from it at byte 16001, which is heard at PT0.5",
                "1 of the 16000 samples that both have are different, by at most 0.0625");
        assertFails(
                () -> assertThatAudio(VOICE, FORMAT).isSameRenderingAs(Arrays.copyOf(VOICE, 1_000), FORMAT),
                "another rendering of 1000 bytes",
                "at byte 1000",
                "0 of the 500 samples");
        assertFails(() -> assertThatAudio(VOICE, FORMAT).isSameRenderingAs(VOICE, AudioFormat.linear16(8_000)), "8000");
    }

    @Test
    void wav_wholeOrCut_isLookedInto(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("hello.wav");
        try (TtsClient tts = TtsClient.of(FakeBackend.create())) {
            tts.synthesize("Hello").writeTo(file);
        }
        byte[] wav = Files.readAllBytes(file);

        assertThatWav(wav).hasFormat(FORMAT).isSameRenderingAs(FakeBackend.audioOf("Hello", FORMAT), FORMAT);
        assertFails(() -> assertThatWav(Arrays.copyOf(wav, wav.length - 100)), "is cut", "1500 bytes of audio");
        assertFails(
                () -> assertThatWav("no audio at all".getBytes(StandardCharsets.US_ASCII)), "15 bytes are no WAV file");
    }
}
