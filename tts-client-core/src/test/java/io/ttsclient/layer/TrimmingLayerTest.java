// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.doubles.Requests;
import io.ttsclient.doubles.ScriptedBackend;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.TimingMark;
import io.ttsclient.testkit.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TrimmingLayerTest {
    private static final AudioFormat FORMAT = AudioFormat.mulaw(8_000);
    private static final int SILENT = 0xFF;
    private static final int LOUD = 0x00;
    /** 20 ms of it stay at each end. */
    private static final int MARGIN = 160;

    private final Requests requests = new Requests(new VirtualTime());

    private Synthesis trimmed() {
        Synthesis synthesis = requests.synthesis();
        return synthesis.withOptions(
                synthesis.options().toBuilder().trimSilence(true).build());
    }

    private static AudioSource stream(ScriptedSource source, Synthesis synthesis) {
        return new TrimmingLayer(new ScriptedBackend(source.format(), any -> source)).stream(synthesis);
    }

    private static TtsException failure(Category category, Runnable call) {
        TtsException failure = catchThrowableOfType(TtsException.class, call::run);
        assertThat(failure.category()).isEqualTo(category);
        return failure;
    }

    private static AudioChunk audio(int value, int bytes) {
        byte[] audio = new byte[bytes];
        Arrays.fill(audio, (byte) value);
        return new AudioChunk(ByteBuffer.wrap(audio));
    }

    private static byte[] all(AudioSource source) {
        var bytes = new ByteArrayOutputStream();
        for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
            byte[] piece = new byte[chunk.size()];
            chunk.bytes().get(piece);
            bytes.writeBytes(piece);
        }
        return bytes.toByteArray();
    }

    @Test
    void stream_notAskedFor_isTheBackendsOwn() {
        var source = new ScriptedSource(FORMAT).gives(audio(SILENT, 500));

        assertThat(stream(source, requests.synthesis())).isSameAs(source);
    }

    @Test
    void stream_silenceAtBothEnds_isTakenOffButForTheMargin() {
        var source = new ScriptedSource(FORMAT)
                .gives(audio(SILENT, 400))
                .gives(audio(SILENT, 400))
                .gives(audio(LOUD, 10))
                .gives(audio(SILENT, 300))
                .gives(audio(LOUD, 20))
                .gives(audio(SILENT, 700));

        AudioSource audio = stream(source, trimmed());

        assertThat(all(audio)).hasSize(MARGIN + 10 + 300 + 20 + MARGIN);
        audio.close();
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void timings_silenceTakenOffInFront_areEarlier() {
        var source = new ScriptedSource(FORMAT)
                .gives(audio(SILENT, 800))
                .gives(audio(LOUD, 80))
                .timings(
                        new TimingMark(TimingMark.Kind.WORD, 0, 2, Duration.ofMillis(50), Duration.ofMillis(105)),
                        new TimingMark(TimingMark.Kind.WORD, 3, 5, Duration.ofMillis(105), Duration.ofMillis(110)));

        AudioSource audio = stream(source, trimmed());

        assertThat(audio.timings())
                .containsExactly(
                        new TimingMark(TimingMark.Kind.WORD, 0, 2, Duration.ZERO, Duration.ofMillis(25)),
                        new TimingMark(TimingMark.Kind.WORD, 3, 5, Duration.ofMillis(25), Duration.ofMillis(30)));
    }

    @Test
    void stream_nothingButSilence_isNoAudio() {
        var source = new ScriptedSource(FORMAT).gives(audio(SILENT, 500));

        TtsException failure = failure(Category.NO_AUDIO, () -> stream(source, trimmed()));

        assertThat(failure).hasMessageStartingWith("the audio was nothing but silence");
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void stream_compressedFormatAskedFor_isRefusedBeforeTheBackendIsAsked() {
        AudioFormat mp3 = new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1);
        Synthesis synthesis = trimmed();
        SpeechOptions options = synthesis.options().toBuilder().format(mp3).build();
        var layer = new TrimmingLayer(new ScriptedBackend(mp3, any -> {
            throw new AssertionError("the backend was asked");
        }));

        TtsException failure = failure(Category.UNSUPPORTED, () -> layer.stream(synthesis.withOptions(options)));

        assertThat(failure)
                .hasMessageStartingWith("trimSilence: true, allowed with raw LINEAR16, MULAW and ALAW, not with mp3");
    }

    @Test
    void stream_callerLeavesDuringTheSilence_ends() throws Exception {
        var source = new ScriptedSource(FORMAT).gives(audio(SILENT, 500)).blocks();
        Synthesis synthesis = trimmed();
        CompletableFuture<TtsException> failure =
                CompletableFuture.supplyAsync(() -> failure(Category.CANCELLED, () -> stream(source, synthesis)));
        source.awaitBlocked();

        synthesis.cancellation().cancel();

        assertThat(failure.get(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(source.isClosed()).isTrue();
    }
}
