// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.TtsClient;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the documentation shows. */
class ExampleTest {
    @Test
    void fakeBackend_scripted_doesWhatItIsTold() {
        // @start region="script"
        FakeBackend fake = FakeBackend.create();
        fake.enqueue(Behaviour.fail(Category.AUTHENTICATION));
        fake.enqueue(Behaviour.speak().stallAt(3_200));

        try (TtsClient tts = TtsClient.of(fake)) {
            assertThatThrownBy(() -> tts.stream("Your table is ready.")).isInstanceOf(TtsException.class);

            AudioStream audio = tts.stream("Your table is ready.");
            audio.read();
            audio.close(); // barge-in

            assertThat(fake.calls().get(1).state()).isEqualTo(FakeCall.State.CANCELLED);
        }
        fake.awaitReleased();
        // @end
    }

    @Test
    void virtualTime_advanced_endsTheWait() {
        // @start region="time"
        var time = new VirtualTime();
        var fake = FakeBackend.builder("late")
                .behaviour(Behaviour.speak().after(Duration.ofSeconds(2)))
                .build();

        try (TtsClient tts = TtsClient.builder().backend(fake).timeSource(time).build()) {
            var speech = tts.synthesizeAsync(SpeechRequest.of("Patience."));
            time.awaitScheduled(2); // the fake's audio and the client's timeout for it
            time.advance(Duration.ofSeconds(2));

            assertThat(speech.join().report().timeToFirstAudio()).contains(Duration.ofSeconds(2));
        }
        // @end
    }
}
