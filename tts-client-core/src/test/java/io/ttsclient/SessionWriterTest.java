// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechSession;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who writes faster than is spoken, and the ways to write much at once. */
class SessionWriterTest extends SessionFixture {
    // --- a full buffer

    @Test
    void write_fullBuffer_waitsUntilTheTextIsTakenUp() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        String text = "This is one sentence of very many. ".repeat(2_000);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(
                () -> {
                    session.write(text);
                    session.finish();
                },
                threads);

        assertThat(session.audio().toBytes()).isEqualTo(audioOf(text));
        on(writing);
    }

    @Test
    void write_twoWritersAndTheOtherHasNews_isStillWokenWhenTheTextIsTakenUp() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        String text = "This is one sentence of very many. ".repeat(2_000);
        var publisher = new SubmissionPublisher<String>(Runnable::run, 8);
        var ofPublisher = new FutureTask<Void>(() -> session.write(publisher), null);
        var ofText = new FutureTask<Void>(() -> session.write(text), null);
        Thread subscriber = started(ofPublisher);
        awaitWaitingIn("awaitForWriter", subscriber);
        awaitWaitingIn("awaitForWriter", started(ofText));
        publisher.submit("The end.");
        awaitWaitingIn("lock", subscriber); // the other one is writing

        CompletableFuture<byte[]> heard = reading(session.audio());
        ofText.get(20, TimeUnit.SECONDS);
        publisher.close();
        ofPublisher.get(20, TimeUnit.SECONDS);
        session.finish();

        assertThat(on(heard)).isEqualTo(audioOf(text + "The end."));
    }

    @Test
    void write_fullBufferUntilTheDeadline_isATimeout() throws Exception {
        SpeechSession session = open(
                client(Way.SEGMENTED.backend().build()),
                SpeechOptions.builder().timeout(Duration.ofSeconds(9)).build());
        CompletableFuture<TtsException> writing = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(
                        TtsException.class, () -> session.write("This is one sentence of very many. ".repeat(3_000))),
                threads);
        time.awaitScheduled(2); // the turn's own and the writer's

        time.advance(Duration.ofSeconds(9));

        assertThat(on(writing).category()).isEqualTo(Category.TIMEOUT);
        assertThat(on(writing).timeoutPhase()).contains(TimeoutPhase.TOTAL);
    }

    @Test
    void interrupt_writerWaits_endsTheWrite() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        var begun = new CountDownLatch(1);
        CompletableFuture<Category> writing = CompletableFuture.supplyAsync(
                () -> {
                    begun.countDown();
                    return categoryOf(() -> session.write("This is one sentence of very many. ".repeat(3_000)));
                },
                threads);
        begun.await();
        session.audio().read();

        session.interrupt();

        assertThat(on(writing)).isEqualTo(Category.CANCELLED);
    }

    // --- many at once

    @Test
    void write_iteratorAndStream_areOneText() {
        SpeechSession session = open(Way.SEGMENTED.backend().build());

        session.write(List.of("On", "e. ").iterator());
        session.write(Stream.of("Tw", "o."));
        session.finish();

        assertThat(session.audio().toBytes()).isEqualTo(audioOf("One. Two."));
    }

    @Test
    void write_iteratorAndInterrupted_writesNoMore() {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        Iterator<String> endless = Stream.generate(() -> {
                    session.interrupt();
                    return "word ";
                })
                .iterator();

        assertThat(categoryOf(() -> session.write(endless))).isEqualTo(Category.CANCELLED);
        session.write("Next.");
        session.finish();

        assertThat(session.audio().toBytes()).isEqualTo(audioOf("Next."));
    }

    @Test
    void write_stream_isClosed() {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        var closed = new AtomicBoolean();

        session.write(Stream.of("One.").onClose(() -> closed.set(true)));

        assertThat(closed).isTrue();
    }

    @Test
    void write_streamFails_isClosedAndLeavesTheTurnToTheCaller() {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        var failure = new IllegalStateException("the model is gone");
        var closed = new AtomicBoolean();
        Stream<String> deltas = Stream.of("So ", "far. ", "And")
                .peek(delta -> {
                    if (delta.equals("And")) {
                        throw failure;
                    }
                })
                .onClose(() -> closed.set(true));

        assertThatThrownBy(() -> session.write(deltas)).isSameAs(failure);
        session.finish();

        assertThat(closed).isTrue();
        assertThat(session.audio().toBytes()).isEqualTo(audioOf("So far."));
    }

    @Test
    void write_publisher_isOneText() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        var publisher = new SubmissionPublisher<String>(threads, 8);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(
                () -> {
                    session.write(publisher);
                    session.finish();
                },
                threads);
        while (!publisher.hasSubscribers()) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < 100; i++) {
            publisher.submit("word" + i + ". ");
        }
        publisher.close();
        on(writing);

        var text = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            text.append("word").append(i).append(". ");
        }
        assertThat(session.audio().toBytes()).isEqualTo(audioOf(text.toString()));
    }

    @Test
    void write_publisherFails_leavesTheTurnToTheCaller() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        var publisher = new SubmissionPublisher<String>(Runnable::run, 8);
        var failure = new IOException("the model is gone");
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(
                () -> {
                    while (!publisher.hasSubscribers()) {
                        Thread.onSpinWait();
                    }
                    publisher.submit("So far. ");
                    publisher.closeExceptionally(failure);
                },
                threads);

        assertThatThrownBy(() -> session.write(publisher)).hasCause(failure);
        on(publishing);
        session.finish();

        assertThat(session.audio().toBytes()).isEqualTo(audioOf("So far."));
    }

    @Test
    void interrupt_publisherIsSilent_cancelsTheSubscription() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        var publisher = new SubmissionPublisher<String>(threads, 8);
        CompletableFuture<Category> writing =
                CompletableFuture.supplyAsync(() -> categoryOf(() -> session.write(publisher)), threads);
        while (!publisher.hasSubscribers()) {
            Thread.onSpinWait();
        }

        session.interrupt();

        assertThat(on(writing)).isEqualTo(Category.CANCELLED);
        while (publisher.hasSubscribers()) { // or the test does not end
            Thread.onSpinWait();
        }
    }
}
