// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.faults;

import io.ttsclient.TtsClient;
import io.ttsclient.TtsClientBuilder;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.faults.WireFaults.Kind;
import io.ttsclient.layer.AttemptTimeouts;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.FaultProxy;
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

/** Each fault of a server and of the way to it, under each policy. */
@Timeout(120)
class WireFaultsTest {
    private static final SpeechRequest REQUEST = SpeechRequest.of("Your table is ready.");
    private static final AudioFormat FORMAT = AudioFormat.linear16(24_000);
    private static final byte[] AUDIO = FakeBackend.audioOf(REQUEST.text(), FORMAT);
    private static final byte[] WAV = FakeBackend.wavOf(AUDIO, FORMAT);
    private static final RetryPolicy AT_ONCE =
            new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(1));
    /** For what comes, so that a loaded machine is no fault. */
    private static final Duration PATIENT = Duration.ofSeconds(30);
    /** For what never comes. */
    private static final Duration SHORT = Duration.ofMillis(50);

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
        if ((handshake || row.kind() == Kind.SILENT) && !policy.faultLasts()) {
            return "-"; // the second call would have as little time as the first, which is too little on a loaded
            // machine
        }
        Timeouts timeouts = Timeouts.defaults().withConnect(handshake ? SHORT : PATIENT);
        String cell;
        try (Transport transport = Transport.builder().timeouts(timeouts).build()) {
            var vits = VitsServer.builder()
                    .baseUrl((handshake ? "https://127.0.0.1:" : "http://127.0.0.1:") + proxy.port())
                    .dialect(Dialect.OPENAI_SPEECH)
                    .transport(transport)
                    .build();
            var first = new WireBackend(vits, before -> meet(row, policy.faultLasts() || before == 0));
            cell = play(row, policy, first, call);
        }
        proxy.awaitNoConnections();
        return cell;
    }

    private static String play(
            WireFaults.Row row,
            Policy policy,
            WireBackend first,
            BiFunction<TtsClient, SpeechRequest, CallOutcome> call) {
        var second = FakeBackend.builder("second", FORMAT).build();
        TtsClientBuilder builder = TtsClient.builder()
                .backend(first)
                .retry(AT_ONCE.withMaxAttempts(policy.attempts()))
                .attemptTimeouts(new AttemptTimeouts(PATIENT, PATIENT))
                .attemptTimeouts("vits", timeouts(row));
        if (policy.hasFallback()) {
            builder.fallback(second);
        }
        CallOutcome outcome;
        try (TtsClient client = builder.build()) {
            outcome = call.apply(client, REQUEST);
        }
        int calls = first.calls();
        int fallbackCalls = second.calls().size();
        return row.kind() == Kind.RESET && !outcome.whole()
                ? outcome.toCellOfAPart(calls, fallbackCalls, AUDIO.length)
                : outcome.toCell(calls, fallbackCalls);
    }

    private void meet(WireFaults.Row row, boolean faulty) {
        answer = faulty ? row.answer() : good;
        proxy.inject(faulty ? row.wire() : new WireFault[0]);
    }

    private static AttemptTimeouts timeouts(WireFaults.Row row) {
        if (row.kind() != Kind.SILENT) {
            return new AttemptTimeouts(PATIENT, PATIENT);
        }
        boolean audioComes = row.phase().equals("mid audio") || row.phase().equals("end");
        return new AttemptTimeouts(audioComes ? PATIENT : SHORT, SHORT);
    }
}
