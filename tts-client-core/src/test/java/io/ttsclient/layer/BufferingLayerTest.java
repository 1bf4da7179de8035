// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.doubles.ScriptedBackend;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.TimingMark;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BufferingLayerTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(16_000);

    private final ScriptedSource source = new ScriptedSource(FORMAT);

    private BufferingLayer layer(long maxBytes) {
        return new BufferingLayer(new ScriptedBackend(FORMAT, synthesis -> source), maxBytes);
    }

    private static Synthesis synthesis(boolean whole) {
        return Synthesis.builder(TextSource.of("Hello"), "r-1", new VirtualTime())
                .whole(whole)
                .build();
    }

    @Test
    void stream_audioAsItComes_isPassedOnUntouched() {
        source.gives(1, 2);

        assertThat(layer(1).stream(synthesis(false))).isSameAs(source);
        assertThat(source.reads()).isZero();
    }

    @Test
    void stream_whole_isReadToTheEndBeforeItReturns() {
        var mark = new TimingMark(TimingMark.Kind.WORD, 0, 5, Duration.ZERO, Duration.ofMillis(1));
        source.timings(mark).gives(1, 2).gives(3, 4);
        Synthesis synthesis = synthesis(true);

        AudioSource whole = layer(4).stream(synthesis);

        assertThat(source.reads()).isEqualTo(3);
        assertThat(source.closes()).isEqualTo(1);
        assertThat(whole.format()).isEqualTo(FORMAT);
        assertThat(whole.timings()).containsExactly(mark);
        assertThat(whole.read()).isEqualTo(ScriptedSource.chunk(1, 2));
        assertThat(whole.read()).isEqualTo(ScriptedSource.chunk(3, 4));
        assertThat(whole.read()).isNull();
        assertThat(synthesis.cancellation()).hasToString("Cancellation[0 actions]");
    }

    @Test
    void stream_wholeThatBreaksOff_failsAndHandsNothingOver() {
        source.gives(1, 2).fails(Category.TRUNCATED);

        assertThatThrownBy(() -> layer(100).stream(synthesis(true)))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.TRUNCATED));
        assertThat(source.closes()).isEqualTo(1);
    }

    @Test
    void stream_wholeBeyondTheBound_isRefusedAndNotReadFurther() {
        source.gives(1, 2).gives(3, 4).gives(5, 6);

        TtsException e = catchThrowableOfType(TtsException.class, () -> layer(3).stream(synthesis(true)));

        assertThat(e.category()).isEqualTo(Category.INVALID_REQUEST);
        assertThat(e.requestId()).contains("r-1");
        assertThat(e).hasMessageStartingWith("audio: more than 3 bytes");
        assertThat(source.reads()).isEqualTo(2);
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void stream_cancelledWhileTheRestIsAwaited_endsTheWait() throws Exception {
        source.gives(1, 2).blocks();
        Synthesis synthesis = synthesis(true);
        CompletableFuture<TtsException> thrown = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(TtsException.class, () -> layer(100).stream(synthesis)));
        source.awaitBlocked();

        synthesis.cancellation().cancel();

        assertThat(thrown.get(20, TimeUnit.SECONDS).category()).isEqualTo(Category.CANCELLED);
    }

    @Test
    void stream_backendRefuses_isPassedOn() {
        TtsException failure = TtsException.builder(Category.QUOTA, "used up").build();
        var layer = new BufferingLayer(
                new ScriptedBackend(FORMAT, synthesis -> {
                    throw failure;
                }),
                10);

        assertThatThrownBy(() -> layer.stream(synthesis(true))).isSameAs(failure);
    }

    @Test
    void create_boundNotPositive_isRefused() {
        assertThatThrownBy(() -> layer(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxBytes: 0, allowed at least 1");
    }
}
