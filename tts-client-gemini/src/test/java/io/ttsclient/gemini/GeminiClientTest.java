// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.TtsClient;
import io.ttsclient.TtsClientBuilder;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechListener;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.VirtualTime;
import io.ttsclient.testkit.gemini.GeminiEmulator;
import io.ttsclient.testkit.gemini.GeminiFailure;
import io.ttsclient.testkit.gemini.GeminiReply;
import io.ttsclient.testkit.gemini.GeminiRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Gemini under the layers of a client. */
@ExtendWith(LeakCheck.class)
class GeminiClientTest {
    private static final String TEXT = "Your table is ready.";

    private final GeminiEmulator emulator = GeminiEmulator.start();

    @AfterEach
    void close() {
        emulator.close();
    }

    private TtsClientBuilder client() {
        return TtsClient.builder()
                .backend(Gemini.builder()
                        .apiKey(GeminiEmulator.KEY)
                        .baseUrl(emulator.url())
                        .build())
                .admission("gemini", Gemini.admission())
                .retry(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(5)));
    }

    @Test
    void synthesize_longText_isAskedInSafePiecesWithOneVoiceAndIsOneFile(@TempDir Path folder) throws IOException {
        String text = "The next train to the harbour leaves from platform four. "
                .repeat(40)
                .strip();
        Path file = folder.resolve("long.wav");
        try (TtsClient tts = client().build()) {
            SpeechRequest request =
                    SpeechRequest.builder(text).voice("Leda").style("calm").build();
            tts.synthesize(request).writeTo(file);
        }

        assertThat(emulator.requests()).hasSizeBetween(3, 8);
        assertThat(emulator.requests()).allSatisfy(request -> {
            assertThat(request.transcript().length()).isLessThanOrEqualTo(700);
            assertThat(request.voices()).containsExactly("Leda");
            assertThat(request.style()).contains("calm");
        });
        assertThat(emulator.requests().stream().map(GeminiRequest::transcript).collect(Collectors.joining(" ")))
                .isEqualTo(text);
        byte[] audio = GeminiEmulator.audioOf(text, AudioFormat.linear16(24_000));
        assertThat(Files.readAllBytes(file)).hasSize(44 + audio.length).endsWith(audio);
    }

    @Test
    void stream_chineseText_isAskedInShorterPieces() {
        String text = "你好，世界，今天的天气真好。".repeat(60);
        try (TtsClient tts = client().build()) {
            tts.synthesize(text);
        }
        assertThat(emulator.requests())
                .allSatisfy(request -> assertThat(request.transcript().length()).isLessThanOrEqualTo(266));
    }

    @Test
    void synthesize_failuresThatPass_areTriedAgain() {
        emulator.enqueue(
                GeminiReply.refuse(GeminiFailure.INTERNAL),
                GeminiReply.speak().upTo(0).finish("OTHER"));
        try (TtsClient tts = client().build()) {
            Speech speech = tts.synthesize(TEXT);

            assertThat(speech.report().attempts()).hasSize(3);
        }
    }

    @Test
    void synthesize_pieceThatFails_isTriedAgainByItself() {
        String text = IntStream.range(1, 41)
                .mapToObj(n -> "Train " + n + " to the harbour leaves from platform four. ")
                .collect(Collectors.joining())
                .strip();
        emulator.enqueue(GeminiReply.speak(), GeminiReply.refuse(GeminiFailure.INTERNAL));
        try (TtsClient tts = client().build()) {
            assertThat(tts.synthesize(text).toBytes())
                    .isEqualTo(GeminiEmulator.audioOf(text, AudioFormat.linear16(24_000)));
        }
        List<String> asked =
                emulator.requests().stream().map(GeminiRequest::transcript).toList();
        assertThat(String.join(" ", new LinkedHashSet<>(asked)))
                .as("all pieces, in whichever order")
                .hasSameSizeAs(text);
        assertThat(asked).hasSize(new HashSet<>(asked).size() + 1);
    }

    @Test
    void synthesize_cutInTheMiddle_isTriedAgain() {
        emulator.enqueue(GeminiReply.speak().wire(answer -> answer.cutAt(9_000)));
        try (TtsClient tts = client().build()) {
            assertThat(tts.synthesize(TEXT).report().attempts()).hasSize(2);
        }
    }

    /** A clock of its own says how long is waited. */
    private static TtsClientBuilder patient(TtsClientBuilder client, VirtualTime time, Semaphore retries) {
        return client.retry(RetryPolicy.defaults()).timeSource(time).listener(new SpeechListener() {
            @Override
            public void retryScheduled(RetryScheduled event) {
                retries.release();
            }
        });
    }

    @Test
    void synthesize_limitOfAMinute_isWaitedOutAsRetryInfoSays() throws Exception {
        var time = new VirtualTime();
        var retries = new Semaphore(0);
        emulator.enqueue(GeminiReply.refuse(GeminiFailure.PER_MINUTE));
        try (TtsClient tts = patient(client(), time, retries).build()) {
            CompletableFuture<Speech> speech = tts.synthesizeAsync(
                    SpeechRequest.builder(TEXT).timeout(Duration.ofSeconds(13)).build());
            assertThat(retries.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            time.awaitScheduled(2); // the deadline, and the wait
            time.advance(Duration.ofSeconds(12));

            assertThat(speech.get(30, TimeUnit.SECONDS).report().attempts()).hasSize(2);
        }
    }

    @Test
    void synthesize_limitOfAMinuteBeyondTheDeadline_failsAtOnce() {
        var retries = new Semaphore(0);
        emulator.enqueue(GeminiReply.refuse(GeminiFailure.PER_MINUTE));
        try (TtsClient tts = patient(client(), new VirtualTime(), retries).build()) {
            SpeechRequest request =
                    SpeechRequest.builder(TEXT).timeout(Duration.ofSeconds(12)).build();
            assertThatThrownBy(() -> tts.synthesize(request))
                    .isInstanceOfSatisfying(
                            TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.RATE_LIMIT));
        }
        assertThat(emulator.requests()).hasSize(1);
        assertThat(retries.availablePermits()).isZero();
    }

    @Test
    void synthesize_usedUpForTheDay_isNotTriedAgain() {
        emulator.always(GeminiReply.refuse(GeminiFailure.PER_DAY_FREE));
        try (TtsClient tts = client().build()) {
            assertThatThrownBy(() -> tts.synthesize(TEXT))
                    .isInstanceOfSatisfying(
                            TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.QUOTA));
        }
        assertThat(emulator.requests()).hasSize(1);
    }

    @Test
    void read_failureInTheMiddle_keepsWhatWasDelivered() {
        emulator.always(GeminiReply.speak().upTo(4_800).thenFail(GeminiFailure.UNAVAILABLE));
        try (TtsClient tts = client().build();
                AudioStream audio = tts.stream(TEXT)) {
            assertThatThrownBy(audio::toBytes).isInstanceOfSatisfying(TtsException.class, e -> {
                assertThat(e.category()).isEqualTo(Category.OVERLOADED);
                assertThat(e.audioDelivered()).isEqualTo(Duration.ofMillis(100));
                assertThat(e.providerRequestId()).isPresent();
            });
        }
    }

    @Test
    void stream_formatThatGeminiDoesNotMake_isConverted() {
        try (TtsClient tts = client().build()) {
            Speech speech = tts.synthesize(SpeechRequest.builder(TEXT)
                    .format(AudioFormat.linear16(16_000))
                    .build());
            assertThat(speech.format()).isEqualTo(AudioFormat.linear16(16_000));
        }
    }
}
