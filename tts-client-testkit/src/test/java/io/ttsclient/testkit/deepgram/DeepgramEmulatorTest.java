// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.deepgram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.VirtualTime;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.HttpRequest;
import io.ttsclient.transport.HttpResponse;
import io.ttsclient.transport.Transport;
import io.ttsclient.transport.WebSocketConnection;
import io.ttsclient.transport.WebSocketMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that the emulator holds a client to. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(LeakCheck.class)
class DeepgramEmulatorTest {
    private static final String FLUSH = "{\"type\":\"Flush\"}";
    private static final String INTERRUPT_OF_MORE =
            "{\"type\":\"Interrupt\",\"playback_offset\":{\"type\":\"time_ms\",\"value\":1},\"more\":1}";

    private final VirtualTime time = new VirtualTime();
    private final DeepgramEmulator emulator =
            DeepgramEmulator.builder().time(time).start();
    private final Transport transport = Transport.builder().build();
    private final Synthesis synthesis = TestSynthesis.of("");

    @AfterEach
    void close() {
        transport.close();
        emulator.close();
    }

    private static String speak(int chars) {
        return "{\"type\":\"Speak\",\"text\":\"" + "x".repeat(chars) + "\"}";
    }

    private WebSocketConnection open(String version) {
        HttpRequest opening = HttpRequest.get(emulator.baseUrl())
                .path(version + "/speak")
                .query("model", version.equals("v1") ? "aura-2-thalia-en" : "flux-haley-en")
                .query("encoding", "linear16")
                .query("sample_rate", "24000")
                .credential("Authorization", "Token ", ApiKey.of(DeepgramEmulator.KEY))
                .build();
        return transport.open(
                synthesis,
                opening,
                Duration.ZERO,
                refusal -> refusal.failure(Category.PROTOCOL).build());
    }

