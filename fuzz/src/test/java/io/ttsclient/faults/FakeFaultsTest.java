// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.TtsClient;
import io.ttsclient.TtsClientBuilder;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.faults.SilentBackend.Silence;
import io.ttsclient.layer.AttemptTimeouts;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each fault that {@link FakeBackend} plays, under each policy, with its waits to the millisecond. */
@Timeout(120)
@ExtendWith(LeakCheck.class)
class FakeFaultsTest {
    private static final SpeechRequest REQUEST = SpeechRequest.of("Your table is ready.");
    private static final int AUDIO = FakeBackend.audioOf(REQUEST.text(), AudioFormat.linear16(16_000)).length;
    private static final AttemptTimeouts TIMEOUTS = new AttemptTimeouts(Duration.ofMinutes(2), QuickTime.TIMEOUTS_FROM);
    private static final RetryPolicy WAITS = new RetryPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(2), null);
    private static final int MIDDLE = 2_560;
    private static final int END = Integer.MAX_VALUE;

    /** Always waits as long as it may. */
    private static final class Longest implements RandomGenerator {
        @Override
        public long nextLong() {
            throw new AssertionError("waits are bounded");
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    }

    /** What the fake does, and when time passes meanwhile. */
    private record Fault(String phase, String name, Behaviour behaviour, Silence silence) {
        Fault(String phase, String name, Behaviour behaviour) {
            this(phase, name, behaviour, Silence.NONE);
        }
    }

    /** What a backend may say; the others are the client's own words. */
    private static final List<Category> CATEGORIES = Arrays.stream(Category.values())
            .filter(category -> category != Category.CIRCUIT_OPEN)
            .filter(category -> category != Category.CANCELLED)
            .filter(category -> category != Category.CLOSED)
            .toList();

    private static final List<Fault> FAULTS = faults();

    private static List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        faults.add(new Fault("connect", "refused", Behaviour.fail(Category.CONNECTION)));
        faults.add(new Fault("connect", "takes too long", Behaviour.fail(timeout(TimeoutPhase.CONNECT))));
        for (Category category : CATEGORIES) {
            faults.add(new Fault("headers", "answers " + category, Behaviour.fail(category)));
        }
        faults.add(new Fault("headers", "RATE_LIMIT for 5 s", Behaviour.fail(limit(Duration.ofSeconds(5)))));
        faults.add(new Fault("headers", "RATE_LIMIT for 59 s", Behaviour.fail(limit(Duration.ofSeconds(59)))));
        faults.add(new Fault("headers", "throws as a bug does", Behaviour.fail(new IllegalStateException("a bug"))));
        faults.add(new Fault(
                "before first audio",
                "comes late, but comes",
                Behaviour.speak(),
                new Silence(Silence.BEFORE_ANSWER, TIMEOUTS.firstAudio().minusMillis(1))));
        faults.add(new Fault(
                "before first audio",
                "goes silent",
                Behaviour.hang(),
                new Silence(Silence.BEFORE_ANSWER, TIMEOUTS.firstAudio())));
        faults.add(new Fault("before first audio", "ends", Behaviour.noAudio()));
        breaks("before first audio", 0, faults);
        pauses("mid audio", MIDDLE, faults);
        breaks("mid audio", MIDDLE, faults);
        faults.add(new Fault(
                "mid audio", "ends as if all were said", Behaviour.speak().truncateAt(MIDDLE)));
        pauses("end", END, faults);
        breaks("end", END, faults);
        return faults;
    }

    private static void pauses(String phase, int at, List<Fault> faults) {
        long position = Math.min(at, AUDIO);
        faults.add(new Fault(
                phase,
                "pauses, but goes on",
                Behaviour.speak(),
                new Silence(position, TIMEOUTS.stall().minusMillis(1))));
        faults.add(new Fault(
                phase, "goes silent", Behaviour.speak().stallAt(at), new Silence(position, TIMEOUTS.stall())));
    }

    private static void breaks(String phase, int at, List<Fault> faults) {
        Behaviour speaking = Behaviour.speak();
        for (Category category : CATEGORIES) {
            faults.add(new Fault(phase, "fails with " + category, speaking.failAt(at, category)));
        }
        faults.add(new Fault(phase, "throws as a bug does", speaking.failAt(at, new IllegalStateException("a bug"))));
    }

    private static TtsException timeout(TimeoutPhase phase) {
        return TtsException.builder(Category.TIMEOUT, "too slow")
                .timeoutPhase(phase)
                .build();
    }

    private static TtsException limit(Duration retryAfter) {
        return TtsException.builder(Category.RATE_LIMIT, "too many")
                .retryAfter(retryAfter)
                .build();
    }

    @Test
    void stream_everyFaultUnderEveryPolicy_isAsDocumented() throws IOException {
        assertDocumented("Faults of a fake, streamed", CallOutcome::streamed);
    }

    @Test
    void synthesize_everyFaultUnderEveryPolicy_isAsDocumented() throws IOException {
        assertDocumented("Faults of a fake, whole audio", CallOutcome::whole);
    }

    private static void assertDocumented(String title, BiFunction<TtsClient, SpeechRequest, CallOutcome> call)
            throws IOException {
        var matrix = new FaultMatrix(title, Policy.titles());
        for (Fault fault : FAULTS) {
            for (Policy policy : Policy.values()) {
                matrix.add(fault.phase(), fault.name(), play(fault, policy, call));
            }
        }
        matrix.assertDocumented();
    }

    private static String play(Fault fault, Policy policy, BiFunction<TtsClient, SpeechRequest, CallOutcome> call) {
        var time = new QuickTime();
        var first = FakeBackend.builder("first").build();
        var second = FakeBackend.builder("second").build();
        if (policy.faultLasts()) {
            first.always(fault.behaviour());
        } else {
            first.enqueue(fault.behaviour());
        }
        TtsClientBuilder builder = TtsClient.builder()
                .backend(new SilentBackend(first, time, fault.silence(), policy.faultLasts()))
                .attemptTimeouts(TIMEOUTS)
                .random(new Longest())
                .timeSource(time);
        policy.apply(builder, WAITS, second);
        CallOutcome outcome;
        int callsBefore = 0;
        Duration before = Duration.ZERO;
        try (TtsClient client = builder.build()) {
            if (policy.needsCallBefore()) {
                var unused = call.apply(client, policy.of(REQUEST));
                callsBefore = first.calls().size();
                before = time.elapsed();
            }
            outcome = call.apply(client, policy.of(REQUEST));
        }
        first.awaitReleased();
        second.awaitReleased();
        assertThat(outcome.delivered()).isLessThanOrEqualTo(AUDIO);
        Duration waited = time.elapsed().minus(before);
        return outcome.toCell(first.calls().size() - callsBefore, second.calls().size())
                + (waited.isZero() ? "" : ", " + waited.toMillis() + " ms");
    }
}
