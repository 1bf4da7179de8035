// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.error.TtsException;
import io.ttsclient.transport.HttpRequest;
import io.ttsclient.transport.HttpResponse;
import io.ttsclient.transport.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the documentation shows of servers and proxies. */
@ExtendWith(LeakCheck.class)
class ServerExampleTest {
    @Test
    void server_scripted_answersAndFails() {
        byte[] wav = new byte[1_000];
        // @start region="server"
        try (LoopbackServer server = LoopbackServer.start();
                Transport transport = Transport.builder().build()) {
            server.enqueue(
                    ServerAnswer.of(200).header("Content-Type", "audio/wav").body(wav),
                    ServerAnswer.of(200).body(wav).chunked().inPieces(320).cutAt(700));
            HttpRequest request = HttpRequest.post(server.url("/v1/audio/speech"), "application/json", "{}")
                    .build();

            try (HttpResponse whole = transport.execute(TestSynthesis.of("Hello."), request)) {
                assertThat(whole.asInputStream()).hasBinaryContent(wav);
            }
            try (HttpResponse cut = transport.execute(TestSynthesis.of("Hello."), request)) {
                assertThatThrownBy(() -> {
                            while (cut.read() != null) {}
                        })
                        .isInstanceOf(TtsException.class);
            }
            assertThat(server.requests().get(0).header("X-Request-ID")).isPresent();
        }
        // @end
    }

    @Test
    void proxy_cutting_isNoticed() {
        // @start region="proxy"
        try (LoopbackServer server = LoopbackServer.start();
                FaultProxy proxy = FaultProxy.start(server.port());
                Transport transport = Transport.builder().build()) {
            server.enqueue(ServerAnswer.of(200).body("never seen"));
            proxy.inject(WireFault.cutAfter(WireFault.Direction.TO_CLIENT, 5));

            assertThatThrownBy(() -> transport.execute(
                            TestSynthesis.of("Hello."),
                            HttpRequest.get(proxy.url("/voices")).build()))
                    .isInstanceOf(TtsException.class);
            server.awaitRequests(1);
        }
        // @end
    }
}
