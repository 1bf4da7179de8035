// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.doubles.RecordingListener;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechListener;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.VirtualTime;
import io.ttsclient.text.SegmentLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tests of sessions begin with: clients over fake backends, their clock, and readers. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
abstract class SessionFixture {
    static final AudioFormat FORMAT = AudioFormat.linear16(16_000);

    final VirtualTime time = new VirtualTime();
    final RecordingListener listener = new RecordingListener();
    final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<TtsClient> clients = new ArrayList<>();

    /** How the backend takes a text that grows. */
    enum Way {
        NATIVE,
        SEGMENTED;

        FakeBackend.Builder backend() {
            return backend(FORMAT);
        }

        FakeBackend.Builder backend(AudioFormat format) {
            FakeBackend.Builder builder = FakeBackend.builder("fake", format);
            return this == NATIVE ? builder.growingText() : builder.segmentLimits(SegmentLimits.sentences());
        }
    }

    @AfterEach
    final void closeClients() {
        clients.forEach(TtsClient::close);
        threads.shutdownNow();
    }

    final TtsClientBuilder client(TtsBackend backend) {
        return TtsClient.builder()
                .backend(backend)
                .timeSource(time)
                .executor(threads)
                .listener(listener)
                .retry(RetryPolicy.none());
    }

    final SpeechSession open(TtsClientBuilder builder) {
        return open(builder, SpeechOptions.none());
    }

    final SpeechSession open(TtsClientBuilder builder, SpeechOptions options) {
        TtsClient client = builder.build();
        clients.add(client);
        return client.open(options);
    }

    final SpeechSession open(FakeBackend backend) {
        return open(client(backend));
    }

    final List<SpeechListener.Ended> ended() {
        return listener.events(SpeechListener.Ended.class);
    }

    static byte[] audioOf(String text) {
        return FakeBackend.audioOf(text, FORMAT);
    }

    final CompletableFuture<byte[]> reading(AudioStream audio) {
        return CompletableFuture.supplyAsync(audio::toBytes, threads);
    }

    static <T> T on(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    static Category categoryOf(Runnable action) {
        TtsException failure = catchThrowableOfType(TtsException.class, action::run);
        assertThat(failure).as("a failure").isNotNull();
        return failure.category();
    }

    static Thread started(FutureTask<?> task) {
        var thread = new Thread(task, "of the test");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    static void awaitWaitingIn(String method, Thread thread) {
        while (thread.getState() != Thread.State.WAITING
                || Arrays.stream(thread.getStackTrace())
                        .noneMatch(frame -> frame.getMethodName().equals(method))) {
            Thread.onSpinWait();
        }
    }
}
