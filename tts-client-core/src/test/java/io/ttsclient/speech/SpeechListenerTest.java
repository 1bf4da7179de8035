// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Journal;
import io.ttsclient.doubles.RecordingListener;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.speech.SpeechListener.AttemptFailed;
import io.ttsclient.speech.SpeechListener.BreakerChanged;
import io.ttsclient.speech.SpeechListener.Ended;
import io.ttsclient.speech.SpeechListener.FellBack;
import io.ttsclient.speech.SpeechListener.FirstAudio;
import io.ttsclient.speech.SpeechListener.Outcome;
import io.ttsclient.speech.SpeechListener.RetryScheduled;
import io.ttsclient.speech.SpeechListener.Started;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpeechListenerTest {
    private final VirtualTime time = new VirtualTime();
    private final RecordingListener listener = new RecordingListener();
    private final Journal journal = new Journal("r-1", time, listener);

    @Test
    void journal_aWholeRequest_tellsEverythingInOrder() {
        journal.started(11, false);
        journal.attempt("red").failed(Category.CONNECTION, Origin.PROVIDER);
        journal.retrying("red", 1, Duration.ofMillis(80), Category.CONNECTION);
        journal.fellBack("red", "green", Category.CONNECTION);
        time.advance(Duration.ofMillis(120));
        journal.firstAudio();
        journal.firstAudio();
        journal.ended(Outcome.COMPLETE, null);
        journal.ended(Outcome.CANCELLED, null);

        assertThat(listener.events().subList(0, 5))
                .containsExactly(
                        new Started("r-1", 11, false),
                        new AttemptFailed("r-1", "red", Category.CONNECTION, Origin.PROVIDER),
                        new RetryScheduled("r-1", "red", 1, Duration.ofMillis(80), Category.CONNECTION),
                        new FellBack("r-1", "red", "green", Category.CONNECTION),
                        new FirstAudio("r-1", Duration.ofMillis(120)));
        assertThat(listener.events()).hasSize(6);
        Ended ended = listener.events(Ended.class).get(0);
        assertThat(ended.requestId()).isEqualTo("r-1");
        assertThat(ended.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(ended.failure()).isEmpty();
        assertThat(ended.report().total()).contains(Duration.ofMillis(120));
        assertThat(ended.report().warnings()).containsExactly("fell back from red: CONNECTION");
        assertThat(ended).asString().startsWith("Ended[COMPLETE, SpeechReport[requestId=r-1");
        assertThat(listener.isPaired()).isTrue();
    }

    @Test
    void journal_failure_endsWithItsCategory() {
        journal.ended(Outcome.FAILED, Category.QUOTA);
        journal.ended(Outcome.COMPLETE, null);

        Ended ended = listener.events(Ended.class).get(0);
        assertThat(listener.events()).hasSize(1);
        assertThat(ended.failure()).contains(Category.QUOTA);
        assertThat(ended).asString().startsWith("Ended[FAILED QUOTA, ");
    }

    @Test
    void none_hearsEverythingAndDoesNothing() {
        SpeechListener none = SpeechListener.none();
        none.started(new Started("r", 1, true));
        none.attemptFailed(new AttemptFailed("r", "b", Category.QUOTA, Origin.PROVIDER));
        none.retryScheduled(new RetryScheduled("r", "b", 1, Duration.ZERO, Category.QUOTA));
        none.fellBack(new FellBack("r", "a", "b", Category.QUOTA));
        none.firstAudio(new FirstAudio("r", Duration.ZERO));
        none.ended(new Ended(Outcome.COMPLETE, null, SpeechReport.builder("r").build(), false));
        none.breakerChanged(new BreakerChanged("b", BreakerState.CLOSED, BreakerState.OPEN));

        assertThat(SpeechListener.none()).isSameAs(none);
    }
}
