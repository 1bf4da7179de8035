// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.doubles.WireVoice;
import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.AttemptTimeouts;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.transport.Timeouts;
import io.ttsclient.transport.Transport;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The five timeouts of a call, each by its name, through a client with all its layers: over HTTP and over a WebSocket, at a server that
 * falls silent. The one that is short is the one that fires; the others are longer than the test. The fifth, to close, ends no call: it
 * bounds the goodbye of a WebSocket.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(LeakCheck.class)
class FiveTimeoutsTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final byte[] AUDIO = new byte[800];

    private final LoopbackServer server = LoopbackServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    enum Silence {
        WHILE_CONNECTING,
        BEFORE_AUDIO,
        AFTER_AUDIO
    }

    /** Each timeout where the server is silent: only the one of that phase is short. */
    @ParameterizedTest
    @CsvSource({
        "HTTP, WHILE_CONNECTING, CONNECT",
        "HTTP, BEFORE_AUDIO, FIRST_AUDIO",
        "HTTP, AFTER_AUDIO, STALL",
        "HTTP, WHILE_CONNECTING, TOTAL",
        "HTTP, BEFORE_AUDIO, TOTAL",
        "HTTP, AFTER_AUDIO, TOTAL",
        "WEB_SOCKET, WHILE_CONNECTING, CONNECT",
        "WEB_SOCKET, BEFORE_AUDIO, FIRST_AUDIO",
        "WEB_SOCKET, AFTER_AUDIO, STALL",
        "WEB_SOCKET, WHILE_CONNECTING, TOTAL",
        "WEB_SOCKET, BEFORE_AUDIO, TOTAL",
        "WEB_SOCKET, AFTER_AUDIO, TOTAL",
    })
    void serverFallsSilent_theShortOneEndsTheCall(WireVoice.Way way, Silence silence, TimeoutPhase phase)
            throws Exception {
        // Connections to it are made by the system, and never served: a handshake of TLS finds nobody.
        try (var unserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.enqueue(way == WireVoice.Way.HTTP ? overHttp(silence) : overWebSocket(silence));
            String url = silence == Silence.WHILE_CONNECTING
                    ? "https://127.0.0.1:" + unserved.getLocalPort()
                    : server.url("/");
            try (Transport transport = transport(phase);
                    TtsClient client = client(new WireVoice(transport, way, url), phase)) {
                TtsException failure = catchThrowableOfType(TtsException.class, () -> listen(client, request(phase)));

                assertThat(failure.category()).isEqualTo(Category.TIMEOUT);
                assertThat(failure.timeoutPhase()).contains(phase);
                if (phase == TimeoutPhase.STALL) {
                    assertThat(failure.audioDelivered()).isEqualTo(Duration.ofMillis(100));
                }
            }
            server.awaitNoConnections();
        }
    }

    private static Duration of(TimeoutPhase phase, TimeoutPhase shortOne) {
        return phase == shortOne ? SHORT : LONG;
    }

    private static Transport transport(TimeoutPhase shortOne) {
        return Transport.builder()
                .timeouts(new Timeouts(of(TimeoutPhase.CONNECT, shortOne), SHORT))
                .build();
    }

    private static TtsClient client(WireVoice voice, TimeoutPhase shortOne) {
        return TtsClient.builder()
                .backend(voice)
                .retry(RetryPolicy.none())
                .attemptTimeouts(
                        new AttemptTimeouts(of(TimeoutPhase.FIRST_AUDIO, shortOne), of(TimeoutPhase.STALL, shortOne)))
                .build();
    }

    private static SpeechRequest request(TimeoutPhase shortOne) {
        return SpeechRequest.builder("Your table is ready.")
                .timeout(of(TimeoutPhase.TOTAL, shortOne))
                .build();
    }

    private static void listen(TtsClient client, SpeechRequest request) {
        try (AudioStream audio = client.stream(request)) {
            audio.toBytes();
        }
    }

    private static ServerAnswer overHttp(Silence silence) {
        return silence == Silence.AFTER_AUDIO
                ? ServerAnswer.of(200).body(new byte[2 * AUDIO.length]).stallAt(AUDIO.length)
                : ServerAnswer.silence();
    }

    private static ServerAnswer overWebSocket(Silence silence) {
        return ServerAnswer.webSocket(socket -> {
            if (silence == Silence.AFTER_AUDIO) {
                socket.send(AUDIO);
            }
            socket.stall();
        });
    }

    @Test
    void serverNeverSaysGoodbye_theTimeToCloseEndsTheConnection() {
        server.enqueue(ServerAnswer.webSocket(socket -> {
            socket.send(AUDIO);
            socket.stall();
        }));
        try (Transport transport = transport(TimeoutPhase.CLOSE);
                TtsClient client = client(
                        new WireVoice(transport, WireVoice.Way.WEB_SOCKET, server.url("/")), TimeoutPhase.CLOSE)) {
            try (AudioStream audio = client.stream(request(TimeoutPhase.CLOSE))) {
                assertThat(audio.read()).isNotNull();
            }

            server.awaitNoConnections(); // while client and transport are open
        }
    }
}
