// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.AudioSink;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.testkit.LeakCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class AudioStreamTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(8_000);

    private final ScriptedSource source = new ScriptedSource(FORMAT);
    private final AudioStream stream = AudioStream.of(source, Runnable::run, SpeechReport.builder("r-1")::build);

    private static void assertCancelled(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.CANCELLED));
    }

    @Test
    void read_toTheEnd_givesEveryChunkThenNullForEver() {
        source.gives(1, 2).gives(3, 4);

        assertThat(stream.read()).isEqualTo(ScriptedSource.chunk(1, 2));
        assertThat(stream.read()).isEqualTo(ScriptedSource.chunk(3, 4));
        assertThat(stream.read()).isNull();
        assertThat(stream.read()).isNull();

        assertThat(source.reads()).as("a source is not read past its end").isEqualTo(3);
        assertThat(source.closes()).isEqualTo(1);
        assertThat(stream).hasToString("AudioStream[ENDED]");
    }

    @Test
    void close_afterTheEnd_doesNothingMore() {
        stream.read();
        stream.close();

        assertThat(source.closes()).isEqualTo(1);
        assertThat(stream.read()).isNull();
    }

    @Test
    void close_beforeTheEnd_closesTheSourceOnceAndCancelsLaterReads() {
        source.gives(1, 2).gives(3, 4);
        stream.read();

        stream.close();
        stream.close();

        assertThat(source.closes()).isEqualTo(1);
        assertCancelled(catchThrowable(stream::read));
        assertCancelled(catchThrowable(stream::read));
        assertThat(source.reads()).isEqualTo(1);
        assertThat(stream).hasToString("AudioStream[CLOSED]");
    }

    @Test
    void read_sourceFails_throwsTheSameEveryTime() {
        TtsException failure = TtsException.builder(Category.TRUNCATED, "cut").build();
        source.gives(1, 2).fails(failure).gives(3, 4);

        assertThat(stream.read()).isNotNull();
        assertThatThrownBy(stream::read).isSameAs(failure);
        assertThatThrownBy(stream::read).isSameAs(failure);
        stream.close();
        assertThatThrownBy(stream::read).as("closing does not hide it").isSameAs(failure);

        assertThat(source.reads()).isEqualTo(2);
        assertThat(source.closes()).isEqualTo(1);
        assertThat(stream).hasToString("AudioStream[FAILED]");
    }

    @Test
    void read_sourceHasABug_throwsItEveryTimeAndClosesTheSource() {
        var bug = new IllegalStateException("a bug");
        source.fails(bug).gives(3, 4);

        assertThatThrownBy(stream::read).isSameAs(bug);
        assertThatThrownBy(stream::read).isSameAs(bug);

        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void close_anotherThreadBlockedInRead_wakesItAsCancelled() throws Exception {
        source.gives(1, 2).blocks();
        stream.read();
        CompletableFuture<Throwable> reader = CompletableFuture.supplyAsync(() -> catchThrowable(stream::read));
        source.awaitBlocked();

        stream.close();

        assertCancelled(reader.get(20, TimeUnit.SECONDS));
    }

    @Test
    void close_sourceAnswersWithAnotherFailure_isCancelledWithThatAsCause() {
        TtsException socket =
                TtsException.builder(Category.CONNECTION, "socket closed").build();
        source.then(() -> {
            stream.close();
            throw socket;
        });

        Throwable thrown = catchThrowable(stream::read);

        assertCancelled(thrown);
        assertThat(thrown).hasCause(socket);
        assertThatThrownBy(stream::read).isSameAs(thrown);
    }

    @Test
    void read_whileAnotherThreadReads_isRefusedAndHarmsNothing() throws Exception {
        source.blocks();
        CompletableFuture<Throwable> reader = CompletableFuture.supplyAsync(() -> catchThrowable(stream::read));
        source.awaitBlocked();

        assertThatThrownBy(stream::read)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("another thread is reading this stream");
        assertThat(source.isClosed()).isFalse();

        stream.close();
        assertCancelled(reader.get(20, TimeUnit.SECONDS));
    }

    @Test
    void read_fromOneThreadAfterTheOther_continues() {
        source.gives(1, 2).gives(3, 4);

        assertThat(CompletableFuture.supplyAsync(stream::read).join()).isEqualTo(ScriptedSource.chunk(1, 2));
        assertThat(CompletableFuture.supplyAsync(stream::read).join()).isEqualTo(ScriptedSource.chunk(3, 4));
    }

    @Test
    void timingsAndReport_atAnyTime_comeFromBelow() {
        var mark = new TimingMark(TimingMark.Kind.WORD, 0, 5, Duration.ZERO, Duration.ofMillis(10));
        source.timings(mark).gives(1, 2);

        assertThat(stream.timings()).containsExactly(mark);
        assertThat(stream.report().requestId()).isEqualTo("r-1");
        assertThat(stream.format()).isEqualTo(FORMAT);
        assertThat(stream).hasToString("AudioStream[OPEN]");
    }

    @Test
    void iterator_forLoop_givesEveryChunk() {
        source.gives(1, 2).gives(3, 4);
        List<AudioChunk> chunks = new ArrayList<>();

        for (AudioChunk chunk : stream) {
            chunks.add(chunk);
        }

        assertThat(chunks).containsExactly(ScriptedSource.chunk(1, 2), ScriptedSource.chunk(3, 4));
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void iterator_untouched_readsNothing() {
        source.gives(1, 2);

        Iterator<AudioChunk> iterator = stream.iterator();

        assertThat(source.reads()).isZero();
        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.hasNext()).isTrue();
        assertThat(source.reads()).isEqualTo(1);
    }

    @Test
    void iterator_pastTheEnd_throws() {
        Iterator<AudioChunk> iterator = stream.iterator();

        assertThat(iterator.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
    }

    @Test
    void asInputStream_everyWayToRead_givesTheBytesInOrder() throws IOException {
        source.gives(1, 0x80).gives(255, 4).gives(5, 6);
        InputStream in = stream.asInputStream();

        assertThat(in.available()).isZero();
        assertThat(in.read()).isEqualTo(1);
        assertThat(in.available()).isEqualTo(1);
        assertThat(in.read()).isEqualTo(0x80);
        assertThat(in.read(new byte[0])).isZero();
        assertThat(source.reads()).as("never further than asked").isEqualTo(1);
        byte[] target = {9, 9, 9, 9};
        assertThat(in.read(target, 1, 1)).isEqualTo(1);
        assertThat(target).containsExactly(9, 255, 9, 9);
        assertThat(in.read(target, 0, 4)).as("the rest of the chunk").isEqualTo(1);
        assertThat(target[0]).isEqualTo((byte) 4);
        assertThat(in.readAllBytes()).containsExactly(5, 6);
        assertThat(in.read()).isEqualTo(-1);
        assertThat(in.read(target)).isEqualTo(-1);
    }

    @Test
    void asInputStream_rangeOutside_isRefused() {
        InputStream in = stream.asInputStream();

        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> in.read(new byte[4], 2, 3));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> in.read(new byte[4], -1, 1));
    }

    @Test
    void asInputStream_failure_isAnIOExceptionWithTheCause() {
        TtsException failure = TtsException.builder(Category.TRUNCATED, "cut").build();
        source.gives(1, 2).fails(failure);
        InputStream in = stream.asInputStream();

        assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class).hasCause(failure);
        assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasCause(failure);
    }

    @Test
    void asInputStream_closed_closesTheStream() throws IOException {
        source.gives(1, 2);

        stream.asInputStream().close();

        assertThat(source.isClosed()).isTrue();
        assertCancelled(catchThrowable(stream::read));
    }

    @Test
    void asInputStream_streamClosedInsideAChunk_dropsTheRest() throws IOException {
        source.gives(1, 2);
        InputStream in = stream.asInputStream();
        in.read();

        stream.close();

        assertThat(in.available()).isZero();
        assertThatThrownBy(in::read)
                .isInstanceOf(IOException.class)
                .cause()
                .satisfies(AudioStreamTest::assertCancelled);
    }

    @Test
    void iterator_streamClosedBetweenHasNextAndNext_dropsTheChunk() {
        source.gives(1, 2);
        Iterator<AudioChunk> iterator = stream.iterator();
        assertThat(iterator.hasNext()).isTrue();

        stream.close();

        assertCancelled(catchThrowable(iterator::next));
        assertCancelled(catchThrowable(iterator::hasNext));
    }

    @Test
    void of_sourceThatIsRevoked_saysWhyInsteadOfTheRest() throws IOException {
        var revoked = new AtomicBoolean();
        AudioStream revocable = AudioStream.of(source, Runnable::run, SpeechReport.builder("r-1")::build, revoked::get);
        TtsException why = TtsException.builder(Category.CLOSED, "revoked").build();
        source.gives(1, 2, 3, 4).fails(why);
        InputStream in = revocable.asInputStream();
        in.read();
        assertThat(in.read()).as("until then").isEqualTo(2);

        revoked.set(true);

        assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasCause(why);
    }

    @Test
    void toBytes_chunks_joinsThemAndCloses() {
        source.gives(1, 2).gives(3, 4);

        assertThat(stream.toBytes()).containsExactly(1, 2, 3, 4);
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void toBytes_failure_throwsItAndCloses() {
        source.gives(1, 2).fails(Category.TRUNCATED);

        assertThatThrownBy(stream::toBytes).isInstanceOf(TtsException.class).hasMessageContaining("TRUNCATED");
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void transferTo_sink_getsEverythingIsDrainedAndStaysOpen() throws IOException {
        source.gives(1, 2).gives(3, 4, 5, 6);
        var sink = new RecordingSink();

        assertThat(stream.transferTo(sink)).isEqualTo(6);

        assertThat(sink.written.toByteArray()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(sink.events).containsExactly("write " + FORMAT, "write " + FORMAT, "drain");
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void transferTo_failingSink_throwsAndCancels() {
        source.gives(1, 2).gives(3, 4);
        AudioSink full = (audio, format) -> {
            throw new IOException("disk full");
        };

        assertThatThrownBy(() -> stream.transferTo(full))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
        assertThat(source.isClosed()).isTrue();
        assertThat(source.reads()).isEqualTo(1);
    }

    @Test
    void transferTo_failingAudio_throwsWithoutDraining() {
        source.gives(1, 2).fails(Category.TRUNCATED);
        var sink = new RecordingSink();

        assertThatThrownBy(() -> stream.transferTo(sink)).isInstanceOf(TtsException.class);
        assertThat(sink.events).containsExactly("write " + FORMAT);
    }

    @Test
    void views_mixed_shareOnePosition() throws IOException {
        source.gives(1, 2).gives(3, 4).gives(5, 6);

        stream.read();
        stream.iterator().next();

        assertThat(stream.asInputStream().readAllBytes()).containsExactly(5, 6);
    }

    @Test
    void read_manyThreadsAtOnce_givesEveryChunkExactlyOnce() {
        int chunks = 200;
        for (int i = 0; i < chunks; i++) {
            source.gives(i, 0);
        }
        List<CompletableFuture<List<AudioChunk>>> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readers.add(CompletableFuture.supplyAsync(this::readAllRepeatingRefusals));
        }

        List<AudioChunk> all = new ArrayList<>();
        for (CompletableFuture<List<AudioChunk>> reader : readers) {
            all.addAll(reader.orTimeout(20, TimeUnit.SECONDS).join());
        }

        assertThat(all).hasSize(chunks).doesNotHaveDuplicates();
    }

    private List<AudioChunk> readAllRepeatingRefusals() {
        List<AudioChunk> mine = new ArrayList<>();
        while (true) {
            try {
                AudioChunk chunk = stream.read();
                if (chunk == null) {
                    return mine;
                }
                mine.add(chunk);
            } catch (IllegalStateException e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void close_fromManyThreads_closesTheSourceOnce() {
        source.gives(1, 2);
        List<CompletableFuture<Void>> closers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            closers.add(CompletableFuture.runAsync(stream::close));
        }
        closers.forEach(closer -> closer.orTimeout(20, TimeUnit.SECONDS).join());

        assertThat(source.closes()).isEqualTo(1);
    }

    @Test
    void audioSourceOf_closedBeforeTheEnd_isCancelled() {
        AudioSource whole = AudioSource.of(FORMAT, List.of(ScriptedSource.chunk(1, 2)), List.of());

        whole.close();

        assertCancelled(catchThrowable(whole::read));
    }

    @Test
    void audioSourceOf_closedAtTheEnd_hasEnded() {
        AudioSource whole = AudioSource.of(FORMAT, List.of(ScriptedSource.chunk(1, 2)), List.of());
        whole.read();

        whole.close();

        assertThat(whole.read()).isNull();
        assertThat(whole.format()).isEqualTo(FORMAT);
    }

    private static final class RecordingSink implements AudioSink {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final List<String> events = new ArrayList<>();

        @Override
        public void write(ByteBuffer audio, AudioFormat format) {
            events.add("write " + format);
            while (audio.hasRemaining()) {
                written.write(audio.get());
            }
        }

        @Override
        public void drain() {
            events.add("drain");
        }
    }
}