    /** Says all that, and reads until the emulator has closed. */
    private WebSocketConnection closed(String version, List<String> messages) {
        WebSocketConnection socket = open(version);
        messages.forEach(message -> socket.send(synthesis, message));
        while (socket.read(synthesis) != null) {}
        return socket;
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("v1", List.of("no JSON"), 1_008, "DATA-0000", "what was sent is no command"),
                Arguments.of(
                        "v1", List.of("{\"type\":\"Sing\"}"), 1_008, "DATA-0000", "a command that Aura does not know"),
                Arguments.of("v1", List.of(speak(2_001)), 1_009, "BIG-0001", "a Speak of 2001 chars"),
                Arguments.of("v1", List.of(speak(20_000)), 1_009, "BIG-0000", "a message of 20026 bytes"),
                Arguments.of("v2", List.of(speak(20_000)), 1_009, "BIG-0000", "a message of 20026 bytes"),
                Arguments.of(
                        "v1",
                        List.of(speak(2_000), speak(401)),
                        1_008,
                        "DATA-0001",
                        "more than 2400 chars in a minute"),
                Arguments.of("v1", List.of(FLUSH), 1_008, "DATA-0000", "a Flush of nothing"),
                Arguments.of(
                        "v1",
                        List.of(speak(100), FLUSH, FLUSH),
                        1_008,
                        "DATA-0000",
                        "a Flush before the last one was acknowledged"),
                Arguments.of(
                        "v1",
                        List.of(speak(100), FLUSH, speak(1)),
                        1_008,
                        "DATA-0000",
                        "a Speak before the last Flush was acknowledged"),
                Arguments.of(
                        "v2", List.of("{\"type\":\"Clear\"}"), 1_008, "DATA-0000", "a command that Flux does not know"),
                Arguments.of("v2", List.of(FLUSH), 1_008, "DATA-0000", "a Flush without a turn"),
                Arguments.of(
                        "v2",
                        List.of(speak(100), FLUSH, speak(1)),
                        1_008,
                        "DATA-0000",
                        "a Speak before the last turn has ended"),
                Arguments.of(
                        "v2",
                        List.of(INTERRUPT_OF_MORE),
                        1_008,
                        "DATA-0000",
                        "an Interrupt with other fields than playback_offset"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void rule_broken_isTakenDownAndClosedAsTheServiceWould(
            String version, List<String> messages, int code, String reason, String violation) {
        WebSocketConnection socket = closed(version, messages);

        assertThat(socket.closeCode()).isEqualTo(code);
        assertThat(socket.closeReason()).contains(reason);
        assertThat(emulator.violations()).containsExactly(violation);
    }

    @Test
    void flux_closesForAReason_tellsAnErrorBefore() {
        WebSocketConnection socket = open("v2");
        socket.send(synthesis, FLUSH);
        var told = new ArrayList<String>();
        for (WebSocketMessage next = socket.read(synthesis); next != null; next = socket.read(synthesis)) {
            told.add(((WebSocketMessage.Text) next).text());
        }
        assertThat(told).last().asString().contains("\"type\":\"Error\"", "DATA-0000");
    }

    @Test
    void sockets_moreThanTheProductMayHave_areRefused() {
        for (int i = 0; i < 5; i++) {
            open("v2");
        }
        assertThat(catchThrowable(() -> open("v2"))).hasMessageContaining("answered 429 TOO_MANY_REQUESTS");
        assertThat(open("v1").isOpen()).as("one of the other product").isTrue();
        assertThat(emulator.openSockets()).isEqualTo(6);
    }

    @Test
    void rest_moreThanMayBeSpokenAtOnce_isRefused() {
        try (DeepgramEmulator one =
                        DeepgramEmulator.builder().restConcurrency(1).start();
                HttpResponse first = stalling(one);
                HttpResponse second = post(one, "v1/speak?model=aura-2-luna-en&encoding=mp3")) {
            assertThat(first.status()).isEqualTo(200);
            assertThat(second.status()).isEqualTo(429);
            one.release();
        }
    }

    private HttpResponse stalling(DeepgramEmulator one) {
        one.next(Fault.stallAfter(0));
        HttpResponse first = post(one, "v1/speak?model=aura-2-luna-en&encoding=mp3");
        one.awaitStalled(1);
        return first;
    }

    private HttpResponse post(DeepgramEmulator at, String address) {
        HttpRequest request = HttpRequest.post(at.baseUrl() + "/" + address, "application/json", "{\"text\":\"Hi.\"}")
                .credential("Authorization", "Token ", ApiKey.of(DeepgramEmulator.KEY))
                .build();
        return transport.execute(synthesis, request);
    }

    @ParameterizedTest
    @CsvSource({
        "v2/speak?model=flux-haley-en&encoding=mp3&x_trace=1,      400",
        "v1/speak?model=aura-2-luna-en&encoding=mp3&x_trace=1,     200",
        "v1/speak?model=aura-2-luna-en&encoding=mp3&sample=1,      400",
        "v1/speak?model=aura-2-luna-en&encoding=mp3&bit_rate=32000, 200",
        "v1/speak?model=aura-2-luna-en&encoding=mp3&bit_rate=40000, 400",
        "v2/speak?model=flux-haley-en&encoding=mp3&bit_rate=40000, 200",
        "v1/speak?model=aura-2-luna-en&encoding=opus&bit_rate=650001, 400",
        "v1/speak?model=aura-2-luna-en&encoding=aac&bit_rate=4000, 200",
        "v1/speak?model=aura-2-luna-en&encoding=flac&bit_rate=48000, 400",
    })
    void rest_parameters_areThoseOfTheDocumentation(String address, int status) {
        try (HttpResponse response = post(emulator, address)) {
            assertThat(response.status()).isEqualTo(status);
        }
    }

    @Test
    void rest_faultThatItCannotPlay_isAViolation() {
        emulator.next(Fault.flushedTwice());
        post(emulator, "v1/speak?model=aura-2-luna-en&encoding=mp3").close();

        assertThat(emulator.violations()).containsExactly("a fault that REST cannot play: FLUSHED_TWICE");
    }

    @Test
    void socket_silentForTooLong_isClosedAsTheServiceWould() {
        WebSocketConnection aura = open("v1");
        WebSocketConnection flux = open("v2");
        time.awaitScheduled(4);
        time.advance(Duration.ofMinutes(61));
        while (aura.read(synthesis) != null) {}
        while (flux.read(synthesis) != null) {}

        assertThat(aura.closeReason()).containsPattern("NET-000[13]");
        assertThat(flux.closeReason()).contains("NET-0004");
        assertThat(emulator.violations()).isEmpty();
    }
}
