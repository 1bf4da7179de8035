// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Cancellation;
import io.ttsclient.backend.Deadline;
import io.ttsclient.backend.GrowingText;
import io.ttsclient.backend.Journal;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.doubles.ManualExecutor;
import io.ttsclient.doubles.RecordingListener;
import io.ttsclient.doubles.Requests;
import io.ttsclient.doubles.ScriptedBackend;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.CacheResult;
import io.ttsclient.speech.Priority;
import io.ttsclient.speech.SpeechListener.CacheAnswered;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.FakeCall;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class CacheLayerTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(16_000);
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Executor THREADS = task -> {
        var thread = new Thread(task, "test-recording");
        thread.setDaemon(true);
        thread.start();
    };

    private final VirtualTime time = new VirtualTime();
    private final RecordingListener listener = new RecordingListener();
    private final FakeBackend fake = FakeBackend.builder("fake").build();
    private final AudioCache cache = new AudioCache(CachePolicy.inMemory(1_000_000), time);
    private final CacheLayer layer = layer(fake, THREADS);
    private final AtomicInteger ids = new AtomicInteger();

    private CacheLayer layer(TtsBackend backend, Executor executor) {
        return new CacheLayer(new AttemptLayer(backend), cache, executor);
    }

    @AfterEach
    void nothingIsLeft() {
        fake.awaitReleased();
        assertThat(time.scheduled()).isZero();
    }

    private Synthesis.Builder builder(String text) {
        String id = "r-" + ids.incrementAndGet();
        return Synthesis.builder(TextSource.of(text), id, time).journal(new Journal(id, time, listener));
    }

    private Synthesis synthesis(String text) {
        return builder(text).build();
    }

    private static byte[] bytes(AudioSource source) {
        try (source) {
            var out = new ByteArrayOutputStream();
            for (var chunk = source.read(); chunk != null; chunk = source.read()) {
                byte[] piece = new byte[chunk.size()];
                chunk.bytes().get(piece);
                out.writeBytes(piece);
            }
            return out.toByteArray();
        }
    }

    private static byte[] audioOf(String text) {
        return FakeBackend.audioOf(text, FORMAT);
    }

    private List<CacheResult> results() {
        return listener.events(CacheAnswered.class).stream()
                .map(CacheAnswered::result)
                .toList();
    }

    @Test
    void stream_secondTime_isAnsweredFromMemory() {
        fake.always(Behaviour.speak().withTimings());
        byte[] made = bytes(layer.stream(synthesis("Hello there")));

        Synthesis again = synthesis("Hello there");
        AudioSource kept = layer.stream(again);

        assertThat(kept.format()).isEqualTo(FORMAT);
        assertThat(kept.timings()).hasSize(2);
        assertThat(bytes(kept)).isEqualTo(made).isEqualTo(audioOf("Hello there"));
        assertThat(fake.calls()).hasSize(1);
        assertThat(again.journal().report().backend()).contains("fake");
        assertThat(results()).containsExactly(CacheResult.MISS, CacheResult.HIT);
    }

    @Test
    void stream_voiceThatSpoke_isInTheReportOfAHit() {
        SpeechOptions anna = SpeechOptions.voice("anna");
        bytes(layer.stream(builder("Hello").options(anna).build()));

        Synthesis again = builder("Hello").options(anna).build();
        bytes(layer.stream(again));

        assertThat(again.journal().report().voice()).contains("anna");
        assertThat(again.journal().report().attempts()).isEmpty();
    }

    @Test
    void stream_otherTextOrVoice_isMadeAnew() {
        bytes(layer.stream(synthesis("Hello")));
        bytes(layer.stream(synthesis("Goodbye")));
        bytes(layer.stream(builder("Hello").options(SpeechOptions.voice("anna")).build()));

        assertThat(fake.calls()).hasSize(3);
    }

    @Test
    void stream_otherBackendOfTheSameNameAndNoIdentity_isMadeAnew() {
        var other = FakeBackend.builder("fake").build();
        bytes(layer.stream(synthesis("Hello")));
        bytes(layer(other, THREADS).stream(synthesis("Hello")));

        assertThat(other.calls()).hasSize(1);
        other.awaitReleased();
    }

    @Test
    void stream_notCacheable_readsAndKeepsNothing() {
        SpeechOptions off = SpeechOptions.builder().cacheable(false).build();
        bytes(layer.stream(synthesis("Hello")));
        bytes(layer.stream(builder("Hello").options(off).build()));
        bytes(layer.stream(builder("Bye").options(off).build()));
        bytes(layer.stream(synthesis("Bye")));

        assertThat(fake.calls()).hasSize(4);
        assertThat(results()).containsExactly(CacheResult.MISS, CacheResult.MISS);
    }

    @Test
    void stream_textThatGrows_passes() {
        FakeBackend live = FakeBackend.builder("live").growingText().build();
        var growing = new GrowingText();
        growing.append("Hello. ");
        growing.flush();
        for (int i = 0; i < 2; i++) {
            layer(live, THREADS).stream(Synthesis.builder(growing, "r", time).build())
                    .close();
        }

        assertThat(live.calls()).hasSize(2);
        live.awaitReleased();
    }

    @Test
    void stream_afterItsTime_isMadeAnew() {
        bytes(layer.stream(synthesis("Hello")));
        time.advance(Duration.ofDays(1));
        bytes(layer.stream(synthesis("Hello")));

        assertThat(fake.calls()).hasSize(2);
    }

    @Test
    void stream_aThousandAtOnce_makeOneCallAndHearTheSame() throws InterruptedException {
        fake.always(Behaviour.speak().after(Duration.ofSeconds(1)));
        var hearing = new ArrayList<CompletableFuture<byte[]>>();
        for (int i = 0; i < 1000; i++) {
            Synthesis each = synthesis("Hello there");
            hearing.add(Requests.async(() -> bytes(layer.stream(each))));
        }
        fake.awaitCalls(1);
        time.awaitScheduled(1);
        time.advance(Duration.ofSeconds(1));

        for (CompletableFuture<byte[]> each : hearing) {
            assertThat(Requests.get(each)).isEqualTo(audioOf("Hello there"));
        }
        assertThat(fake.calls()).hasSize(1);
        assertThat(results()).hasSize(1000).containsOnlyOnce(CacheResult.MISS);
    }

    @Test
    void stream_whileItIsMade_isHeardFromItsFirstByte() {
        var goOn = new CountDownLatch(1);
        var source = new ScriptedSource(FORMAT)
                .gives(1, 1)
                .gives(2, 2)
                .then(() -> await(goOn))
                .gives(3, 3);
        CacheLayer slow = layer(new ScriptedBackend(FORMAT, synthesis -> source), THREADS);
        AudioSource first = slow.stream(synthesis("Hello"));
        assertThat(first.read()).isEqualTo(ScriptedSource.chunk(1, 1));
        assertThat(first.read()).isEqualTo(ScriptedSource.chunk(2, 2));

        AudioSource second = slow.stream(synthesis("Hello"));

        assertThat(second.read()).isEqualTo(ScriptedSource.chunk(1, 1));
        first.close();
        goOn.countDown();
        assertThat(second.read()).isEqualTo(ScriptedSource.chunk(2, 2));
        assertThat(second.read()).isEqualTo(ScriptedSource.chunk(3, 3));
        assertThat(second.read()).isNull();
        assertThat(results()).containsExactly(CacheResult.MISS, CacheResult.SHARED);
        assertThat(bytes(slow.stream(synthesis("Hello")))).containsExactly(1, 1, 2, 2, 3, 3);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void stream_whoeverBeganItLeavesBeforeItsFirstAudio_theOtherHearsIt() {
        fake.always(Behaviour.speak().after(Duration.ofSeconds(1)));
        var leaving = new Cancellation();
        CompletableFuture<AudioSource> first = Requests.async(
                () -> layer.stream(builder("Hello").cancellation(leaving).build()));
        fake.awaitCalls(1);
        Synthesis joining = synthesis("Hello");
        CompletableFuture<byte[]> second = Requests.async(() -> bytes(layer.stream(joining)));
        while (joining.cancellation().toString().contains("[0")) {
            Thread.onSpinWait(); // until it waits
        }

        leaving.cancel();

        assertThat(Requests.failure(first).category()).isEqualTo(Category.CANCELLED);
        time.awaitScheduled(1);
        time.advance(Duration.ofSeconds(1));
        assertThat(Requests.get(second)).isEqualTo(audioOf("Hello"));
        assertThat(fake.calls()).hasSize(1);
    }

    @Test
    void close_theLastListener_cancelsUpstreamAndKeepsNothing() {
        fake.enqueue(Behaviour.speak().stallAt(640));
        AudioSource first = layer.stream(synthesis("Hello"));
        AudioSource second = layer.stream(synthesis("Hello"));

        first.close();
        assertThat(fake.calls().get(0).state()).isEqualTo(FakeCall.State.SPEAKING);
        second.close();
        fake.awaitReleased();

        assertThat(fake.calls().get(0).state()).isEqualTo(FakeCall.State.CANCELLED);
        assertThat(bytes(layer.stream(synthesis("Hello")))).isEqualTo(audioOf("Hello"));
        assertThat(fake.calls()).hasSize(2);
    }

    @Test
    void stream_fails_isSharedAndNotKept() {
        fake.enqueue(Behaviour.fail(Category.UNAVAILABLE));
        Synthesis failing = synthesis("Hello");

        TtsException failure = catchThrowableOfType(TtsException.class, () -> layer.stream(failing));

        assertThat(failure.category()).isEqualTo(Category.UNAVAILABLE);
        assertThat(failure.requestId()).contains(failing.requestId());
        assertThat(bytes(layer.stream(synthesis("Hello")))).isEqualTo(audioOf("Hello"));
    }

    @Test
    void stream_breaksOff_isNotKept() {
        fake.enqueue(Behaviour.speak().failAt(1280, Category.TRUNCATED));

        // Before the caller has it, or in the middle.
        assertThatThrownBy(() -> bytes(layer.stream(synthesis("Hello there"))))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.TRUNCATED));
        assertThat(bytes(layer.stream(synthesis("Hello there")))).isEqualTo(audioOf("Hello there"));
        assertThat(fake.calls()).hasSize(2);
    }

    @Test
    void stream_timeOfWhoBeganItIsOver_theOtherBeginsAnew() {
        var calls = new AtomicInteger();
        var waiting = new CountDownLatch(1);
        CacheLayer strict = layer(
                new ScriptedBackend(FORMAT, synthesis -> {
                    if (calls.incrementAndGet() == 1) {
                        await(waiting);
                        throw TtsException.builder(Category.TIMEOUT, "late")
                                .timeoutPhase(TimeoutPhase.TOTAL)
                                .build();
                    }
                    return new ScriptedSource(FORMAT).gives(1, 1);
                }),
                THREADS);
        Synthesis hasty = builder("Hello")
                .deadline(Deadline.after(Duration.ofSeconds(1), time))
                .build();
        CompletableFuture<AudioSource> first = Requests.async(() -> strict.stream(hasty));
        while (calls.get() == 0) {
            Thread.onSpinWait();
        }
        Synthesis patient = synthesis("Hello");
        CompletableFuture<byte[]> second = Requests.async(() -> bytes(strict.stream(patient)));
        while (patient.cancellation().toString().contains("[0")) {
            Thread.onSpinWait(); // until it waits
        }

        waiting.countDown();

        assertThat(Requests.failure(first).timeoutPhase()).contains(TimeoutPhase.TOTAL);
        assertThat(Requests.get(second)).containsExactly(1, 1);
        assertThat(calls).hasValue(2);
    }

    @Test
    void stream_tooLongToKeep_isHeardInFullByThoseWhoCameInTime() {
        AudioCache small = new AudioCache(CachePolicy.inMemory(1000), time);
        var tight = new CacheLayer(new AttemptLayer(fake), small, THREADS);
        AudioSource first = tight.stream(synthesis("Hello there"));
        while (fake.calls().get(0).bytesRead() == 0) {
            Thread.onSpinWait();
        }
        long atFirst = fake.calls().get(0).bytesRead();

        byte[] late = bytes(tight.stream(synthesis("Hello there")));

        assertThat(late).isEqualTo(audioOf("Hello there"));
        assertThat(fake.calls()).hasSize(2);
        assertThat(atFirst).isLessThanOrEqualTo(1280); // one chunk above the limit is read, and no more
        assertThat(bytes(first)).isEqualTo(audioOf("Hello there"));
        bytes(tight.stream(synthesis("Hello there")));
        assertThat(fake.calls()).hasSize(3);
    }

    @Test
    void stream_noThreadFree_asksAloneAndKeepsWhatWasHeard() {
        CacheLayer starved = layer(fake, new ManualExecutor());
        Synthesis waiting = synthesis("Hello");
        CompletableFuture<byte[]> hearing = Requests.async(() -> bytes(starved.stream(waiting)));
        time.awaitScheduled(1);

        time.advance(PATIENCE);

        assertThat(Requests.get(hearing)).isEqualTo(audioOf("Hello"));
        assertThat(bytes(starved.stream(synthesis("Hello")))).isEqualTo(audioOf("Hello"));
        assertThat(fake.calls()).hasSize(1);
        assertThat(results()).containsExactly(CacheResult.MISS, CacheResult.HIT);
    }

    @Test
    void stream_executorThatHasItsCallersRunWhatTheyGiveIt_asksAlone() {
        AudioCache small = new AudioCache(CachePolicy.inMemory(1000), time);
        var inline = new CacheLayer(new AttemptLayer(fake), small, Runnable::run);
        Synthesis asking = synthesis("Hello there"); // more than is kept, which waits for its listener

        assertThat(Requests.get(Requests.async(() -> bytes(inline.stream(asking)))))
                .isEqualTo(audioOf("Hello there"));
        assertThat(fake.calls()).hasSize(1);
        assertThat(results()).containsExactly(CacheResult.MISS);
    }

    @Test
    void stream_aloneAndClosedEarly_keepsNothing() {
        CacheLayer refused = layer(fake, task -> {
            throw new RejectedExecutionException();
        });
        AudioSource source = refused.stream(synthesis("Hello there"));
        source.read();
        source.close();

        bytes(refused.stream(synthesis("Hello there")));

        assertThat(fake.calls()).hasSize(2);
    }

    @Test
    void stream_higherPriority_doesNotWaitWhereALowerOneDoes() {
        fake.enqueue(Behaviour.hang());
        var batch = new Cancellation();
        CompletableFuture<AudioSource> slow = Requests.async(() -> layer.stream(builder("Hello")
                .options(SpeechOptions.builder().priority(Priority.BATCH).build())
                .cancellation(batch)
                .build()));
        fake.awaitCalls(1);

        assertThat(bytes(layer.stream(synthesis("Hello")))).isEqualTo(audioOf("Hello"));

        batch.cancel();
        assertThat(Requests.failure(slow).category()).isEqualTo(Category.CANCELLED);
    }

    @Test
    void stream_backendWithABug_isTheBugAndNotKept() {
        fake.enqueue(Behaviour.fail(new IllegalStateException("a bug")));

        assertThatThrownBy(() -> layer.stream(synthesis("Hello"))).isInstanceOf(IllegalStateException.class);
        assertThat(bytes(layer.stream(synthesis("Hello")))).isEqualTo(audioOf("Hello"));
    }

    @Test
    void close_whileItIsMade_endsEverybody() {
        fake.enqueue(Behaviour.speak().stallAt(640));
        AudioSource source = layer.stream(synthesis("Hello"));

        layer.close();

        assertThatThrownBy(() -> bytes(source))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.CANCELLED));
        assertThat(fake.isClosed()).isTrue();
    }

    @Test
    void stream_storeHasIt_isReadFromThereOnceAndThenFromMemory() {
        var store = new MapStore();
        FakeBackend other = FakeBackend.builder("fake").build();
        bytes(identified(fake, store).stream(synthesis("Hello")));
        store.awaitWrite();

        CacheLayer second = identified(other, store);
        assertThat(bytes(second.stream(synthesis("Hello")))).isEqualTo(audioOf("Hello"));
        assertThat(bytes(second.stream(synthesis("Hello")))).isEqualTo(audioOf("Hello"));

        assertThat(other.calls()).isEmpty();
        assertThat(results()).containsExactly(CacheResult.MISS, CacheResult.STORED, CacheResult.HIT);
    }

    @Test
    void stream_whatTheStoreHasIsTooOld_isMadeAnew() {
        var store = new MapStore();
        bytes(identified(fake, store).stream(synthesis("Hello")));
        store.awaitWrite();
        time.advance(Duration.ofDays(1));

        bytes(identified(fake, store).stream(synthesis("Hello")));

        assertThat(fake.calls()).hasSize(2);
        store.awaitWrite();
    }

    @Test
    void stream_backendThatDoesNotSayWhatItIs_staysInMemory() {
        var store = new MapStore();
        var unknown = new CacheLayer(
                new AttemptLayer(fake),
                new AudioCache(CachePolicy.inMemory(100_000).withStore(store), time),
                THREADS);
        bytes(unknown.stream(synthesis("Hello")));
        bytes(unknown.stream(synthesis("Hello")));

        assertThat(fake.calls()).hasSize(1);
        assertThat(store.reads()).isZero();
    }

    @Test
    void stream_storeFails_costsNothingButTheStore() {
        var store = new MapStore().failing();
        CacheLayer failing = identified(fake, store);

        assertThat(bytes(failing.stream(synthesis("Hello")))).isEqualTo(audioOf("Hello"));
        assertThat(bytes(failing.stream(synthesis("Hello")))).isEqualTo(audioOf("Hello"));
        assertThat(fake.calls()).hasSize(1);
    }

    private CacheLayer identified(FakeBackend backend, AudioStore store) {
        var attempts = new AttemptLayer(backend);
        var identified = new ScriptedBackend(
                TtsCapabilities.builder("fake", FORMAT).identity("here").build(), attempts::stream);
        return new CacheLayer(
                identified, new AudioCache(CachePolicy.inMemory(100_000).withStore(store), time), THREADS);
    }
}
