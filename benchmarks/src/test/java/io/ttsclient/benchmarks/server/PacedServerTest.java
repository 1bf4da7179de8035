// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ttsclient.audio.WavReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PacedServerTest {
    private static final int BYTES_A_SECOND = 48_000;

    private static PacedServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() throws IOException {
        server = PacedServer.start("over=0", "delay=0");
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void anyPath_givesWav() throws Exception {
        WavReader wav = WavReader.open(new ByteArrayInputStream(post(server.url("seconds=1"), "/v1/audio/speech")));

        assertThat(wav.format().sampleRate()).isEqualTo(24_000);
        int bytes = 0;
        for (ByteBuffer chunk = wav.read(); chunk != null; chunk = wav.read()) {
            bytes += chunk.remaining();
        }
        assertThat(bytes).isEqualTo(BYTES_A_SECOND);
    }

    @Test
    void containerNone_givesBareSamplesOfTheAskedFormat() throws Exception {
        byte[] samples = post(server.url(), "/v1/speak?container=none&encoding=mulaw&sample_rate=8000");

        assertThat(samples).hasSize(2 * 8_000);
    }

    @Test
    void generateContent_givesOneDocumentWithBase64() throws Exception {
        byte[] body = post(server.url("seconds=2", "over=60"), "/v1beta/models/m:generateContent");

        JsonNode candidate = new ObjectMapper().readTree(body).at("/candidates/0");
        assertThat(candidate.at("/finishReason").asText()).isEqualTo("STOP");
        assertThat(candidate.at("/content/parts/0/inlineData/data").binaryValue())
                .hasSize(2 * BYTES_A_SECOND);
    }

    @Test
    void streamGenerateContent_givesAnEventAFrameAndAnEnd() throws Exception {
        byte[] body = post(server.url("seconds=1", "frame=200"), "/v1beta/models/m:streamGenerateContent?alt=sse");

        int bytes = 0;
        List<String> finish = new ArrayList<>();
        for (String event : new String(body, StandardCharsets.US_ASCII).split("\r\n\r\n", 0)) {
            JsonNode candidate = new ObjectMapper()
                    .readTree(event.substring("data: ".length()))
                    .at("/candidates/0");
            JsonNode data = candidate.at("/content/parts/0/inlineData/data");
            bytes += data.isMissingNode() ? 0 : data.binaryValue().length;
            finish.add(candidate.path("finishReason").asText());
        }
        assertThat(bytes).isEqualTo(BYTES_A_SECOND);
        assertThat(finish).containsExactly("", "", "", "", "", "STOP");
    }

    @Test
    void stamp_putsTheMomentIntoEachFrame() throws Exception {
        byte[] samples = post(server.url("seconds=1", "over=40", "stamp=true"), "/v1/speak?container=none");

        ByteBuffer frames = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
        int frameBytes = BYTES_A_SECOND / 50;
        assertThat(frames.getLong(49 * frameBytes) - frames.getLong(0))
                .isEqualTo(49 * TimeUnit.MILLISECONDS.toNanos(40) / 50);
    }

    @Test
    void faulty_everySoManyth_isCutOffBeforeItsAudioOrInTheMiddle() throws Exception {
        URI faulty = server.url("seconds=1", "over=0", "delay=0", "faulty=2");
        int whole = 0;
        int cut = 0;
        for (int i = 0; i < 8; i++) {
            try {
                assertThat(post(faulty, "/v1/speak?container=none")).hasSize(BYTES_A_SECOND);
                whole++;
            } catch (IOException e) {
                cut++;
            }
        }
        assertThat(whole).isEqualTo(4);
        assertThat(cut).isEqualTo(4);
    }

    @Test
    void aura_turnEndsWithFlushed() throws Exception {
        var messages = new Messages();
        WebSocket socket = messages.connect(client, server.url("seconds=1"), "/v1/speak?encoding=linear16");
        assertThat(messages.next()).contains("\"Metadata\"");

        for (int turn = 0; turn < 2; turn++) {
            socket.sendText("{\"type\":\"Speak\",\"text\":\"Hello\"}", true).join();
            socket.sendText("{\"type\":\"Flush\"}", true).join();

            assertThat(messages.audioUntil("\"Flushed\"")).isEqualTo(BYTES_A_SECOND);
        }
        socket.sendText("{\"type\":\"Close\"}", true).join();
        assertThat(messages.next()).isEqualTo("closed with 1000");
    }

    @Test
    void aura_clearStopsTheAudio() throws Exception {
        var messages = new Messages();
        WebSocket socket = messages.connect(client, server.url("seconds=3600", "over=-1"), "/v1/speak");
        assertThat(messages.next()).contains("\"Metadata\"");
        socket.sendText("{\"type\":\"Speak\",\"text\":\"Hello\"}", true).join();
        socket.sendText("{\"type\":\"Flush\"}", true).join();
        assertThat(messages.next()).isEqualTo("960 bytes");

        socket.sendText("{\"type\":\"Clear\"}", true).join();

        messages.audioUntil("\"Cleared\"");
        socket.sendText("{\"type\":\"Close\"}", true).join();
        assertThat(messages.next()).isEqualTo("closed with 1000");
    }

    @Test
    void flux_turnEndsWithMetadata() throws Exception {
        var messages = new Messages();
        WebSocket socket = messages.connect(client, server.url("seconds=1"), "/v2/speak?model=flux-haley-en");
        assertThat(messages.next()).contains("\"Connected\"");

        socket.sendText("{\"type\":\"Speak\",\"text\":\"Hello\"}", true).join();
        socket.sendText("{\"type\":\"Flush\"}", true).join();

        assertThat(messages.next()).contains("\"SpeechStarted\"");
        assertThat(messages.next()).contains("\"Flushed\"");
        assertThat(messages.audioUntil("\"SpeechMetadata\"")).isEqualTo(BYTES_A_SECOND);
        socket.sendText("{\"type\":\"Close\"}", true).join();
        assertThat(messages.next()).contains("\"SessionMetadata\"");
        assertThat(messages.next()).isEqualTo("closed with 1000");
    }

    @Test
    void start_unknownSetting_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacedServer.start("pace=3"))
                .withMessageContaining("pace=3");
    }

    private byte[] post(URI base, String path) throws IOException, InterruptedException {
        var request = java.net.http.HttpRequest.newBuilder(URI.create(base + path))
                .POST(BodyPublishers.ofString("{\"input\":\"Hello\"}"))
                .build();
        return client.send(request, BodyHandlers.ofByteArray()).body();
    }

    /** What comes over a WebSocket, in order. */
    private static final class Messages implements WebSocket.Listener {
        private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();

        WebSocket connect(HttpClient client, URI base, String path) {
            return client.newWebSocketBuilder()
                    .buildAsync(URI.create("ws" + (base + path).substring("http".length())), this)
                    .join();
        }

        String next() throws InterruptedException {
            String message = queue.poll(30, TimeUnit.SECONDS);
            return message == null ? "nothing came" : message;
        }

        /** The bytes of audio before a message that holds {@code end}. */
        int audioUntil(String end) throws InterruptedException {
            int bytes = 0;
            for (String message = next(); !message.contains(end); message = next()) {
                assertThat(message).endsWith(" bytes");
                bytes += Integer.parseInt(message.substring(0, message.indexOf(' ')));
            }
            return bytes;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            queue.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            queue.add(data.remaining() + " bytes");
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            queue.add("closed with " + code);
            return null;
        }
    }
}
