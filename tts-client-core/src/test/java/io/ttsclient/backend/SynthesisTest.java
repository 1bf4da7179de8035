// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.VirtualTime;
import io.ttsclient.text.SegmentLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SynthesisTest {
    private final VirtualTime time = new VirtualTime();

    private Synthesis.Builder builder() {
        return Synthesis.builder(TextSource.of("My PIN is 1234"), "r-1", time);
    }

    @Test
    void build_onlyTheRequired_hasDefaults() {
        Synthesis synthesis = builder().build();

        assertThat(synthesis.text().text()).isEqualTo("My PIN is 1234");
        assertThat(synthesis.text().isGrowing()).isFalse();
        assertThat(synthesis.requestId()).isEqualTo("r-1");
        assertThat(synthesis.time()).isSameAs(time);
        assertThat(synthesis.options()).isSameAs(SpeechOptions.none());
        assertThat(synthesis.deadline()).isSameAs(Deadline.none());
        assertThat(synthesis.cancellation().isCancelled()).isFalse();
        assertThat(synthesis.journal().report().requestId()).isEqualTo("r-1");
        assertThat(synthesis.whole()).isFalse();
    }

    @Test
    void attempt_aboveTheAttemptLayer_isAnErrorThatSaysWhy() {
        assertThatThrownBy(() -> builder().build().attempt())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("below the attempt layer");
    }

    @Test
    void requireWanted_callerHasLeftOrTimeIsUp_says() {
        var scope = new Cancellation();
        Synthesis synthesis = builder()
                .cancellation(scope)
                .deadline(Deadline.after(Duration.ofSeconds(5), time))
                .build();
        synthesis.requireWanted();
        time.advance(Duration.ofSeconds(5));
        assertThat(catchThrowableOfType(TtsException.class, synthesis::requireWanted))
                .extracting(
                        TtsException::category, failure -> failure.requestId().orElse(""))
                .containsExactly(Category.TIMEOUT, "r-1");
        scope.cancel();
        assertThat(catchThrowableOfType(TtsException.class, synthesis::requireWanted))
                .extracting(TtsException::category)
                .isEqualTo(Category.CANCELLED);
    }

    @Test
    void with_oneThingChanged_keepsTheRest() {
        var journal = new Journal("r-1", time);
        var scope = new Cancellation();
        Attempt attempt = journal.attempt("fake");
        Synthesis original = builder()
                .options(SpeechOptions.voice("anna"))
                .deadline(Deadline.after(Duration.ofSeconds(5), time))
                .cancellation(scope)
                .journal(journal)
                .whole(true)
                .attempt(attempt)
                .build();
        Deadline otherDeadline = Deadline.after(Duration.ofSeconds(1), time);
        var otherScope = new Cancellation();
        Attempt otherAttempt = journal.attempt("other");

        Synthesis copy = original.withText(TextSource.of("Hello"))
                .withOptions(SpeechOptions.voice("otto"))
                .withDeadline(otherDeadline)
                .withCancellation(otherScope)
                .withAttempt(otherAttempt);

        assertThat(copy.text().text()).isEqualTo("Hello");
        assertThat(copy.options().voice()).contains("otto");
        assertThat(copy.deadline()).isSameAs(otherDeadline);
        assertThat(copy.cancellation()).isSameAs(otherScope);
        assertThat(copy.attempt()).isSameAs(otherAttempt);
        assertThat(copy.journal()).isSameAs(journal);
        assertThat(copy.time()).isSameAs(time);
        assertThat(copy.requestId()).isEqualTo("r-1");
        assertThat(copy.whole()).isTrue();
        assertThat(original.text().text()).isEqualTo("My PIN is 1234");
        assertThat(original.attempt()).isSameAs(attempt);
    }

    @Test
    void onCancel_synthesis_isItsScopes() {
        Synthesis synthesis = builder().build();
        List<String> ran = new ArrayList<>();
        synthesis.onCancel(() -> ran.add("action"));

        synthesis.cancellation().cancel();

        assertThat(ran).containsExactly("action");
    }

    @Test
    void failure_beforeAndAfterAnAttemptBegan_saysWhatIsKnown() {
        Synthesis before = builder().build();
        Synthesis after = before.withAttempt(before.journal().attempt("fake"));

        assertThat(before.failure(Category.CONNECTION, "unreachable").build())
                .hasMessage("unreachable [CONNECTION, requestId=r-1]");
        assertThat(after.failure(Category.CONNECTION, "unreachable").build())
                .hasMessage("unreachable [CONNECTION, backend=fake, requestId=r-1]");
        TtsException cancelled = after.cancelled();
        assertThat(cancelled.category()).isEqualTo(Category.CANCELLED);
    }

    @Test
    void toString_synthesis_neverHoldsTheText() {
        Synthesis synthesis = builder().options(SpeechOptions.voice("anna")).build();

        assertThat(synthesis)
                .hasToString("Synthesis[requestId=r-1, 14 chars, SpeechOptions{voice=anna}, Deadline[none]]");
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    void textSource_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> TextSource.of(null)).withMessage("text");
    }

    @Test
    void health_shortcuts_sayTheStatus() {
        assertThat(Health.up("fine"))
                .isEqualTo(Health.builder(Health.Status.UP, "fine").build());
        assertThat(Health.down("gone"))
                .isEqualTo(Health.builder(Health.Status.DOWN, "gone").build());
        assertThat(Health.unknown("who knows"))
                .isEqualTo(Health.builder(Health.Status.UNKNOWN, "who knows").build());
    }

    @Test
    void capabilities_onlyTheRequired_areModest() {
        TtsCapabilities capabilities =
                TtsCapabilities.builder("fake", AudioFormat.linear16(16_000)).build();

        assertThat(capabilities.backend()).isEqualTo("fake");
        assertThat(capabilities.defaultFormat()).isEqualTo(AudioFormat.linear16(16_000));
        assertThat(capabilities.formats()).containsExactly(AudioFormat.linear16(16_000));
        assertThat(capabilities.growingText()).isFalse();
        assertThat(capabilities.segmentLimits()).isEmpty();
        assertThat(capabilities.sentencePause()).isZero();
        assertThat(capabilities.paragraphPause()).isZero();
    }

    @Test
    void capabilities_everythingSet_isThere() {
        TtsCapabilities capabilities = TtsCapabilities.builder("fake", AudioFormat.linear16(16_000))
                .format(AudioFormat.mulaw(8_000))
                .growingText()
                .segmentLimits(SegmentLimits.sentences())
                .pauses(Duration.ofMillis(200), Duration.ofMillis(500))
                .build();

        assertThat(capabilities.formats()).containsExactly(AudioFormat.linear16(16_000), AudioFormat.mulaw(8_000));
        assertThat(capabilities.growingText()).isTrue();
        assertThat(capabilities.segmentLimits()).contains(SegmentLimits.sentences());
        assertThat(capabilities.sentencePause()).isEqualTo(Duration.ofMillis(200));
        assertThat(capabilities.paragraphPause()).isEqualTo(Duration.ofMillis(500));
        assertThat(capabilities)
                .hasToString("TtsCapabilities[fake, formats=[linear16 16000 Hz, mulaw 8000 Hz], growingText=true]");
    }

    @Test
    void capabilities_negativePause_isRefused() {
        TtsCapabilities.Builder capabilities = TtsCapabilities.builder("fake", AudioFormat.linear16(16_000));

        assertThatThrownBy(() -> capabilities.pauses(Duration.ofMillis(-1), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pauses: PT-0.001S and PT0S, allowed zero or more");
        assertThatThrownBy(() -> capabilities.pauses(Duration.ZERO, Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
