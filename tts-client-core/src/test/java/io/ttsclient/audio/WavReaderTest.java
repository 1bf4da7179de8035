// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.testkit.SeededRandom;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kinds of samples, the header, and when bytes are handed out. What servers get wrong is in {@link WavReaderServersTest}. */
class WavReaderTest {
    @RegisterExtension
    final SeededRandom random = new SeededRandom();

    @Test
    void read_plainWav_yieldsItsSamples() throws IOException {
        WavReader wav = WavReader.open(WavBytes.pcm16(22_050, 6).samples(1, -2, 300).stream());
        assertThat(wav.format()).isEqualTo(AudioFormat.linear16(22_050));
        assertThat(Pcm.samples(all(wav))).containsExactly(1, -2, 300);
        assertThat(wav.frames()).isEqualTo(3);
        assertThat(wav.truncated()).isFalse();
        assertThat(wav.read()).isNull();
    }

    @Test
    void read_results_areReadOnlySlicesOfOneBuffer() throws IOException {
        WavReader wav = WavReader.open(WavBytes.pcm16(8_000, 8).samples(1, 2, 3, 4).stream(46));
        ByteBuffer first = next(wav);
        ByteBuffer second = next(wav);
        assertThat(first).matches(ByteBuffer::isReadOnly);
        assertThat(second).matches(ByteBuffer::isReadOnly);
        assertThat(Pcm.samples(first)).containsExactly(1);
        assertThat(Pcm.samples(second)).containsExactly(2, 3, 4);
    }

    @Test
    void read_emptyWav_yieldsNothingAndIsNotTruncated() throws IOException {
        WavReader wav = WavReader.open(WavBytes.pcm16(24_000, 0).stream());
        assertThat(wav.read()).isNull();
        assertThat(wav.frames()).isZero();
        assertThat(wav.truncated()).isFalse();
    }

    @Test
    void read_stereo_countsFrames() throws IOException {
        WavReader wav = WavReader.open(
                new WavBytes().riff("RIFF", 44).fmt(1, 2, 48_000, 16).data(8).samples(1, 2, 3, 4).stream(3));
        assertThat(wav.format()).isEqualTo(new AudioFormat(Encoding.LINEAR16, Container.RAW, 48_000, 2));
        assertThat(Pcm.samples(all(wav))).containsExactly(1, 2, 3, 4);
        assertThat(wav.frames()).isEqualTo(2);
    }

    @Test
    void read_unsigned8_becomesLinear16() throws IOException {
        assertThat(converted(1, 8, new WavBytes().raw(0, 127, 128, 129, 255)))
                .containsExactly(-32_768, -256, 0, 256, 32_512);
    }

    @Test
    void read_signed24_isRoundedAndClipped() throws IOException {
        WavBytes samples =
                new WavBytes().raw(0, 0, 0x80).raw(0x7F, 1, 0).raw(0x80, 1, 0).raw(0x80, 0xFF, 0xFF);
        assertThat(converted(1, 24, samples.raw(0x7F, 0xFF, 0xFF).raw(0xFF, 0xFF, 0x7F)))
                .containsExactly(-32_768, 1, 2, 0, -1, 32_767);
    }

    @Test
    void read_signed32_isRoundedAndClipped() throws IOException {
        WavBytes samples =
                new WavBytes().int32(Integer.MIN_VALUE).int32(0x1_7FFF).int32(0x1_8000);
        assertThat(converted(1, 32, samples.int32(-0x8001).int32(Integer.MAX_VALUE)))
                .containsExactly(-32_768, 1, 2, -1, 32_767);
    }

    @Test
    void read_float32_isRoundedAndClipped() throws IOException {
        WavBytes samples = new WavBytes();
        float[] values = {0f, 0.5f, -1f, 1f, 1.5f, -7f, 100 / 32_768f, Float.NaN, Float.POSITIVE_INFINITY, -1e30f};
        for (float value : values) {
            samples.int32(Float.floatToIntBits(value));
        }
        assertThat(converted(3, 32, samples))
                .containsExactly(0, 16_384, -32_768, 32_767, 32_767, -32_768, 100, 0, 32_767, -32_768);
    }

