// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.examples.RecordingLine;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptionTest {
    @TempDir
    private Path folder;

    private final FakeBackend backend = FakeBackend.create();
    private final SpeakCall speak = new SpeakCall(backend);

    private CompletableFuture<Integer> start(String... args) {
        return CompletableFuture.supplyAsync(() -> speak.run(args));
    }

    @Test
    void interrupt_beforeAudio_exits130AndLeavesNothing() throws IOException {
        backend.always(Behaviour.hang());
        CompletableFuture<Integer> status =
                start("Hello", "-o", folder.resolve("a.wav").toString(), "--json");
        backend.awaitCalls(1);

        speak.interruption.interrupt();

        assertThat(status.join()).isEqualTo(130);
        assertThat(speak.json().get("category").textValue()).isEqualTo("CANCELLED");
        assertThat(speak.err()).startsWith("speak: interrupted");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void interrupt_inTheMiddleOfAFile_exits130AndLeavesNothing() throws IOException {
        backend.always(Behaviour.speak().chunks(64).stallAt(256));
        Path file = folder.resolve("a.wav");
        CompletableFuture<Integer> status = start("Hello, world", "-o", file.toString());
        while (isEmpty(folder)) {
            Thread.onSpinWait();
        }

        speak.interruption.interrupt();

        assertThat(status.join()).isEqualTo(130);
        assertThat(folder).isEmptyDirectory();
        backend.awaitReleased();
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    @Test
    void interrupt_whilePlaying_exits130AndClosesTheDevice() throws InterruptedException {
        var line = new RecordingLine(true);
        speak.loudspeaker = new FakeLoudspeaker(line);
        CompletableFuture<Integer> status = start("Hello");
        line.writing.await();

        speak.interruption.interrupt();

        assertThat(status.join()).isEqualTo(130);
        assertThat(line.closed.getCount()).isZero();
    }

    @Test
    void interrupt_whileItWaitsForText_doesNotWaitForIt() {
        var asked = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        speak.in = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                asked.countDown();
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return -1;
            }
        };
        CompletableFuture<Integer> status = start("-", "-o", "-");
        await(asked);

        speak.interruption.interrupt();

        assertThat(status.join()).isEqualTo(130);
        answer.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void interrupt_afterTheEnd_doesNothing() {
        var interruption = new Interruption();
        var cancelled = new AtomicInteger();
        interruption.begin();
        interruption.onInterrupt(cancelled::incrementAndGet);
        interruption.finished();

        interruption.interrupt();

        assertThat(cancelled).hasValue(0);
        assertThat(interruption.happened()).isFalse();
    }

    @Test
    void onInterrupt_afterItHappened_runsAtOnce() {
        var interruption = new Interruption();
        var cancelled = new AtomicInteger();
        interruption.interrupt();

        interruption.onInterrupt(cancelled::incrementAndGet);

        assertThat(cancelled).hasValue(1);
    }

    @Test
    void interrupt_whoNeverFinishes_isNotWaitedForForEver() {
        var interruption = new Interruption(Duration.ofMillis(1));
        interruption.begin();

        interruption.interrupt();

        assertThat(interruption.happened()).isTrue();
    }
}
