// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.doubles.RecordingListener;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.CachePolicy;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.CacheResult;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechListener.CacheAnswered;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.text.SegmentLimits;
import io.ttsclient.text.TextPreparation;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class TtsClientCacheTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(16_000);

    private final RecordingListener listener = new RecordingListener();
    private final FakeBackend red = FakeBackend.builder("red")
            .segmentLimits(SegmentLimits.builder().build())
            .build();
    private final FakeBackend green = FakeBackend.builder("green").build();
    private final TtsClient client = TtsClient.builder()
            .backend(red)
            .fallback(green)
            .retry(RetryPolicy.none())
            .cache(CachePolicy.inMemory(1_000_000))
            .listener(listener)
            .build();

    @AfterEach
    void nothingIsLeft() {
        client.close();
        red.awaitReleased();
        green.awaitReleased();
    }

    private List<CacheResult> results() {
        return listener.events(CacheAnswered.class).stream()
                .map(CacheAnswered::result)
                .toList();
    }

    @Test
    void synthesize_twice_asksTheBackendOnce() {
        Speech made = client.synthesize("Welcome to the bank.");
        Speech kept = client.synthesize("Welcome to the bank.");

        assertThat(kept.toBytes()).isEqualTo(made.toBytes());
        assertThat(kept.report().backend()).contains("red");
        assertThat(kept.report().attempts()).isEmpty();
        assertThat(red.calls()).hasSize(1);
        assertThat(results()).containsExactly(CacheResult.MISS, CacheResult.HIT);
    }

    @Test
    void synthesize_otherTextThatIsPreparedToTheSame_isMadeOnce() {
        client.synthesize(prepared("**Welcome** to the bank."));
        client.synthesize(prepared("Welcome to the bank."));
        client.synthesize("**Welcome** to the bank."); // as it is written

        assertThat(results()).containsExactly(CacheResult.MISS, CacheResult.HIT, CacheResult.MISS);
        assertThat(red.calls()).hasSize(2);
    }

    private static SpeechRequest prepared(String text) {
        return SpeechRequest.builder(text)
                .with(options -> options.textPreparation(TextPreparation.speakable()))
                .build();
    }

    @Test
    void stream_wholeAudioWasMade_isAnsweredFromIt() {
        client.synthesize("Welcome to the bank.");

        assertThat(client.stream("Welcome to the bank.").toBytes())
                .isEqualTo(FakeBackend.audioOf("Welcome to the bank.", FORMAT));
        assertThat(red.calls()).hasSize(1);
    }

    @Test
    void stream_otherFormatByConversion_isMadeOnce() {
        for (int i = 0; i < 2; i++) {
            client.stream(SpeechRequest.builder("Welcome.")
                            .format(AudioFormat.mulaw(8_000))
                            .build())
                    .toBytes();
        }
        client.stream(SpeechRequest.builder("Welcome.").format(FORMAT).build()).toBytes();

        assertThat(red.calls()).hasSize(1); // all are converted from the same
    }

    @Test
    void stream_fallbackSpoke_theFirstBackendIsAskedAgain() {
        red.enqueue(Behaviour.fail(Category.UNAVAILABLE));
        client.synthesize("Welcome to the bank.");

        Speech again = client.synthesize("Welcome to the bank.");

        assertThat(again.report().backend()).contains("red");
        assertThat(red.calls()).hasSize(2);
        assertThat(green.calls()).hasSize(1);
    }

    @Test
    void synthesize_pieceThatWasSpokenBefore_isNotMadeAgain() {
        String first = "Your order is on its way to you, and it will arrive some time tomorrow before noon.";
        String second = "You can follow it on the web page whose address you will find in the message we sent you.";
        client.synthesize(first + " " + second);
        int calls = red.calls().size();

        client.synthesize(second + " " + first);

        assertThat(calls).isEqualTo(2);
        assertThat(red.calls()).hasSize(calls);
    }

    @Test
    void preload_phrases_thenTheFirstCallerDoesNotWait() {
        client.preload(List.of(SpeechRequest.of("Welcome to the bank."), SpeechRequest.of("Goodbye.")));

        client.synthesize("Goodbye.");
        client.stream("Welcome to the bank.").toBytes();

        assertThat(red.calls()).hasSize(2);
    }

    @Test
    void preload_someFail_allAreTriedAndTheFailureIsThrown() {
        red.enqueue(Behaviour.fail(Category.INVALID_REQUEST));

        assertThatThrownBy(() ->
                        client.preload(List.of(SpeechRequest.of("Welcome to the bank."), SpeechRequest.of("Goodbye."))))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.INVALID_REQUEST));
        assertThat(red.calls()).hasSize(2);
    }

    @Test
    void preload_withoutACache_isRefused() {
        try (TtsClient plain = TtsClient.of(FakeBackend.create())) {
            assertThatThrownBy(() -> plain.preload(List.of(SpeechRequest.of("Hello"))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("cache: not set");
        }
    }

    @Test
    void close_whileARecordingIsMade_endsItAsClosed() {
        red.enqueue(Behaviour.speak().stallAt(640));
        var stream = client.stream("Hello");

        client.close();

        assertThatThrownBy(stream::toBytes)
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.CLOSED));
    }
}
