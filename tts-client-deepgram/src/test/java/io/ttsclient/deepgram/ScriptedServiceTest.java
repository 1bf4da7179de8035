// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.backend.GrowingText;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.ServerWebSocket;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service that does what its documentation leaves open, and the emulator does not. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(LeakCheck.class)
class ScriptedServiceTest {
    private static final byte[] FRAME = new byte[4_800]; // 100 ms

    /** What the service was told. */
    private final List<String> told = new CopyOnWriteArrayList<>();

    private static Deepgram at(LoopbackServer server) {
        return Deepgram.builder().apiKey("key").baseUrl(server.url("")).build();
    }

    /** Answers each message with what {@code script} says: audio for the empty text, and texts. */
    private LoopbackServer serving(Function<String, List<String>> script) {
        return LoopbackServer.start(request -> ServerAnswer.webSocket(socket -> {
            for (var message = socket.receive(); message != null; message = socket.receive()) {
                told.add(message.text());
                for (String answer : script.apply(message.text())) {
                    if (answer.isEmpty()) {
                        socket.send(FRAME);
                    } else {
                        socket.send(answer);
                    }
                }
            }
        }));
    }

    private static Synthesis flux(String text, double speed) {
        return TestSynthesis.of(
                text,
                SpeechOptions.builder().voice("flux-haley-en").speed(speed).build());
    }

    @Test
    void aura_speaksBeforeTheFlush_isHeardAtOnceAndToTheEnd() throws Exception {
        var text = new GrowingText();
        try (LoopbackServer server = serving(message -> message.contains("Speak")
                        ? List.of("")
                        : List.of("", "{\"type\":\"Flushed\",\"sequence_id\":0}"));
                Deepgram deepgram = at(server)) {
            text.append("Words that come ");
            try (AudioSource source = deepgram.stream(TestSynthesis.of("").withText(text))) {
                assertThat(told).as("before the first audio").noneMatch(each -> each.contains("Flush"));
                text.append("first.");
                text.finish();

                assertThat(Scene.bytes(source)).hasSizeGreaterThanOrEqualTo(2 * FRAME.length);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"INTERNAL_ERROR, UNAVAILABLE", "SPEED_NOT_SUPPORTED, INVALID_REQUEST"})
    void flux_refusesTheSpeed_isWhatTheTableSays(String code, Category category) {
        try (LoopbackServer server = serving(message -> message.contains("Configure")
                        ? List.of("{\"type\":\"ConfigureFailure\",\"code\":\"" + code + "\",\"field\":\"speed\"}")
                        : List.of());
                Deepgram deepgram = at(server)) {
            TtsException failure = catchThrowableOfType(
                    TtsException.class,
                    () -> deepgram.stream(flux("Hello.", 1.5)).close());

            assertThat(failure.category()).isEqualTo(category);
            assertThat(failure).hasMessageContaining("refused the speed, " + code);
        }
    }

    @Test
    void flux_refusesMarkup_isAnInvalidRequestAndNotSaidAgain() {
        try (LoopbackServer server = serving(message -> message.contains("Flush")
                        ? List.of("{\"type\":\"Error\",\"code\":\"DATA-0002\",\"description\":\"malformed control\"}")
                        : List.of());
                Deepgram deepgram = at(server)) {
            TtsException failure = catchThrowableOfType(
                    TtsException.class,
                    () -> deepgram.stream(flux("Hello {pause}.", 1)).close());

            assertThat(failure.category()).isEqualTo(Category.INVALID_REQUEST);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aura_ignoresAFlushAndBreaks_theNextSocketIsFlushedOnce() {
        var time = new VirtualTime();
        var sockets = new AtomicInteger();
        try (LoopbackServer server = LoopbackServer.start(request -> ServerAnswer.webSocket(
                        socket -> ignoreTheSecondFlush(socket, sockets.incrementAndGet() == 1)));
                Deepgram deepgram = Deepgram.builder()
                        .apiKey("key")
                        .baseUrl(server.url(""))
                        .time(time)
                        .build()) {
            try (AudioSource source = deepgram.stream(TestSynthesis.of("One.", SpeechOptions.none(), time))) {
                assertThat(Scene.bytes(source)).hasSize(FRAME.length);
            }
            try (AudioSource source = deepgram.stream(TestSynthesis.of("Two.", SpeechOptions.none(), time))) {
                time.advance(Duration.ofSeconds(10)); // when it would have been flushed again
                assertThat(source.read()).isNotNull();
            }
            Scene.await(() -> told.contains(ClientMessage.CLEAR));
            assertThat(told).filteredOn(ClientMessage.FLUSH::equals).hasSize(3);
        }
    }

    private void ignoreTheSecondFlush(ServerWebSocket socket, boolean isFirst) throws IOException {
        int flushes = 0;
        for (var message = socket.receive(); message != null; message = socket.receive()) {
            told.add(message.text());
            flushes += message.text().equals(ClientMessage.FLUSH) ? 1 : 0;
            if (isFirst && flushes == 2) {
                socket.send("{\"type\":\"Warning\",\"code\":\"FLUSH_LIMIT\"}");
                socket.cut();
                return;
            }
            if (message.text().equals(ClientMessage.FLUSH)) {
                socket.send(FRAME);
                if (isFirst) {
                    socket.send("{\"type\":\"Flushed\",\"sequence_id\":0}");
                }
            }
        }
    }

    @Test
    void flux_takesNoOffset_isInterruptedWithoutOne() {
        String refused = "{\"type\":\"Warning\",\"code\":\"INVALID_INTERRUPT_OFFSET\"}";
        String interrupted = "{\"type\":\"SpeechInterrupted\",\"audio_played_ms\":100}";
        try (LoopbackServer server = serving(message -> message.contains("Speak")
                        ? List.of("{\"type\":\"SpeechStarted\"}", "")
                        : message.contains("playback_offset")
                                ? List.of(refused)
                                : message.equals(ClientMessage.INTERRUPT) ? List.of(interrupted) : List.of());
                Deepgram deepgram = at(server)) {
            for (int turn = 0; turn < 2; turn++) {
                try (AudioSource source = deepgram.stream(flux("Words that nobody wants.", 1))) {
                    assertThat(source.read()).isNotNull();
                }
                int interrupts = turn + 1;
                Scene.await(() ->
                        told.stream().filter(ClientMessage.INTERRUPT::equals).count() == interrupts);
            }
            assertThat(server.requests()).as("sockets").hasSize(1);
        }
    }

    @Test
    void flux_saysNotHowFarItHadCome_theSessionIsCountedOnThisSide() {
        String interrupted = "{\"type\":\"SpeechInterrupted\",\"text_spoken\":\"\"}";
        try (LoopbackServer server = serving(message -> message.contains("Speak")
                        ? List.of("{\"type\":\"SpeechStarted\"}", "")
                        : message.contains("Interrupt") ? List.of(interrupted) : List.of());
                Deepgram deepgram = at(server)) {
            for (int turn = 0; turn < 3; turn++) {
                try (AudioSource source = deepgram.stream(flux("Words that nobody wants.", 1))) {
                    AudioChunk first = Objects.requireNonNull(source.read());
                    assertThat(first.size()).isEqualTo(FRAME.length);
                }
                int interrupts = turn + 1;
                Scene.await(() ->
                        told.stream().filter(each -> each.contains("Interrupt")).count() == interrupts);
            }
            assertThat(told)
                    .filteredOn(each -> each.contains("Interrupt"))
                    .extracting(each -> each.replaceAll(".*\"value\":([0-9]+).*", "$1"))
                    .containsExactly("100", "200", "300");
        }
    }
}
