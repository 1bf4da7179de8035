// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.faults;

import io.ttsclient.TtsClient;
import io.ttsclient.TtsClientBuilder;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.faults.WireFaults.Kind;
import io.ttsclient.layer.AttemptTimeouts;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.FaultProxy;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.WireFault;
import io.ttsclient.transport.Timeouts;
import io.ttsclient.transport.Transport;
import io.ttsclient.vits.Dialect;
import io.ttsclient.vits.VitsServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each fault of a server and of the way to it, under each policy. */
@Timeout(120)
@ExtendWith(LeakCheck.class)
class WireFaultsTest {
    private static final SpeechRequest REQUEST = SpeechRequest.of("Your table is ready.");
    private static final AudioFormat FORMAT = AudioFormat.linear16(24_000);
    private static final byte[] AUDIO = FakeBackend.audioOf(REQUEST.text(), FORMAT);
    private static final byte[] WAV = FakeBackend.wavOf(AUDIO, FORMAT);
    private static final RetryPolicy AT_ONCE =
            new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(1));
    /** For a connection that comes, so that a loaded machine is no fault. */
    private static final Duration PATIENT = Duration.ofSeconds(30);
    /** For one that never comes. */
    private static final Duration SHORT = Duration.ofMillis(50);
    // In virtual time, which passes where nothing comes.
    private static final Duration FIRST_AUDIO = Duration.ofMinutes(2);
    private static final Duration STALL = Duration.ofMinutes(1);

    private final ServerAnswer good = ServerAnswer.of(200).body(WAV);
    private volatile ServerAnswer answer = good;
    private final LoopbackServer server = LoopbackServer.start(request -> answer);
    private final FaultProxy proxy = FaultProxy.start(server.port());

    @AfterEach
    void close() {
        proxy.close();
        server.close();
    }

    @Test
    void stream_everyFaultUnderEveryPolicy_isAsDocumented() throws IOException {
        assertDocumented("Faults on the wire, streamed", CallOutcome::streamed);
    }

    @Test
    void synthesize_everyFaultUnderEveryPolicy_isAsDocumented() throws IOException {
        assertDocumented("Faults on the wire, whole audio", CallOutcome::whole);
    }

    private void assertDocumented(String title, BiFunction<TtsClient, SpeechRequest, CallOutcome> call)
            throws IOException {
        List<WireFaults.Row> rows = WireFaults.around(WAV);
        var matrix = new FaultMatrix(title, Policy.titles());
        for (WireFaults.Row row : rows) {
            for (Policy policy : Policy.values()) {
                matrix.add(row.phase(), row.name(), play(row, policy, call));
            }
        }
        matrix.assertDocumented();
    }

    private String play(WireFaults.Row row, Policy policy, BiFunction<TtsClient, SpeechRequest, CallOutcome> call) {
        boolean handshake = row.kind() == Kind.HANDSHAKE;
        if (handshake && !policy.faultLasts()) {
            return "-"; // OkHttp's timer ends it, which would give the second call as little time as the first
        }
        Timeouts timeouts = Timeouts.defaults().withConnect(handshake ? SHORT : PATIENT);
        String cell;
        try (Transport transport = Transport.builder().timeouts(timeouts).build();
                TimeSource real = TimeSource.system();
                var waiting = new WaitingTime(row.heard() > 0 ? STALL : FIRST_AUDIO)) {
            var vits = VitsServer.builder()
                    .baseUrl((handshake ? "https://127.0.0.1:" : "http://127.0.0.1:") + proxy.port())
                    .dialect(Dialect.OPENAI_SPEECH)
                    .transport(transport)
                    .build();
            var first = new WireBackend(vits, watcher(row, policy, waiting));
            cell = play(row, policy, row.isSilent() ? waiting.time() : real, first, call);
        }
        proxy.awaitNoConnections();
        return cell;
    }

    private WireBackend.Watcher watcher(WireFaults.Row row, Policy policy, WaitingTime waiting) {
        return new WireBackend.Watcher() {
            private boolean isFaulty(int callsBefore) {
                return policy.faultLasts() || callsBefore == 0;
            }

            @Override
            public void begins(int callsBefore) {
                answer = isFaulty(callsBefore) ? row.answer() : good;
                proxy.inject(isFaulty(callsBefore) ? row.wire() : new WireFault[0]);
                if (row.isSilent() && row.heard() == 0 && isFaulty(callsBefore)) {
                    waiting.begin();
                }
            }

            @Override
            public void reads(int callsBefore, long bytes) {
                if (row.isSilent() && row.heard() > 0 && bytes >= row.heard() && isFaulty(callsBefore)) {
                    waiting.begin();
                }
            }
        };
    }

    private static String play(
            WireFaults.Row row,
            Policy policy,
            TimeSource time,
            WireBackend first,
            BiFunction<TtsClient, SpeechRequest, CallOutcome> call) {
        var second = FakeBackend.builder("second", FORMAT).build();
        TtsClientBuilder builder = TtsClient.builder()
                .backend(first)
                .attemptTimeouts(new AttemptTimeouts(FIRST_AUDIO, STALL))
                .timeSource(time);
        policy.apply(builder, AT_ONCE, second);
        CallOutcome outcome;
        int callsBefore = 0;
        try (TtsClient client = builder.build()) {
            if (policy.needsCallBefore()) {
                var unused = call.apply(client, policy.of(REQUEST));
                callsBefore = first.calls();
            }
            outcome = call.apply(client, policy.of(REQUEST));
        }
        int calls = first.calls() - callsBefore;
        int fallbackCalls = second.calls().size();
        return row.kind() == Kind.RESET && calls > 0 && !outcome.whole()
                ? outcome.toCellOfAPart(calls, fallbackCalls, AUDIO.length)
                : outcome.toCell(calls, fallbackCalls);
    }
}
