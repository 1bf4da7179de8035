// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Deadline;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.TestSynthesis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs that would last for hours end when somebody leaves. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class LocalVoiceStoppingTest {
    @TempDir
    Path folder;

    private LocalVoice endless(int maxConcurrentRuns) {
        return LocalVoice.builder()
                .model(new ToyVoice().endless().in(folder))
                .threads(1)
                .maxConcurrentRuns(maxConcurrentRuns)
                .build();
    }

    private static FutureTask<byte[]> speak(LocalVoice voice, Synthesis synthesis) {
        return start(() -> Listening.to(voice, synthesis));
    }

    private static <T> FutureTask<T> start(Callable<T> action) {
        var task = new FutureTask<>(action);
        var thread = new Thread(task, "speaking");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** The graph is being run once the queue wait was taken down. */
    private static void awaitRunning(Synthesis synthesis) {
        synthesis.attempt().spoke(); // else the report tells no wait
        while (synthesis.journal().report().queueWait().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private static TtsException failureOf(FutureTask<?> task, Category category) {
        return Thrown.by(category, () -> {
            try {
                task.get(30, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw e.getCause();
            }
        });
    }

    @Test
    void cancel_whileTheGraphRuns_endsTheRunAndTheVoiceGoesOn() {
        try (LocalVoice voice = endless(1)) {
            for (int i = 0; i < 3; i++) {
                Synthesis synthesis = TestSynthesis.of("abc");
                FutureTask<byte[]> speaking = speak(voice, synthesis);
                awaitRunning(synthesis);
                synthesis.cancellation().cancel();
                failureOf(speaking, Category.CANCELLED);
            }
        }
    }

    @Test
    void cancel_atAnyMoment_isCancelled() {
        try (LocalVoice voice = endless(4)) {
            for (int i = 0; i < 200; i++) {
                Synthesis synthesis = TestSynthesis.of("abc");
                FutureTask<byte[]> speaking = speak(voice, synthesis);
                for (int spins = 0; spins < i * 500; spins++) {
                    Thread.onSpinWait();
                }
                synthesis.cancellation().cancel();
                failureOf(speaking, Category.CANCELLED);
            }
        }
    }

    @Test
    void cancel_oneOfTwoRuns_leavesTheOther() {
        try (LocalVoice voice = endless(2)) {
            Synthesis one = TestSynthesis.of("a");
            Synthesis other = TestSynthesis.of("b");
            FutureTask<byte[]> speaking = speak(voice, one);
            FutureTask<byte[]> speakingToo = speak(voice, other);
            awaitRunning(one);
            awaitRunning(other);
            one.cancellation().cancel();
            failureOf(speaking, Category.CANCELLED);
            assertThat(speakingToo).isNotDone();
            other.cancellation().cancel();
            failureOf(speakingToo, Category.CANCELLED);
        }
    }

    @Test
    void deadline_whileTheGraphRuns_isATimeout() {
        try (LocalVoice voice = endless(1);
                TimeSource time = TimeSource.system()) {
            Synthesis synthesis = TestSynthesis.of("a", SpeechOptions.none(), time)
                    .withDeadline(Deadline.after(Duration.ofMillis(50), time));
            failureOf(speak(voice, synthesis), Category.TIMEOUT);
        }
    }

    @Test
    void close_whileOneRunsAndManyWait_allAreClosed() {
        LocalVoice voice = endless(2);
        List<FutureTask<byte[]>> speaking = new ArrayList<>();
        Synthesis first = TestSynthesis.of("a");
        speaking.add(speak(voice, first));
        awaitRunning(first);
        for (int i = 0; i < 99; i++) {
            speaking.add(speak(voice, TestSynthesis.of("abc")));
        }
        voice.close();
        speaking.forEach(each -> failureOf(each, Category.CLOSED));
    }

    @Test
    void close_fromSeveralThreadsAtOnce_allReturn() throws Exception {
        LocalVoice voice = endless(1);
        Synthesis synthesis = TestSynthesis.of("a");
        FutureTask<byte[]> speaking = speak(voice, synthesis);
        awaitRunning(synthesis);
        List<FutureTask<Boolean>> closing = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            closing.add(start(() -> {
                voice.close();
                return true;
            }));
        }
        for (FutureTask<Boolean> each : closing) {
            assertThat(each.get(30, TimeUnit.SECONDS)).isTrue();
        }
        failureOf(speaking, Category.CLOSED);
    }
}
