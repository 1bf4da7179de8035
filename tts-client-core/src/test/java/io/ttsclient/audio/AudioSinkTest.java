// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioSinkTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(8_000);

    @Test
    void interface_asLambda_hasHarmlessDefaults() throws IOException {
        AudioSink sink = (audio, format) -> audio.position(audio.limit());
        sink.write(Pcm.of(1), FORMAT);
        sink.drain();
        assertThat(sink.played()).isEmpty();
    }

    @Test
    void interface_mentionsNothingOfJavaDesktop_soThatItLoadsWithoutIt() {
        for (Method method : AudioSink.class.getDeclaredMethods()) {
            assertThat(method.getParameterTypes())
                    .allMatch(type -> !"java.desktop".equals(type.getModule().getName()));
        }
    }

    @Test
    void toOutputStream_writesEverythingAndFlushesOnDrain() throws IOException {
        RecordingStream out = new RecordingStream();
        AudioSink sink = AudioSink.to(out);
        ByteBuffer large = Pcm.noise(1, 20_000);
        ByteBuffer chunk = large.asReadOnlyBuffer();
        sink.write(chunk, FORMAT);
        sink.write(ByteBuffer.allocate(0), FORMAT);
        assertThat(chunk.hasRemaining()).isFalse();
        assertThat(out.toByteArray()).isEqualTo(Pcm.array(large));
        assertThat(out.flushes).isZero();
        sink.drain();
        assertThat(out.flushes).isEqualTo(1);
        assertThat(out.closed).isFalse();
        assertThat(sink.played()).isEmpty();
    }

    @Test
    void toOutputStream_errors_reachTheWriter() {
        AudioSink sink = AudioSink.to(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("full");
            }
        });
        assertThatThrownBy(() -> sink.write(Pcm.of(1), FORMAT))
                .isInstanceOf(IOException.class)
                .hasMessage("full");
    }

    @Test
    void toChannel_thatTakesAFewBytesAtATime_getsEverything() throws IOException {
        RecordingChannel channel = new RecordingChannel(3);
        ByteBuffer chunk = Pcm.of(1, 2, 3, 4);
        AudioSink.to(channel).write(chunk, FORMAT);
        assertThat(chunk.hasRemaining()).isFalse();
        assertThat(channel.taken.toByteArray()).isEqualTo(Pcm.array(Pcm.of(1, 2, 3, 4)));
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void toChannel_thatTakesNothing_fails() {
        AudioSink sink = AudioSink.to(new RecordingChannel(0));
        assertThatThrownBy(() -> sink.write(Pcm.of(1), FORMAT))
                .isInstanceOf(IOException.class)
                .hasMessage("the channel takes no bytes: is it in non-blocking mode?");
    }

    @Test
    void methodReference_ofAWriter_isASinkTheCallerCommits(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("sink.wav");
        try (WavWriter wav = WavWriter.create(path, FORMAT)) {
            AudioSink sink = (audio, format) -> wav.write(audio);
            sink.write(Pcm.of(5), FORMAT);
            wav.commit();
        }
        assertThat(path).hasBinaryContent(WavBytes.pcm16(8_000, 2).samples(5).array());
    }

    private static final class RecordingStream extends ByteArrayOutputStream {
        private int flushes;
        private boolean closed;

        @Override
        public void flush() {
            flushes++;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class RecordingChannel implements WritableByteChannel {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final int most;
        private boolean open = true;

        RecordingChannel(int most) {
            this.most = most;
        }

        @Override
        public int write(ByteBuffer source) {
            int count = Math.min(most, source.remaining());
            for (int i = 0; i < count; i++) {
                taken.write(source.get());
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
