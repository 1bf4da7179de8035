// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.testkit.FailureCase;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.TtsBackendConformance;
import io.ttsclient.testkit.gemini.GeminiEmulator;
import io.ttsclient.testkit.gemini.GeminiFailure;
import io.ttsclient.testkit.gemini.GeminiReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** All that the kit asks, of streams and of single answers. */
@ExtendWith(LeakCheck.class)
class GeminiConformanceTest {
    @Nested
    class Streams extends Conformance {
        Streams() {
            super("gemini-3.8-flash-tts", GeminiReply.speak().eventBytes(4_801));
        }
    }

    @Nested
    class SingleAnswers extends Conformance {
        SingleAnswers() {
            super("gemini-2.5-flash-preview-tts", GeminiReply.speak());
        }
    }

    abstract static class Conformance extends TtsBackendConformance {
        private final String model;
        private final GeminiReply reply;
        private final List<GeminiEmulator> emulators = new ArrayList<>();
        /** There before a backend is made, since the kit looks at what threads and sockets are left afterwards. */
        private final GeminiEmulator speaking = start(GeminiReply.speak());

        Conformance(String model, GeminiReply reply) {
            this.model = model;
            this.reply = reply;
        }

        private GeminiEmulator start(GeminiReply always) {
            GeminiEmulator emulator = GeminiEmulator.start();
            emulators.add(emulator);
            emulator.always(always);
            return emulator;
        }

        private TtsBackend backend(GeminiEmulator emulator) {
            return backend(emulator.url());
        }

        private TtsBackend backend(String url) {
            return Gemini.builder()
                    .apiKey(GeminiEmulator.KEY)
                    .baseUrl(url)
                    .model(model)
                    .build();
        }

        @AfterEach
        void closeServers() {
            emulators.forEach(GeminiEmulator::close);
        }

        @Override
        protected TtsBackend backend() {
            speaking.always(reply);
            return backend(speaking);
        }

        @Override
        protected Optional<TtsBackend> hangingBackend() {
            return Optional.of(backend(start(reply.wire(answer -> answer.stallAt(0)))));
        }

        @Override
        protected Optional<TtsBackend> stallingBackend() {
            return Optional.of(backend(start(reply.wire(answer -> answer.stallAt(20_000)))));
        }

        @Override
        protected List<FailureCase> failureCases() {
            return List.of(
                    failing("400 for the key", Category.AUTHENTICATION, GeminiReply.refuse(GeminiFailure.BAD_KEY)),
                    failing("400", Category.INVALID_REQUEST, GeminiReply.refuse(GeminiFailure.BAD_FIELD)),
                    failing("404", Category.NOT_FOUND, GeminiReply.refuse(GeminiFailure.NOT_FOUND)),
                    failing("429 per minute", Category.RATE_LIMIT, GeminiReply.refuse(GeminiFailure.PER_MINUTE)),
                    failing("429 per day", Category.QUOTA, GeminiReply.refuse(GeminiFailure.PER_DAY_FREE)),
                    failing("500", Category.UNAVAILABLE, GeminiReply.refuse(GeminiFailure.INTERNAL)),
                    failing("503", Category.OVERLOADED, GeminiReply.refuse(GeminiFailure.UNAVAILABLE)),
                    failing("no answer", Category.CONNECTION, reply.wire(answer -> ServerAnswer.hangUp())),
                    failing("cut", Category.TRUNCATED, reply.wire(answer -> answer.cutAt(20_000))),
                    failing("blocked", Category.CONTENT_REJECTED, GeminiReply.block("SAFETY")),
                    failing("OTHER", Category.TRUNCATED, reply.finish("OTHER")),
                    failing("no audio", Category.NO_AUDIO, reply.upTo(0)));
        }

        private FailureCase failing(String name, Category category, GeminiReply always) {
            return new FailureCase(name, category, () -> backend(start(always)));
        }

        @Override
        protected List<String> secrets() {
            return List.of(GeminiEmulator.KEY);
        }

        @Override
        protected OptionalInt connectionsAtEngine() {
            return OptionalInt.of(speaking.server().openConnections());
        }

        @Override
        protected List<String> expectedVoices() {
            return List.of("Kore", "Puck", "Zephyr");
        }
    }
}
