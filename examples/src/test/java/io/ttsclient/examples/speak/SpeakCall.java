// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ttsclient.testkit.FakeBackend;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The program in this process, with a fake backend and streams in memory. One object is one call. */
final class SpeakCall {
    final Interruption interruption = new Interruption();
    Backends backends;
    InputStream in = InputStream.nullInputStream();
    boolean terminal;
    Loudspeaker loudspeaker = FakeLoudspeaker.none();

    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    OutputStream out = outBytes;

    SpeakCall(FakeBackend backend) {
        backends = choice -> backend;
    }

    SpeakCall in(String text) {
        in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** A place to write that is full, or gone, as the message says. */
    static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
    }

    int run(String... args) {
        var err = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
        try {
            return Speak.run(args, new Surroundings(in, out, err, terminal, loudspeaker), backends, interruption);
        } finally {
            interruption.finished();
        }
    }

    byte[] out() {
        return outBytes.toByteArray();
    }

    String outText() {
        return outBytes.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }

    /** The last line of standard error. */
    JsonNode json() {
        List<String> lines = err().lines().toList();
        assertThat(lines).isNotEmpty();
        try {
            return new ObjectMapper().readTree(lines.get(lines.size() - 1));
        } catch (JsonProcessingException e) {
            throw new AssertionError("the last line of standard error is no JSON: " + err(), e);
        }
    }
}
