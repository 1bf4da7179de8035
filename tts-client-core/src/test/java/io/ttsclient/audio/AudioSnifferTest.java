// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioSnifferTest {
    @ParameterizedTest
    @ValueSource(strings = {"RIFF", "RF64", "BW64"})
    void sniff_wav_isKnownByBothItsNames(String riff) {
        assertThat(AudioSniffer.sniff(ascii(riff + "....WAVEfmt "))).contains(AudioSniffer.Type.WAV);
        assertThat(AudioSniffer.sniff(ascii(riff + "....AVI LIST"))).isEmpty();
    }

    @Test
    void sniff_headerOfOurWriter_isWav() throws IOException {
        assertThat(AudioSniffer.sniff(WavWriter.header(AudioFormat.alaw(8_000), 3)))
                .contains(AudioSniffer.Type.WAV);
    }

    @Test
    void sniff_id3OrFlac_isKnownByItsName() {
        assertThat(AudioSniffer.sniff(ascii("ID3\u0004"))).contains(AudioSniffer.Type.MP3);
        assertThat(AudioSniffer.sniff(ascii("fLaC"))).contains(AudioSniffer.Type.FLAC);
    }

    @ParameterizedTest
    @CsvSource({"OpusHead, OGG_OPUS", "'\u0001vorbis', OGG_VORBIS", "\u007FFLAC, OGG_FLAC"})
    void sniff_ogg_looksIntoTheFirstPacket(String packet, AudioSniffer.Type type) {
        assertThat(AudioSniffer.sniff(ogg(packet, 1))).contains(type);
        assertThat(AudioSniffer.sniff(ogg(packet, 2))).contains(type);
    }

    @Test
    void sniff_oggOfSomethingElseOrCut_isUnknown() {
        assertThat(AudioSniffer.sniff(ogg("\u0080theora.", 1))).isEmpty();
        assertThat(AudioSniffer.sniff(ogg("OpusHead", 200))).isEmpty();
        assertThat(AudioSniffer.sniff(ogg("OpusHead", 2).limit(AudioSniffer.BYTES_NEEDED - 1)))
                .isEmpty();
        assertThat(AudioSniffer.sniff(ogg("OpusHead", 1).limit(20))).isEmpty();
    }

    @Test
    void bytesNeeded_areEnoughForEveryType() {
        assertThat(AudioSniffer.sniff(ogg("OpusHead", 2).limit(AudioSniffer.BYTES_NEEDED)))
                .contains(AudioSniffer.Type.OGG_OPUS);
        assertThat(AudioSniffer.sniff(ogg("OpusHead", 3)))
                .as("what is behind them makes no difference")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "FF FB 90 64, MP3",
        "FF FA 90 00, MP3",
        "FF F3 48 C4, MP3",
        "FF E3 18 C4, MP3",
        "FF F1 50 80, AAC",
        "FF F9 4C 80, AAC",
        "FF F0 6C 80, AAC"
    })
    void sniff_frameHeader_isKnown(String hex, AudioSniffer.Type type) {
        assertThat(AudioSniffer.sniff(hex(hex))).contains(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FF FB 00 00",
                "FF FB F0 00",
                "FF FB 9C 00",
                "FF EB 90 00",
                "FF FD 90 00",
                "FF FF 90 00",
                "FF F1 7C 00",
                "FF DB 90 00",
                "FE FB 90 00",
                "FF FB 90",
                "FF",
                ""
            })
    void sniff_reservedValuesOrTooFewBytes_isUnknown(String hex) {
        assertThat(AudioSniffer.sniff(hex(hex))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":\"no\"}", "<html>", "data: x", "RIFF", "RIFF....", "OggS", "Og", "not audio"})
    void sniff_textOrTooShort_isUnknown(String text) {
        assertThat(AudioSniffer.sniff(ascii(text))).isEmpty();
    }

    @Test
    void sniff_quietSamples_areUnknown() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            int[] quiet = random.ints(18, -1000, 1000).toArray();
            assertThat(AudioSniffer.sniff(Pcm.of(quiet))).isEmpty();
        }
    }

    @Test
    void sniff_leavesTheBufferAsItWas() {
        ByteBuffer buffer = ascii("xfLaC").position(1);
        assertThat(AudioSniffer.sniff(buffer)).contains(AudioSniffer.Type.FLAC);
        assertThat(buffer.position()).isEqualTo(1);
    }

    private static ByteBuffer ogg(String packet, int segments) {
        ByteBuffer page = ByteBuffer.allocate(64);
        page.put(ascii("OggS")).put(26, (byte) segments).position(27 + Math.min(segments, 10));
        return page.put(ByteBuffer.wrap(packet.getBytes(StandardCharsets.ISO_8859_1)))
                .rewind();
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static ByteBuffer hex(String hex) {
        return hex.isEmpty()
                ? ByteBuffer.allocate(0)
                : ByteBuffer.wrap(HexFormat.ofDelimiter(" ").parseHex(hex));
    }
}