    private static int[] converted(int tag, int bits, WavBytes samples) throws IOException {
        WavBytes header = new WavBytes().riff("RIFF", 0).fmt(tag, 1, 16_000, bits);
        WavBytes wav = header.data(samples.array().length).append(samples);
        WavReader whole = WavReader.open(wav.stream());
        assertThat(whole.format()).isEqualTo(AudioFormat.linear16(16_000));
        int[] result = Pcm.samples(all(whole));
        assertThat(Pcm.samples(all(WavReader.open(wav.stream(1))))).isEqualTo(result);
        return result;
    }

    @ParameterizedTest
    @CsvSource({"6, ALAW", "7, MULAW"})
    void read_g711_staysAsItIs(int tag, Encoding encoding) throws IOException {
        WavBytes wav = new WavBytes().riff("RIFF", 0).fmt(tag, 1, 8_000, 8).chunk("fact", 4);
        WavReader reader = WavReader.open(wav.data(3).raw(1, 2, 255, 0).stream());
        assertThat(reader.format()).isEqualTo(new AudioFormat(encoding, Container.RAW, 8_000, 1));
        assertThat(Pcm.array(all(reader))).containsExactly(1, 2, -1);
        assertThat(reader.truncated()).isFalse();
    }

    @Test
    void read_extensible_looksAtTheSubFormat() throws IOException {
        WavReader pcm = WavReader.open(
                new WavBytes().riff("RIFF", 64).extensible(1, 1, 44_100, 16, 16).data(4).samples(5, -5).stream());
        assertThat(pcm.format()).isEqualTo(AudioFormat.linear16(44_100));
        assertThat(Pcm.samples(all(pcm))).containsExactly(5, -5);

        WavReader floats = WavReader.open(new WavBytes()
                        .riff("RIFF", 64)
                        .extensible(3, 1, 44_100, 32, 32)
                        .data(4)
                        .int32(Float.floatToIntBits(-0.25f))
                        .stream());
        assertThat(Pcm.samples(all(floats))).containsExactly(-8_192);
    }

