// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.fuzz.Pieces;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/** Answers in JSON, which hold the audio or say where it is. */
class WireFuzz {
    private static final byte[] WAV =
            Base64.getDecoder().decode("UklGRigAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQQAAAABAAIA");
    private static final Answering IN_BASE64 =
            server("base64", route -> route.base64In("audio").echoes("speed", Value.SPEED));
    private static final Answering AT_AN_ADDRESS = server("address", route -> route.audioUrlIn("audio"));

    private static Answering server(String name, UnaryOperator<Route> answer) {
        Route route = answer.apply(Route.get("say").with("text", Value.TEXT));
        return new Answering(
                "application/json",
                VitsServer.builder().dialect(Dialect.builder(name).route(route).build()));
    }

    @FuzzTest
    void json_anyBytes_areTheSameAudioHoweverTheyCome(byte[] bytes) {
        for (Answering server : List.of(IN_BASE64, AT_AN_ADDRESS)) {
            Answering.Outcome whole = speak(server, new ByteArrayInputStream(bytes));

            assertThat(whole.audio().remaining()).isLessThanOrEqualTo(2 * Math.max(bytes.length, WAV.length));
            assertThat(speak(server, Pieces.stream(bytes, 40))).isEqualTo(whole);
        }
    }

    private static Answering.Outcome speak(Answering server, InputStream body) {
        return server.speak(path -> path.equals("/say") ? body : new ByteArrayInputStream(WAV));
    }
}
