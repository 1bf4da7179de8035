// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.doubles.Requests;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.FakeCall;
import io.ttsclient.testkit.LeakCheck;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class SpeechBatchTest {
    private final FakeBackend fake = FakeBackend.create();
    private final TtsClient client =
            TtsClient.builder().backend(fake).retry(RetryPolicy.none()).build();
    /** The futures of a batch that a test ends by hand. */
    private final List<CompletableFuture<Speech>> begun = new ArrayList<>();

    @AfterEach
    void close() {
        client.close();
    }

    private static List<SpeechRequest> requests(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> SpeechRequest.of("Number " + i))
                .toList();
    }

    private SpeechBatch byHand(int count, int concurrency) {
        return SpeechBatch.start(requests(count), concurrency, request -> {
            var future = new CompletableFuture<Speech>();
            begun.add(future);
            return future;
        });
    }

    private Speech speech() {
        return client.synthesize("Hi");
    }

    @Test
    void synthesizeAll_manyRequests_givesEachOnceWithItsOwnAudio() {
        List<Integer> seen = new ArrayList<>();
        try (SpeechBatch batch = client.synthesizeAll(requests(50), 4)) {
            for (SpeechBatch.Result result : batch) {
                seen.add(result.index());
                assertThat(result.orThrow().toBytes())
                        .isEqualTo(FakeBackend.audioOf(
                                "Number " + result.index(), fake.capabilities().defaultFormat()));
                assertThat(result.request().text()).isEqualTo("Number " + result.index());
                assertThat(result.speech()).isPresent();
                assertThat(result.failure()).isEmpty();
            }
            assertThat(batch.ended()).isEqualTo(50);
            assertThat(batch.failed()).isZero();
            assertThat(batch.total()).isEqualTo(50);
        }

        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 50).boxed().toList());
        fake.awaitReleased();
    }

    @Test
    void synthesizeAll_someFail_theOthersAreThere() {
        fake.enqueue(Behaviour.fail(Category.NOT_FOUND));
        List<SpeechBatch.Result> results = new ArrayList<>();
        try (SpeechBatch batch = client.synthesizeAll(requests(3), 1)) {
            batch.forEach(results::add);
            assertThat(batch).hasToString("SpeechBatch[3 of 3 ended, 1 failed]");
        }

        assertThat(results).extracting(SpeechBatch.Result::index).containsExactly(0, 1, 2);
        SpeechBatch.Result failed = results.get(0);
        assertThat(failed.speech()).isEmpty();
        assertThat(failed.failure().orElseThrow().category()).isEqualTo(Category.NOT_FOUND);
        assertThatThrownBy(failed::orThrow).isSameAs(failed.failure().orElseThrow());
        assertThat(failed).hasToString("Result[0, NOT_FOUND]");
        assertThat(results.get(1)).asString().startsWith("Result[1, Speech[");
    }

    @Test
    void synthesizeAll_noRequests_isOverAtOnce() {
        try (SpeechBatch batch = client.synthesizeAll(List.of(), 1)) {
            assertThat(batch.iterator().hasNext()).isFalse();
            assertThatThrownBy(() -> batch.iterator().next()).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void synthesizeAll_noConcurrency_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.synthesizeAll(requests(1), 0))
                .withMessage("concurrency: 0, allowed at least 1");
    }

    @Test
    void next_requestsEndInAnotherOrder_givesThemAsTheyEnd() {
        SpeechBatch batch = byHand(3, 3);
        begun.get(2).complete(speech());
        begun.get(0).complete(speech());
        begun.get(1).complete(speech());

        assertThat(batch).extracting(SpeechBatch.Result::index).containsExactly(2, 0, 1);
    }

    @Test
    void next_notCalled_neverKeepsMoreThanTheConcurrency() {
        SpeechBatch batch = byHand(5, 2);
        assertThat(begun).hasSize(2);
        begun.get(0).complete(speech());
        begun.get(1).complete(speech());
        assertThat(begun).as("two wait to be taken").hasSize(2);
        assertThat(batch.ended()).isEqualTo(2);

        batch.iterator().next();
        assertThat(begun).hasSize(3);
        batch.iterator().next();
        assertThat(begun).hasSize(4);
        batch.close();
    }

    @Test
    void next_nothingHasEnded_waits() {
        SpeechBatch batch = byHand(1, 1);
        CompletableFuture<SpeechBatch.Result> taken =
                Requests.async(() -> batch.iterator().next());
        Speech speech = speech();

        begun.get(0).complete(speech);

        assertThat(Requests.get(taken).orThrow()).isSameAs(speech);
    }

    @Test
    void close_whileRunning_cancelsAndBeginsNothingMore() {
        fake.always(Behaviour.hang());
        SpeechBatch batch = client.synthesizeAll(requests(10), 3);
        fake.awaitCalls(3);
        CompletableFuture<SpeechBatch.Result> waiting =
                Requests.async(() -> batch.iterator().next());

        batch.close();
        batch.close();

        assertThat(Requests.failure(waiting).category()).isEqualTo(Category.CANCELLED);
        fake.awaitReleased();
        assertThat(fake.calls()).hasSize(3).allMatch(call -> call.state() == FakeCall.State.CANCELLED);
        assertThat(catchThrowableOfType(
                                TtsException.class, () -> batch.iterator().next())
                        .category())
                .isEqualTo(Category.CANCELLED);
    }

    @Test
    void close_fromWithinABeginning_cancelsThatOneToo() {
        List<SpeechBatch> batches = new ArrayList<>();
        SpeechBatch batch = SpeechBatch.start(requests(3), 1, request -> {
            batches.forEach(SpeechBatch::close);
            var future = new CompletableFuture<Speech>();
            begun.add(future);
            return future;
        });
        batches.add(batch);
        begun.get(0).complete(speech());

        batch.iterator().next();

        assertThat(begun).hasSize(2);
        assertThat(begun.get(1)).isCancelled();
    }

    @Test
    void next_interrupted_isCancelledAndTheFlagStays() {
        SpeechBatch batch = byHand(1, 1);
        Thread.currentThread().interrupt();

        TtsException e =
                catchThrowableOfType(TtsException.class, () -> batch.iterator().next());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(e.category()).isEqualTo(Category.CANCELLED);
        batch.close();
    }

    @Test
    void next_clientIsClosed_theRestFailsAsClosed() {
        fake.always(Behaviour.hang());
        SpeechBatch batch = client.synthesizeAll(requests(5), 2);
        fake.awaitCalls(2);

        client.close();

        assertThat(batch)
                .hasSize(5)
                .allMatch(result -> result.failure().orElseThrow().category() == Category.CLOSED);
    }

    @Test
    void next_otherFailures_areStillTtsExceptions() {
        SpeechBatch batch = byHand(4, 4);
        TtsException quota = TtsException.builder(Category.QUOTA, "used up").build();
        begun.get(0).completeExceptionally(new CompletionException(quota));
        begun.get(1).completeExceptionally(new CompletionException(null));
        begun.get(2).completeExceptionally(new IllegalStateException("a bug"));
        begun.get(3).cancel(true);
        Iterator<SpeechBatch.Result> results = batch.iterator();

        assertThat(results.next().failure()).containsSame(quota);
        assertThat(results.next().failure().orElseThrow().category()).isEqualTo(Category.PROTOCOL);
        assertThat(results.next().failure().orElseThrow()).hasRootCauseMessage("a bug");
        assertThat(results.next().failure().orElseThrow().category()).isEqualTo(Category.CANCELLED);
        assertThat(results.hasNext()).isFalse();
    }
}
