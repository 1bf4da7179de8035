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
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechReport;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ObservationLayerTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(8_000);

    private final VirtualTime time = new VirtualTime();
    private final ScriptedSource source = new ScriptedSource(FORMAT);
    private final Synthesis synthesis =
            Synthesis.builder(TextSource.of("Hello"), "r-1", time).build();

    private AudioSource stream() {
        return new ObservationLayer(new ScriptedBackend(FORMAT, inner -> {
                    inner.journal().attempt("scripted").spoke();
                    pass(100);
                    return source;
                }))
                .stream(synthesis);
    }

    private void pass(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    private SpeechReport report() {
        return synthesis.journal().report();
    }

    @Test
    void report_readToTheEndBySlowReader_isComplete() {
        source.then(() -> pass(10)).gives(new int[1_600]).gives(new int[1_600]);
        AudioSource stream = stream();
        pass(1_000); // the reader is away before the first read
        stream.read();
        pass(1_000);
        stream.read();

        assertThat(report().total()).isEmpty();
        assertThat(stream.read()).isNull();

        assertThat(report().timeToFirstAudio()).contains(Duration.ofMillis(100));
        assertThat(report().total()).contains(Duration.ofMillis(2_110));
        assertThat(report().processing()).isEqualTo(Duration.ofMillis(110));
        assertThat(report().audioDuration()).isEqualTo(Duration.ofMillis(200));
        assertThat(report().realTimeFactor()).hasValue(0.55);
        assertThat(report().backend()).contains("scripted");
    }

    @Test
    void report_closedEarly_isComplete() {
        source.gives(new int[1_600]).gives(1, 2);
        AudioSource stream = stream();
        stream.read();
        pass(50);

        stream.close();
        pass(50);

        assertThat(report().total()).contains(Duration.ofMillis(150));
        assertThat(report().audioDuration()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void read_failsInTheMiddle_saysWhatWasTriedAndDelivered() {
        source.gives(new int[1_600]).then(() -> pass(7)).fails(Category.TRUNCATED);
        AudioSource stream = stream();
        stream.read();

        TtsException e = catchThrowableOfType(TtsException.class, stream::read);

        assertThat(e.category()).isEqualTo(Category.TRUNCATED);
        assertThat(e.requestId()).contains("r-1");
        assertThat(e.attempts()).isEqualTo(1);
        assertThat(e.audioDelivered()).isEqualTo(Duration.ofMillis(100));
        assertThat(report().total()).contains(Duration.ofMillis(107));
        assertThat(report().processing()).isEqualTo(Duration.ofMillis(107));
    }

    @Test
    void stream_failsBeforeAudio_saysWhatWasTriedAndEndsTheReport() {
        var layer = new ObservationLayer(new ScriptedBackend(FORMAT, inner -> {
            inner.journal().attempt("first");
            inner.journal().attempt("second");
            pass(30);
            throw TtsException.builder(Category.CONNECTION, "unreachable")
                    .backend("second")
                    .build();
        }));

        TtsException e = catchThrowableOfType(TtsException.class, () -> layer.stream(synthesis));

        assertThat(e).hasMessage("unreachable [CONNECTION, backend=second, requestId=r-1, attempts=2]");
        assertThat(e.audioDelivered()).isZero();
        assertThat(report().total()).contains(Duration.ofMillis(30));
        assertThat(report().processing()).isEqualTo(Duration.ofMillis(30));
        assertThat(report().timeToFirstAudio()).isEmpty();
    }

    @Test
    void stream_nothingToSpeak_staysOfItsTypeWithTheRequestsId() {
        var layer = new ObservationLayer(new ScriptedBackend(FORMAT, inner -> {
            throw new NothingToSpeakException("blank");
        }));

        assertThatThrownBy(() -> layer.stream(synthesis))
                .isInstanceOf(NothingToSpeakException.class)
                .hasMessage("blank [INVALID_REQUEST, requestId=r-1]");
    }

    @Test
    void stream_bugBelow_endsTheReportAndIsPassedOn() {
        var bug = new IllegalStateException("a bug");
        var layer = new ObservationLayer(new ScriptedBackend(FORMAT, inner -> {
            throw bug;
        }));

        assertThatThrownBy(() -> layer.stream(synthesis)).isSameAs(bug);

        assertThat(report().total()).contains(Duration.ZERO);
    }
}
