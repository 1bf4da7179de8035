// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers really send: placeholders for sizes, WAVs one behind the other, chunks anywhere, ends too early. */
class WavReaderServersTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 0xFFFF_FFFFL, 0xFFFF_FFFFL - 36, 0x7FFF_FFFFL, 0x7FFF_F000L, 0x8000_0000L, 2_000_000_000})
    void read_placeholderSize_goesToTheEnd(long size) throws IOException {
        WavReader wav = assertReads(WavBytes.pcm16(24_000, size).samples(1, 2, 3), 1, 2, 3);
        assertThat(wav.truncated()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0xFFFF_FFFFL, 0x7FFF_FFFFL, 2_000_000_000})
    void read_placeholderSizeAndNoSamples_yieldsNothing(long size) throws IOException {
        WavReader wav = assertReads(WavBytes.pcm16(24_000, size));
        assertThat(wav.frames()).isZero();
        assertThat(wav.truncated()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 7, 1_000_000, 1_800_000_000})
    void read_trueSizeAndLessThatComes_isTruncated(long size) throws IOException {
        WavReader wav = assertReads(WavBytes.pcm16(24_000, size).samples(1, 2), 1, 2);
        assertThat(wav.truncated()).isEqualTo(size >= 6);
    }

    @Test
    void read_trueSizeAndNoSamples_isTruncated() throws IOException {
        assertThat(assertReads(WavBytes.pcm16(24_000, 6)).truncated()).isTrue();
    }

    @Test
    void truncated_beforeTheEnd_isFalse() throws IOException {
        WavReader wav = WavReader.open(WavBytes.pcm16(24_000, 100).samples(1, 2).stream());
        assertThat(wav.read()).isNotNull();
        assertThat(wav.truncated()).isFalse();
        assertThat(wav.read()).isNull();
        assertThat(wav.truncated()).isTrue();
    }

    @Test
    void read_endsInsideASample_isTruncatedAndDropsTheRest() throws IOException {
        assertThat(assertReads(WavBytes.pcm16(24_000, 0).samples(1).raw(9), 1).truncated())
                .isTrue();
        assertThat(assertReads(WavBytes.pcm16(24_000, 4).samples(1).raw(9), 1).truncated())
                .isTrue();
    }

    @Test
    void read_sizeThatSplitsASample_dropsTheRest() throws IOException {
        assertThat(assertReads(WavBytes.pcm16(24_000, 5).samples(1, 2).raw(9, 0), 1, 2)
                        .truncated())
                .isFalse();
    }

    @Test
    void read_chunksAroundTheFormat_arePassedOver() throws IOException {
        WavBytes wav = new WavBytes()
                .riff("RIFF", 0)
                .chunk("JUNK", 28)
                .chunk("bext", 601)
                .fmt(1, 1, 16_000, 16)
                .chunk("LIST", 27)
                .chunk("\u0000???", 0)
                .data(4)
                .samples(1, 2);
        assertThat(assertReads(wav, 1, 2).format()).isEqualTo(AudioFormat.linear16(16_000));
    }

    @Test
    void read_chunksBehindTheAudio_arePassedOver() throws IOException {
        WavBytes wav = WavBytes.pcm16(16_000, 4).samples(1, 2).chunk("LIST", 27).chunk("id3 ", 100);
        assertThat(assertReads(wav, 1, 2).truncated()).isFalse();
    }

    @Test
    void read_chunkBehindTheAudioThatIsCut_isNotTruncatedAudio() throws IOException {
        WavBytes wav = WavBytes.pcm16(16_000, 4).samples(1, 2).ascii("LIST").int32(0xFFFF_FFFFL);
        assertThat(assertReads(wav.zeros(10), 1, 2).truncated()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LIST", "id3 "})
    void read_sizeZeroAndAKnownChunkBehindIt_isEmptyAudio(String id) throws IOException {
        WavReader wav = assertReads(WavBytes.pcm16(16_000, 0).chunk(id, 26));
        assertThat(wav.frames()).isZero();
    }

    @Test
    void read_oddSize_hasPaddingBehindIt() throws IOException {
        WavBytes padded =
                new WavBytes().riff("RIFF", 0).fmt(7, 1, 8_000, 8).data(3).raw(1, 2, 3, 0);
        WavReader wav =
                WavReader.open(padded
                        .append(new WavBytes()
                                .riff("RIFF", 0)
                                .fmt(7, 1, 8_000, 8)
                                .data(1)
                                .raw(4))
                        .stream(1));
        assertThat(Pcm.array(WavReaderTest.all(wav))).containsExactly(1, 2, 3, 4);
        assertThat(wav.truncated()).isFalse();
    }

    @Test
    void read_oddSizeWithoutThePadding_findsWhatFollows() throws IOException {
        WavBytes unpadded =
                new WavBytes().riff("RIFF", 0).fmt(7, 1, 8_000, 8).data(3).raw(1, 2, 3);
        WavReader wav = WavReader.open(
                unpadded
                        .append(new WavBytes()
                                .riff("RIFF", 0)
                                .fmt(7, 1, 8_000, 8)
                                .data(1)
                                .raw(4))
                        .stream());
        assertThat(Pcm.array(WavReaderTest.all(wav))).containsExactly(1, 2, 3, 4);
    }

    @Test
    void read_wavsOneBehindTheOther_areOne() throws IOException {
        WavBytes wav = WavBytes.pcm16(16_000, 4).samples(1, 2).append(WavBytes.pcm16(16_000, 0));
        wav = WavBytes.pcm16(16_000, 2)
                .samples(0)
                .chunk("LIST", 8)
                .append(wav.samples(3))
                .append(new WavBytes()
                        .riff("RIFF", 9)
                        .chunk("LIST", 9)
                        .fmt(1, 1, 16_000, 16)
                        .data(2))
                .samples(4);
        assertThat(assertReads(wav, 0, 1, 2, 3, 4).truncated()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0xFFFF_FFFFL, 2_000_000_000})
    void read_wavInsideOneOfUnknownSize_continuesIt(long size) throws IOException {
        WavBytes wav = WavBytes.pcm16(16_000, size).samples(1, 2, 3).append(WavBytes.pcm16(16_000, size));
        assertThat(assertReads(wav.samples(4, 5), 1, 2, 3, 4, 5).truncated()).isFalse();
    }

    @Test
    void read_wavInsideBehindACutSample_continuesWithoutIt() throws IOException {
        WavBytes wav = WavBytes.pcm16(16_000, 0).samples(1, 2).raw(9).append(WavBytes.pcm16(16_000, 0));
        assertReads(wav.samples(4, 5), 1, 2, 4, 5);
    }

    @Test
    void read_samplesThatLookLikeTheStartOfAWav_areSamples() throws IOException {
        for (String text :
                new String[] {"RIFF....WAVX", "RIFRIFFF", "..RIFF", ".RI", "RIFF....WAV.", "RRIFF....WAxx"}) {
            byte[] like = new WavBytes().ascii(text).array();
            WavBytes wav = WavBytes.pcm16(16_000, 0).samples(1, 2).ascii(text);
            if (like.length % 2 == 1) {
                wav.raw('.');
            }
            byte[] all = wav.array();
            for (int step = 1; step < 16; step++) {
                byte[] audio = Pcm.array(WavReaderTest.all(WavReader.open(wav.stream(step))));
                assertThat(audio).as("%s in steps of %d", text, step).hasSize(all.length - 44);
                assertThat(audio).endsWith(all[all.length - 2], all[all.length - 1]);
            }
        }
    }

    @Test
    void read_announcedSamplesThatContainAWav_areSamples() throws IOException {
        byte[] inner = WavBytes.pcm16(16_000, 2).samples(1).array();
        WavBytes wav = WavBytes.pcm16(16_000, inner.length).bytes(ByteBuffer.wrap(inner));
        assertThat(Pcm.array(WavReaderTest.all(WavReader.open(wav.stream())))).isEqualTo(inner);
    }

    @Test
    void read_moreAudioThanAnnouncedWithoutAHeader_isAudio() throws IOException {
        WavBytes wav = WavBytes.pcm16(16_000, 4).samples(1, 2).samples(0, -1, 3, 4, 5);
        assertThat(assertReads(wav, 1, 2, 0, -1, 3, 4, 5).truncated()).isFalse();
    }

    @Test
    void read_fewStrayBytesBehindTheAudio_areIgnored() throws IOException {
        assertThat(assertReads(WavBytes.pcm16(16_000, 4).samples(1, 2).ascii("\r\n"), 1, 2)
                        .truncated())
                .isFalse();
    }

    @Test
    void read_secondWavOfAnotherFormat_isAnErrorBehindTheFirst() throws IOException {
        WavReader wav = WavReader.open(
                WavBytes.pcm16(16_000, 4)
                        .samples(1, 2)
                        .append(WavBytes.pcm16(24_000, 2).samples(3))
                        .stream());
        assertThat(wav.read()).isNotNull();
        assertThatThrownBy(wav::read)
                .isInstanceOf(IOException.class)
                .hasMessage("WAV of linear16 16000 Hz followed by one of linear16 24000 Hz");
    }

    @Test
    void read_secondWavOfOtherSamplesButTheSameFormat_continues() throws IOException {
        WavBytes wav = WavBytes.pcm16(16_000, 2).samples(1);
        WavBytes floats = new WavBytes().riff("RIFF", 0).fmt(3, 1, 16_000, 32).data(4);
        assertReads(wav.append(floats.int32(Float.floatToIntBits(0.5f))), 1, 16_384);
    }

    @Test
    void read_endsInsideTheSecondHeader_isTruncated() throws IOException {
        byte[] second = WavBytes.pcm16(16_000, 2).array();
        for (int length = 12; length < second.length; length++) {
            WavBytes wav = WavBytes.pcm16(16_000, 2)
                    .samples(1)
                    .bytes(ByteBuffer.wrap(second, 0, length).slice());
            assertThat(assertReads(wav, 1).truncated()).as("%d bytes", length).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RF64", "BW64"})
    void read_rf64_takesTheSizeFromItsOwnChunk(String id) throws IOException {
        WavBytes wav = rf64(id, 4).samples(1, 2).chunk("LIST", 10);
        assertThat(assertReads(wav, 1, 2).truncated()).isFalse();
        assertThat(assertReads(rf64(id, 6_000_000_000L).samples(1, 2), 1, 2).truncated())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void read_rf64WithAPlaceholder_goesToTheEnd(long size) throws IOException {
        assertThat(assertReads(rf64("RF64", size).samples(1, 2), 1, 2).truncated())
                .isFalse();
    }

    @Test
    void open_rf64CutInItsSizes_isRefused() {
        WavBytes wav = new WavBytes()
                .riff("RF64", 0xFFFF_FFFFL)
                .ascii("ds64")
                .int32(28)
                .int64(0);
        assertThatThrownBy(() -> WavReader.open(wav.stream())).isInstanceOf(EOFException.class);
    }

    private static WavBytes rf64(String id, long dataSize) {
        WavBytes wav = new WavBytes().riff(id, 0xFFFF_FFFFL).ascii("ds64").int32(28);
        wav.int64(dataSize + 72).int64(dataSize).int64(dataSize / 2).int32(0);
        return wav.fmt(1, 1, 16_000, 16).data(0xFFFF_FFFFL);
    }

    /** Whole, and in the smallest steps a network may take. */
    private static WavReader assertReads(WavBytes wav, int... samples) throws IOException {
        WavReader whole = WavReader.open(wav.stream());
        assertThat(Pcm.samples(WavReaderTest.all(whole))).containsExactly(samples);
        for (int step : new int[] {1, 2, 3, 7, 13, 45}) {
            WavReader cut = WavReader.open(wav.stream(step));
            assertThat(Pcm.samples(WavReaderTest.all(cut))).containsExactly(samples);
            assertThat(cut.truncated()).isEqualTo(whole.truncated());
            assertThat(cut.frames()).isEqualTo(whole.frames());
        }
        return whole;
    }
}