    @Test
    void open_extensibleOfAnUnknownFamily_isRefused() {
        byte[] bytes = new WavBytes()
                .riff("RIFF", 0)
                .extensible(1, 1, 8_000, 16, 16)
                .data(2)
                .array();
        bytes[12 + 8 + 30] ^= 1;
        assertThatThrownBy(() -> WavReader.open(new ByteArrayInputStream(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessage("WAV of an unknown extensible sub-format");

        InputStream tooShort = new WavBytes().riff("RIFF", 0).fmt(0xFFFE, 1, 8_000, 16).data(2).stream();
        assertThatThrownBy(() -> WavReader.open(tooShort)).hasMessage("WAV of an unknown extensible sub-format");
    }

    @ParameterizedTest
    @CsvSource({"1, 12", "1, 20", "1, 64", "3, 64", "6, 16", "7, 4", "2, 4", "85, 0", "65535, 65535"})
    void open_samplesWeDoNotRead_saysWhatIsReadable(int tag, int bits) {
        InputStream in = new WavBytes().riff("RIFF", 0).fmt(tag, 1, 8_000, bits).data(2).stream();
        assertThatThrownBy(() -> WavReader.open(in))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(String.format("WAV with format tag 0x%04X and %d bits a sample", tag, bits))
                .hasMessageContaining("readable are PCM of 8, 16, 24 and 32 bits");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8000, 'channels: 0, allowed 1 or 2'",
        "6, 8000, 'channels: 6, allowed 1 or 2'",
        "1, 0, 'sampleRate: 0 Hz, allowed 4000 to 192000'",
        "1, 4294967295, 'sampleRate: 2147483647 Hz, allowed 4000 to 192000'"
    })
    void open_channelsOrRateOutOfRange_isMalformedInput(int channels, long rate, String complaint) {
        InputStream in = new WavBytes().riff("RIFF", 0).fmt(1, channels, rate, 16).data(2).stream();
        assertThatThrownBy(() -> WavReader.open(in))
                .isInstanceOf(IOException.class)
                .hasMessage("WAV with " + complaint);
    }

    @Test
    void open_somethingElse_saysHowItBegins() {
        for (String text : List.of("{\"error\": true}", "RIFX....WAVEfmt ", "RIFF....AVI LIST")) {
            assertThatThrownBy(() -> WavReader.open(new WavBytes().ascii(text).stream()))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(EOFException.class)
                    .hasMessageStartingWith("not a WAV: begins with ");
        }
        assertThatThrownBy(() -> WavReader.open(new WavBytes().raw(0, 1, 0xFE).zeros(20).stream()))
                .hasMessage("not a WAV: begins with 0001fe00");
    }

    @Test
    void open_endsAnywhereInTheHeader_isEndOfFile() {
        byte[] header = new WavBytes()
                .riff("RIFF", 0)
                .chunk("LIST", 5)
                .extensible(1, 1, 8_000, 16, 16)
                .data(2)
                .array();
        for (int length = 0; length < header.length; length++) {
            InputStream in = new ByteArrayInputStream(header, 0, length);
            assertThatThrownBy(() -> WavReader.open(in)).as("%d bytes", length).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void open_dataBeforeFormat_isRefused() {
        assertThatThrownBy(() -> WavReader.open(new WavBytes().riff("RIFF", 0).data(2).samples(1).stream()))
                .hasMessage("WAV with its data chunk before its format chunk");
    }

    @Test
    void open_formatChunkTooShort_isRefused() {
        InputStream in = new WavBytes().riff("RIFF", 0).chunk("fmt ", 14).data(2).stream();
        assertThatThrownBy(() -> WavReader.open(in)).hasMessage("WAV with a format chunk of 14 bytes");
    }

    @Test
    void open_hugeChunkBeforeTheAudio_isRefusedWithoutReadingIt() {
        InputStream in = new WavBytes().riff("RIFF", 0).ascii("junk").int32(0xFFFF_FFF0L).zeros(64).stream();
        assertThatThrownBy(() -> WavReader.open(in))
                .hasMessage("WAV with more than 1048576 bytes before its data chunk");
    }

    @Test
    void open_endlessSmallChunks_giveUp() {
        byte[] chunk = new WavBytes().ascii("abcd").int32(0).array();
        InputStream endless = new InputStream() {
            private final byte[] start =
                    new WavBytes().riff("RIFF", 0).fmt(1, 1, 8_000, 16).array();
            private int at;

            @Override
            public int read() {
                int i = at++;
                return i < start.length ? start[i] & 0xFF : chunk[(i - start.length) % chunk.length] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                target[offset] = (byte) read();
                return 1;
            }
        };
        assertThatThrownBy(() -> WavReader.open(endless)).hasMessageContaining("1048576");
    }

    @Test
    void open_returnsBeforeTheFirstSample_andReadAtTheFirstWholeFrame() throws IOException {
        byte[] wav = WavBytes.pcm16(24_000, 2_000_000_000)
                .samples(7, 8)
                .raw(9)
                .raw(0)
                .array();
        Scripted in = new Scripted(wav);
        in.allow(44);
        WavReader reader = WavReader.open(in);
        assertThat(reader.format()).isEqualTo(AudioFormat.linear16(24_000));

        in.allow(3);
        assertThat(Pcm.samples(next(reader))).containsExactly(7);
        in.allow(2);
        assertThat(Pcm.samples(next(reader))).containsExactly(8);
        in.allow(100);
        assertThat(Pcm.samples(next(reader))).containsExactly(9);
        assertThat(reader.read()).isNull();
    }

    @Test
    void read_ioErrorInTheMiddle_comesAfterTheAudioThatCame() throws IOException {
        byte[] wav = WavBytes.pcm16(24_000, 100).samples(1, 2).array();
        Scripted in = new Scripted(wav);
        in.allow(48);
        WavReader reader = WavReader.open(in);
        assertThat(Pcm.samples(next(reader))).containsExactly(1, 2);
        assertThatThrownBy(reader::read).isInstanceOf(IOException.class).hasMessage("would block");
        assertThat(reader.truncated()).isFalse();
    }

    @Test
    void read_neverClosesTheStream() throws IOException {
        InputStream in =
                new ByteArrayInputStream(WavBytes.pcm16(8_000, 2).samples(1).array()) {
                    @Override
                    public void close() {
                        throw new AssertionError("closed");
                    }
                };
        assertThat(all(WavReader.open(in)).remaining()).isEqualTo(2);
    }

    @Test
    void read_longAudioInRandomPieces_isTheSameAsInOne() throws IOException {
        ByteBuffer noise = Pcm.noise(3, 40_000);
        for (int channels = 1; channels <= 2; channels++) {
            for (long size : new long[] {80_000, 0, 0xFFFF_FFFFL}) {
                WavBytes wav = new WavBytes()
                        .riff("RIFF", size)
                        .chunk("LIST", 26)
                        .fmt(1, channels, 8_000, 16)
                        .data(size)
                        .bytes(noise);
                for (int step : new int[] {1, 1 + random.nextInt(5_000), 16_384, 100_000}) {
                    WavReader reader = WavReader.open(wav.stream(step));
                    List<ByteBuffer> pieces = pieces(reader);
                    int frame = reader.format().bytesPerFrame();
                    assertThat(pieces).allMatch(piece -> piece.hasRemaining() && piece.remaining() % frame == 0);
                    assertThat(Pcm.join(pieces)).isEqualTo(noise);
                    assertThat(reader.truncated()).isFalse();
                }
            }
        }
    }

    @Test
    void read_randomBytesBehindAHeader_neverFailsAndYieldsAtMostWhatCame() throws IOException {
        for (int round = 0; round < 500; round++) {
            byte[] bytes = WavBytes.pcm16(8_000, random.nextInt(200))
                    .bytes(Pcm.noise(random.nextLong(), 100))
                    .array();
            WavReader reader = WavReader.open(new ByteArrayInputStream(bytes));
            int total = all(reader).remaining();
            assertThat(total).isBetween(0, 200);
        }
    }

    @Test
    void open_randomlyDamagedHeader_failsWithAnIoExceptionOrReads() {
        byte[] good = WavBytes.pcm16(8_000, 20).zeros(20).chunk("LIST", 4).array();
        int failures = 0;
        for (int round = 0; round < 5_000; round++) {
            byte[] bad = good.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            try {
                all(WavReader.open(new ByteArrayInputStream(bad)));
            } catch (IOException e) {
                failures++;
            }
        }
        assertThat(failures).isBetween(500, 4_900);
    }

    @Test
    void read_float32OfOurSamples_givesThemBack() throws IOException {
        WavBytes floats = new WavBytes();
        IntStream.rangeClosed(Short.MIN_VALUE, Short.MAX_VALUE)
                .forEach(sample -> floats.int32(Float.floatToIntBits(sample / 32_768f)));
        int[] samples = converted(3, 32, floats);
        assertThat(samples)
                .isEqualTo(
                        IntStream.rangeClosed(Short.MIN_VALUE, Short.MAX_VALUE).toArray());
    }

    static ByteBuffer all(WavReader reader) throws IOException {
        return Pcm.join(pieces(reader));
    }

    private static List<ByteBuffer> pieces(WavReader reader) throws IOException {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (ByteBuffer piece = reader.read(); piece != null; piece = reader.read()) {
            pieces.add(piece);
        }
        return pieces;
    }

    private static ByteBuffer next(WavReader reader) throws IOException {
        return Objects.requireNonNull(reader.read(), "the audio has ended");
    }

    /** Delivers what it is allowed to, and fails where a network would make the reader wait. */
    private static final class Scripted extends InputStream {
        private final byte[] bytes;
        private int at;
        private int allowed;

        Scripted(byte[] bytes) {
            this.bytes = bytes;
        }

        void allow(int more) {
            allowed += more;
        }

        @Override
        public int read() {
            throw new AssertionError("read byte by byte");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (at == bytes.length && allowed > at) {
                return -1;
            }
            int count = Math.min(length, Math.min(allowed, bytes.length) - at);
            if (count == 0) {
                throw new IOException("would block");
            }
            System.arraycopy(bytes, at, target, offset, count);
            at += count;
            return count;
        }
    }
}
