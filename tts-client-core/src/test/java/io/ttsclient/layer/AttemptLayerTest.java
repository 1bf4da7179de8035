// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.backend.Journal;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.doubles.ScriptedBackend;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AttemptReport;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.ProviderOptions;
import io.ttsclient.speech.SpeechListener;
import io.ttsclient.speech.SpeechListener.AttemptEnded;
import io.ttsclient.speech.SpeechListener.Outcome;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechReport;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AttemptLayerTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(16_000);

    private record RedOptions() implements ProviderOptions {
        @Override
        public String backend() {
            return "red";
        }
    }

    private final FakeBackend fake = FakeBackend.create();
    private final AttemptLayer layer = new AttemptLayer(fake);

    private static Synthesis synthesis() {
        return synthesis(SpeechOptions.none());
    }

    private static Synthesis synthesis(SpeechOptions options) {
        return Synthesis.builder(TextSource.of("Hello there"), "r-1", new VirtualTime())
                .options(options)
                .build();
    }

    private static byte[] readAll(AudioSource source) {
        var bytes = new ByteArrayOutputStream();
        for (var chunk = source.read(); chunk != null; chunk = source.read()) {
            byte[] piece = new byte[chunk.size()];
            chunk.bytes().get(piece);
            bytes.writeBytes(piece);
        }
        return bytes.toByteArray();
    }

    private static AttemptLayer around(ScriptedSource source) {
        return new AttemptLayer(new ScriptedBackend(source.format(), synthesis -> source));
    }

    private static AttemptReport onlyAttempt(Synthesis synthesis) {
        SpeechReport report = synthesis.journal().report();
        assertThat(report.attempts()).hasSize(1);
        return report.attempts().get(0);
    }

    @Test
    void stream_backendSpeaks_givesAllOfItInOrder() {
        fake.always(Behaviour.speak().chunks(100));
        Synthesis synthesis = synthesis();

        try (AudioSource source = layer.stream(synthesis)) {
            assertThat(source.format()).isEqualTo(FORMAT);
            assertThat(readAll(source)).isEqualTo(FakeBackend.audioOf("Hello there", FORMAT));
        }

        AttemptReport attempt = onlyAttempt(synthesis);
        assertThat(attempt.backend()).isEqualTo("fake");
        assertThat(attempt.charactersSent()).isEqualTo(11);
        assertThat(attempt.outcome()).contains(Outcome.COMPLETE);
        assertThat(attempt.failure()).isEmpty();
        assertThat(synthesis.journal().report().backend()).contains("fake");
    }

    @Test
    void stream_firstChunk_isReadBeforeItReturnsAndNotCopied() {
        var source = new ScriptedSource(FORMAT).gives(1, 2).gives(3, 4);
        var chunk = ScriptedSource.chunk(9, 9);
        var same = new ScriptedSource(FORMAT).gives(chunk);

        AudioSource delivered = around(source).stream(synthesis());

        assertThat(source.reads()).isEqualTo(1);
        assertThat(delivered.read()).isEqualTo(ScriptedSource.chunk(1, 2));
        assertThat(source.reads()).isEqualTo(1);
        assertThat(delivered.read()).isEqualTo(ScriptedSource.chunk(3, 4));
        assertThat(around(same).stream(synthesis()).read()).isSameAs(chunk);
    }

    @Test
    void stream_noAudio_failsThereAndThen() {
        fake.always(Behaviour.noAudio());
        Synthesis synthesis = synthesis();

        TtsException e = catchThrowableOfType(TtsException.class, () -> layer.stream(synthesis));

        assertThat(e.category()).isEqualTo(Category.NO_AUDIO);
        assertThat(e.backend()).contains("fake");
        assertThat(e.requestId()).contains("r-1");
        assertThat(onlyAttempt(synthesis).outcome()).contains(Outcome.FAILED);
        assertThat(onlyAttempt(synthesis).failure()).contains(Category.NO_AUDIO);
        assertThat(synthesis.journal().report().backend()).as("it never spoke").isEmpty();
        fake.awaitReleased();
    }

    @Test
    void stream_backendRefuses_isTakenDownAndDescribed() {
        fake.always(Behaviour.fail(
                TtsException.builder(Category.CONNECTION, "unreachable").build()));
        Synthesis synthesis = synthesis();

        TtsException e = catchThrowableOfType(TtsException.class, () -> layer.stream(synthesis));

        assertThat(e).hasMessage("unreachable [CONNECTION, backend=fake, requestId=r-1]");
        assertThat(onlyAttempt(synthesis).failure()).contains(Category.CONNECTION);
    }

    @Test
    void stream_nothingToSpeak_staysOfItsType() {
        fake.always(Behaviour.fail(new NothingToSpeakException("unknown script")));

        assertThatThrownBy(() -> layer.stream(synthesis()))
                .isInstanceOf(NothingToSpeakException.class)
                .hasMessageContaining("backend=fake");
    }

    @Test
    void stream_firstReadFails_closesTheSource() {
        fake.always(Behaviour.speak().failAt(0, Category.UNAVAILABLE));
        Synthesis synthesis = synthesis();

        assertThatThrownBy(() -> layer.stream(synthesis)).isInstanceOf(TtsException.class);

        assertThat(onlyAttempt(synthesis).failure()).contains(Category.UNAVAILABLE);
        fake.awaitReleased();
    }

    @Test
    void stream_firstReadHasABug_closesTheSourceAndThrowsIt() {
        var bug = new IllegalStateException("a bug");
        var source = new ScriptedSource(FORMAT).fails(bug);
        Synthesis synthesis = synthesis();

        assertThatThrownBy(() -> around(source).stream(synthesis)).isSameAs(bug);

        assertThat(source.isClosed()).isTrue();
        assertThat(onlyAttempt(synthesis).outcome()).contains(Outcome.FAILED);
        assertThat(onlyAttempt(synthesis).failure()).isEmpty();
    }

    @Test
    void read_hasABug_isAFailureOfTheAttempt() {
        var bug = new IllegalStateException("a bug");
        Synthesis synthesis = synthesis();
        AudioSource delivered = around(new ScriptedSource(FORMAT).gives(1, 2).fails(bug)).stream(synthesis);
        delivered.read();

        assertThatThrownBy(delivered::read).isSameAs(bug);
        delivered.close();

        assertThat(onlyAttempt(synthesis).outcome()).contains(Outcome.FAILED);
    }

    @Test
    void stream_cancelledWhileTheFirstReadWaits_endsIt() throws Exception {
        var source = new ScriptedSource(FORMAT).blocks();
        Synthesis synthesis = synthesis();
        CompletableFuture<TtsException> thrown = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(TtsException.class, () -> around(source).stream(synthesis)));
        source.awaitBlocked();

        synthesis.cancellation().cancel();

        assertThat(thrown.get(20, TimeUnit.SECONDS).category()).isEqualTo(Category.CANCELLED);
        assertThat(onlyAttempt(synthesis).outcome()).contains(Outcome.CANCELLED);
        assertThat(synthesis.cancellation()).hasToString("Cancellation[cancelled]");
    }

    @Test
    void stream_returned_hasNothingRegisteredAnyMore() {
        Synthesis synthesis = synthesis();

        layer.stream(synthesis).close();

        assertThat(synthesis.cancellation()).hasToString("Cancellation[0 actions]");
    }

    @Test
    void read_failsInTheMiddle_isTakenDownAndDescribed() {
        fake.always(Behaviour.speak().failAt(640, Category.TRUNCATED));
        Synthesis synthesis = synthesis();

        try (AudioSource source = layer.stream(synthesis)) {
            assertThat(source.read()).isNotNull();
            assertThatThrownBy(source::read).isInstanceOfSatisfying(TtsException.class, e -> {
                assertThat(e.category()).isEqualTo(Category.TRUNCATED);
                assertThat(e.backend()).contains("fake");
                assertThat(e.requestId()).contains("r-1");
            });
        }

        assertThat(onlyAttempt(synthesis).outcome()).contains(Outcome.FAILED);
        assertThat(onlyAttempt(synthesis).failure()).contains(Category.TRUNCATED);
        assertThat(synthesis.journal().report().backend()).contains("fake");
    }

    @Test
    void close_beforeTheFirstChunkWasTaken_cancelsTheReadToo() {
        var source = new ScriptedSource(FORMAT).gives(1, 2);
        AudioSource delivered = around(source).stream(synthesis());

        delivered.close();

        assertThatThrownBy(delivered::read)
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.CANCELLED));
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void close_early_isNoFailureOfTheAttempt() {
        Synthesis synthesis = synthesis();
        AudioSource delivered = layer.stream(synthesis);
        assertThat(onlyAttempt(synthesis).outcome()).isEmpty();

        delivered.close();

        assertThat(onlyAttempt(synthesis).outcome()).contains(Outcome.CANCELLED);
        assertThat(onlyAttempt(synthesis).failure()).isEmpty();
    }

    @Test
    void attempt_endsInSeveralWays_isHeardOfOnce() {
        List<AttemptEnded> ends = new ArrayList<>();
        var journal = new Journal("r-1", new VirtualTime(), new SpeechListener() {
            @Override
            public void attemptEnded(AttemptEnded event) {
                ends.add(event);
            }
        });
        Synthesis synthesis = Synthesis.builder(TextSource.of("Hello there"), "r-1", new VirtualTime())
                .journal(journal)
                .build();
        AudioSource delivered = layer.stream(synthesis);
        readAll(delivered);
        delivered.close();

        assertThat(ends).hasSize(1);
        assertThat(ends.get(0).requestId()).isEqualTo("r-1");
        assertThat(ends.get(0).report().outcome()).contains(Outcome.COMPLETE);
        assertThat(ends.get(0).report().charactersSent()).isEqualTo(11);
    }

    @Test
    void stream_firstChunkSplitsASample_isAProtocolError() {
        var source = new ScriptedSource(FORMAT).gives(1, 2, 3);

        assertThatThrownBy(() -> around(source).stream(synthesis()))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.PROTOCOL))
                .hasMessageContaining("split a sample: 3 bytes of linear16 16000 Hz");
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void read_laterChunkSplitsASample_isAProtocolErrorOfTheAttempt() {
        var source = new ScriptedSource(new AudioFormat(Encoding.LINEAR16, Container.RAW, 16_000, 2))
                .gives(1, 2, 3, 4)
                .gives(1, 2);
        Synthesis synthesis = synthesis();
        AudioSource delivered = around(source).stream(synthesis);
        delivered.read();

        assertThatThrownBy(delivered::read)
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.PROTOCOL));
        assertThat(onlyAttempt(synthesis).failure()).contains(Category.PROTOCOL);
    }

    @Test
    void read_bytesThatAreNoSamples_mayBeCutAnywhere() {
        var mp3 = new ScriptedSource(new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 2)).gives(1, 2, 3);
        var wav = new ScriptedSource(new AudioFormat(Encoding.LINEAR16, Container.WAV, 24_000, 2)).gives(1, 2, 3);

        assertThat(around(mp3).stream(synthesis()).read()).isEqualTo(ScriptedSource.chunk(1, 2, 3));
        assertThat(around(wav).stream(synthesis()).read()).isEqualTo(ScriptedSource.chunk(1, 2, 3));
    }

    @Test
    void stream_optionsOfAnotherProvider_areWarnedOfOnceInEachReport() {
        SpeechOptions options =
                SpeechOptions.builder().provider(new RedOptions()).build();
        Synthesis first = synthesis(options);
        Synthesis second = synthesis(options);

        layer.stream(first).close();
        layer.stream(first).close();
        layer.stream(second).close();

        for (Synthesis synthesis : new Synthesis[] {first, second}) {
            assertThat(synthesis.journal().report().warnings())
                    .containsExactly("RedOptions ignored: fake serves this request");
        }
    }

    @Test
    void stream_optionsOfAnotherProvider_areLoggedOncePerClient() {
        SpeechOptions options =
                SpeechOptions.builder().provider(new RedOptions()).build();
        PrintStream standardError = System.err;
        var log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            layer.stream(synthesis(options)).close();
            layer.stream(synthesis(options)).close();
        } finally {
            System.setErr(standardError);
        }

        assertThat(log.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("RedOptions is ignored by backend fake: it is for red");
    }

    @Test
    void stream_ownOptions_areNotWarnedOf() {
        FakeBackend red = FakeBackend.builder("red").build();
        Synthesis synthesis =
                synthesis(SpeechOptions.builder().provider(new RedOptions()).build());

        new AttemptLayer(red).stream(synthesis).close();

        assertThat(synthesis.journal().report().warnings()).isEmpty();
        assertThat(red.calls().get(0).options().provider(RedOptions.class)).isPresent();
    }
}
