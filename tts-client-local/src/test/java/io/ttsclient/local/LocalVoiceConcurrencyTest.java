// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.testkit.LeakCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@ExtendWith(LeakCheck.class)
class LocalVoiceConcurrencyTest {
    @TempDir
    Path folder;

    private static <T> List<T> atOnce(int count, IntFunction<T> action) throws Exception {
        var start = new CountDownLatch(1);
        List<FutureTask<T>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            var task = new FutureTask<>(() -> {
                start.await();
                return action.apply(number);
            });
            tasks.add(task);
            new Thread(task, "stream " + i).start();
        }
        start.countDown();
        List<T> results = new ArrayList<>();
        for (FutureTask<T> task : tasks) {
            results.add(task.get(60, TimeUnit.SECONDS));
        }
        return results;
    }

    private static String text(int number) {
        var random = new Random(number);
        var text = new StringBuilder();
        for (int i = 0; i < 20 + random.nextInt(60); i++) {
            text.append("abcde hlnorw".charAt(random.nextInt(12)));
        }
        return text + "a";
    }

    @Test
    void stream_hundredAtOnce_eachHearsItsOwnText() throws Exception {
        try (LocalVoice voice = LocalVoice.builder()
                .model(new ToyVoice().in(folder))
                .threads(1)
                .maxConcurrentRuns(8)
                .build()) {
            List<byte[]> together = atOnce(100, number -> Listening.to(voice, text(number)));
            for (int i = 0; i < together.size(); i++) {
                assertThat(together.get(i)).isEqualTo(Listening.to(voice, text(i)));
            }
        }
    }

    @RepeatedTest(10)
    void close_whileHundredStream_eachEndsWholeOrClosed() throws Exception {
        LocalVoice voice = LocalVoice.builder()
                .model(new ToyVoice().in(folder))
                .threads(1)
                .maxConcurrentRuns(8)
                .build();
        byte[] whole = Listening.to(voice, "abc");
        List<Boolean> results = atOnce(101, number -> {
            if (number == 50) {
                voice.close();
                return true;
            }
            try {
                return Arrays.equals(whole, Listening.to(voice, "abc"));
            } catch (TtsException e) {
                return e.category() == Category.CLOSED;
            }
        });
        assertThat(results).containsOnly(true);
    }
}
