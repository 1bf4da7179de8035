// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.TtsClient;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.speech.AttemptReport;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechReport;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The tests that every {@link io.ttsclient.backend.TtsBackend} passes. The author of one extends this class and says how to
 * make it; what else there is to say about it has a hook with a default:
 *
 * {@snippet class="io.ttsclient.testkit.FakeBackendConformanceTest" region="conformance"}
 *
 * <p>Each test is one sentence of the contract. A test of a sentence that cannot hold for a backend is overridden with a
 * reason, the others stay. Nothing sleeps; every call is made on a thread of its own and bounded by {@link #patience()}, so that
 * a backend that hangs fails its test with the place where it hangs. The threads and files of the whole JVM are looked at, so
 * the class runs {@link Isolated}.
 */
@Isolated("it looks at the threads and files of the whole JVM")
public abstract class TtsBackendConformance extends InterruptingConformance {
    /** For subclasses. */
    protected TtsBackendConformance() {}

    @Test
    protected void client_everyView_givesTheSameBytes(@TempDir Path directory) {
        StreamView.all(directory).forEach((name, view) -> {
            var backend = new TappedBackend(open());
            try (TtsClient client = TtsClient.of(backend)) {
                byte[] seen = bounded("reading through " + name, () -> view.read(client.stream(shortText())));
                PieceOrder.assertInOrder("the audio through " + name, seen, backend.pieces(), backend.capabilities());
            }
        });
    }

    @Test
    protected void client_tenPages_comeWholeAndInOrderInBoundedPieces() {
        var backend = new TappedBackend(open());
        String text = longText();
        var bytes = new ByteArrayOutputStream();
        try (TtsClient client = TtsClient.of(backend);
                AudioStream stream = bounded("stream() of ten pages", () -> client.stream(text))) {
            for (AudioChunk chunk = read(stream); chunk != null; chunk = read(stream)) {
                bytes.writeBytes(copy(chunk));
            }
        }
        var spoken = new StringBuilder();
        for (TappedBackend.Piece piece : backend.pieces()) {
            assertWithinLimits(piece.text(), backend.capabilities());
            spoken.append(piece.text());
        }
        assertThat(withoutSpace(spoken.toString()).equals(withoutSpace(text)))
                .as(
                        "whether the %d pieces are the text of %d chars, in order",
                        backend.pieces().size(), text.length())
                .isTrue();
        PieceOrder.assertInOrder(
                "the audio of ten pages", bytes.toByteArray(), backend.pieces(), backend.capabilities());
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }

    private static void assertWithinLimits(String piece, TtsCapabilities capabilities) {
        capabilities.segmentLimits().ifPresent(limits -> {
            assertThat(piece.codePointCount(0, piece.length()))
                    .as("code points of a piece")
                    .isLessThanOrEqualTo(limits.maxCodePoints());
            assertThat(piece.getBytes(StandardCharsets.UTF_8).length)
                    .as("bytes of a piece")
                    .isLessThanOrEqualTo(limits.maxBytes());
        });
    }

    @Test
    protected void client_report_namesBackendAndCharactersSent() {
        var backend = open();
        try (TtsClient client = TtsClient.of(backend)) {
            AudioStream stream = bounded("stream()", () -> client.stream(shortText()));
            byte[] audio = readAll(stream);
            stream.close();
            SpeechReport report = stream.report();
            String name = backend.capabilities().backend();
            assertThat(report.backend()).as("the backend in the report").contains(name);
            assertThat(report.attempts()).as("the attempts in the report").isNotEmpty();
            for (AttemptReport attempt : report.attempts()) {
                assertThat(attempt.backend()).as("the backend of an attempt").isEqualTo(name);
                assertThat(attempt.charactersSent())
                        .as("characters sent in an attempt")
                        .isPositive();
                assertThat(attempt.failure()).as("why an attempt failed").isEmpty();
            }
            if (!stream.format().encoding().isCompressed()) {
                assertThat(report.audioDuration())
                        .as("how long the audio plays")
                        .isEqualTo(stream.format().durationOf(audio.length));
            }
        }
    }
}
