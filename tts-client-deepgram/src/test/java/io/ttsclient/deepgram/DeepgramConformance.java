// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.testkit.FailureCase;
import io.ttsclient.testkit.TtsBackendConformance;
import io.ttsclient.testkit.deepgram.DeepgramEmulator;
import io.ttsclient.testkit.deepgram.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;

/** What all ways to Deepgram have in common. */
abstract class DeepgramConformance extends TtsBackendConformance {
    private final DeepgramEmulator speaking =
            DeepgramEmulator.builder().concurrency(45).fluxConcurrency(45).start();
    private final List<DeepgramEmulator> faulty = new ArrayList<>();

    abstract DeepgramBuilder configured(DeepgramBuilder builder);

    @AfterEach
    void closeEmulators() {
        speaking.close();
        faulty.forEach(DeepgramEmulator::close);
        assertThat(speaking.violations())
                .as("rules of Deepgram's that were broken")
                .isEmpty();
        assertThat(speaking.mostSockets()).as("sockets at once").isLessThanOrEqualTo(45);
    }

    private TtsBackend at(DeepgramEmulator emulator) {
        return configured(Deepgram.builder().apiKey(DeepgramEmulator.KEY).baseUrl(emulator.baseUrl()))
                .build();
    }

    private TtsBackend with(Fault fault) {
        DeepgramEmulator emulator = DeepgramEmulator.start();
        faulty.add(emulator);
        for (int i = 0; i < 20; i++) {
            emulator.next(fault);
        }
        return at(emulator);
    }

    @Override
    protected TtsBackend backend() {
        return at(speaking);
    }

    @Override
    protected Optional<TtsBackend> hangingBackend() {
        return Optional.of(with(Fault.stallAfter(0)));
    }

    @Override
    protected Optional<TtsBackend> stallingBackend() {
        return Optional.of(with(Fault.stallAfter(2)));
    }

    @Override
    protected Optional<TtsBackend> connectingBackend() {
        return Optional.of(with(Fault.neverAnswer()));
    }

    @Override
    protected List<FailureCase> failureCases() {
        return List.of(
                failing(Fault.refuse(400, "INVALID_QUERY_PARAMETER"), Category.INVALID_REQUEST),
                failing(Fault.refuse(401, "INVALID_AUTH"), Category.AUTHENTICATION),
                failing(Fault.refuse(402, "ASR_PAYMENT_REQUIRED"), Category.QUOTA),
                failing(Fault.refuse(403, "INSUFFICIENT_PERMISSIONS"), Category.AUTHENTICATION),
                failing(Fault.refuse(429, "TOO_MANY_REQUESTS"), Category.RATE_LIMIT),
                failing(Fault.refuse(503, "Service Unavailable"), Category.UNAVAILABLE),
                failing(Fault.noAudio(), Category.NO_AUDIO),
                failing(Fault.cutAfter(2), Category.TRUNCATED));
    }

    private FailureCase failing(Fault fault, Category category) {
        return new FailureCase(fault.toString(), category, () -> with(fault));
    }

    @Override
    protected List<String> secrets() {
        return List.of(DeepgramEmulator.KEY);
    }

    @Override
    protected OptionalInt connectionsAtEngine() {
        return OptionalInt.of(speaking.openConnections());
    }

    @Override
    protected List<String> expectedVoices() {
        return List.of("aura-2-thalia-en", "aura-2-celeste-es", "flux-haley-en");
    }

    @Override
    protected boolean mayOutlive(Thread thread) {
        return super.mayOutlive(thread) || thread.getName().startsWith("loopback-server"); // the emulators'
    }
}
