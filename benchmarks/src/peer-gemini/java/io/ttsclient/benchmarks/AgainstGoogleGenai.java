// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.Blob;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import com.google.genai.types.PrebuiltVoiceConfig;
import com.google.genai.types.SpeechConfig;
import com.google.genai.types.VoiceConfig;
import com.sun.management.ThreadMXBean;
import io.ttsclient.backend.Journal;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.benchmarks.server.PacedServer;
import io.ttsclient.gemini.Gemini;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;

/**
 * Gemini's backend against Google's SDK, at the same server, in turn: when the first audio of a trickling answer is there, and what a
 * second of audio costs the thread that reads it, in CPU time and in bytes allocated. Aims: 20 ms; an eighth of the CPU and a fiftieth of
 * the allocation. The floor is {@link Base64} on slices that are used again; beside it stands what the system takes for the bytes alone.
 */
final class AgainstGoogleGenai {
    private static final String TEXT = "The train to the airport leaves from platform four in twenty minutes.";
    private static final String MODEL = "gemini-3.1-flash-tts-preview";
    private static final int SECONDS = 60;
    private static final int BYTES = SECONDS * 48_000;
    private static final int PIECE = 8_192;
    private static final byte[] END = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int WARMUP = 15;
    private static final int ROUNDS = 40;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AgainstGoogleGenai() {}

    /** Takes all audio of one answer and says how many bytes there were. */
    private interface Speaker {
        long speak() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        try (PacedServer server = PacedServer.start("delay=0", "seconds=" + SECONDS, "frame=200")) {
            String paced = server.url("over=3000", "stamp=true", "frame=200", "seconds=" + SECONDS)
                    .toString();
            String unpaced = server.url("over=0", "delay=0", "frame=200", "seconds=" + SECONDS)
                    .toString();
            firstAudio(paced);
            for (boolean streaming : new boolean[] {false, true}) {
                try (Gemini ours = gemini(unpaced, streaming);
                        Client theirs = client(unpaced)) {
                    compare(
                            streaming ? "stream" : "one answer",
                            URI.create(unpaced + "/v1beta/models/any:"
                                    + (streaming ? "streamGenerateContent" : "generateContent")),
                            () -> speak(ours),
                            () -> streaming ? stream(theirs) : unary(theirs));
                }
            }
        }
    }

    private static Gemini gemini(String url, boolean streaming) {
        return Gemini.builder()
                .apiKey("any")
                .baseUrl(url)
                .model(MODEL)
                .streaming(streaming)
                .build();
    }

    private static Client client(String url) {
        return Client.builder()
                .apiKey("any")
                .httpOptions(HttpOptions.builder().baseUrl(url).build())
                .build();
    }

    /** How long after the server sent it the first audio of an answer is in our hands, which goes on for 3 s. */
    private static void firstAudio(String url) throws Exception {
        try (Gemini ours = gemini(url, false);
                Client theirs = client(url)) {
            for (int i = 0; i < 6; i++) {
                try (AudioSource source = ours.stream(synthesis())) {
                    AudioChunk first = source.read();
                    long due = first.bytes().order(ByteOrder.LITTLE_ENDIAN).getLong(0);
                    System.out.printf(
                            Locale.ROOT,
                            "first audio of one answer over 3 s: %.2f ms%n",
                            (System.nanoTime() - due) / 1e6);
                }
            }
            long start = System.nanoTime();
            unary(theirs);
            System.out.printf(Locale.ROOT, "the SDK hands it over after %.0f ms%n", (System.nanoTime() - start) / 1e6);
        }
    }

    private static void compare(String what, URI url, Speaker ours, Speaker theirs) throws Exception {
        System.out.println(what + ", CPU for " + SECONDS + " s of audio:");
        new Interleaved(WARMUP, ROUNDS).compare("tts-client", () -> cpu(ours), "google-genai", () -> cpu(theirs));
        new Interleaved(WARMUP, ROUNDS).compare("tts-client", () -> cpu(ours), "floor", () -> cpu(Floor::decode));
        new Interleaved(WARMUP, ROUNDS)
                .compare("tts-client", () -> cpu(ours), "only taken from the socket", () -> cpu(() -> fromSocket(url)));
        System.out.printf(
                Locale.ROOT,
                "%s, allocated for a second of audio: tts-client %.1f kB, of which 48 kB are the audio; google-genai"
                        + " %.1f kB%n",
                what,
                allocated(ours) / 1000.0 / SECONDS,
                allocated(theirs) / 1000.0 / SECONDS);
    }

    private static long cpu(Speaker speaker) throws Exception {
        long start = THREADS.getCurrentThreadCpuTime();
        require(speaker.speak());
        return THREADS.getCurrentThreadCpuTime() - start;
    }

    private static long allocated(Speaker speaker) throws Exception {
        long start = THREADS.getCurrentThreadAllocatedBytes();
        require(speaker.speak());
        return THREADS.getCurrentThreadAllocatedBytes() - start;
    }

    private static void require(long bytes) {
        if (bytes != BYTES) {
            throw new IllegalStateException(bytes + " bytes of audio, expected " + BYTES);
        }
    }

    private static Synthesis synthesis() {
        TimeSource time = TimeSource.system();
        var journal = new Journal("benchmark", time);
        return Synthesis.builder(TextSource.of(TEXT), "benchmark", time)
                .journal(journal)
                .attempt(journal.attempt("gemini"))
                .build();
    }

    private static long speak(Gemini backend) {
        long bytes = 0;
        try (AudioSource source = backend.stream(synthesis())) {
            for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
                bytes += chunk.size();
            }
        }
        return bytes;
    }

    /** Takes the same answer from a bare socket, in pieces of what OkHttp reads at once, and throws it away. */
    private static long fromSocket(URI url) throws IOException {
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write(("POST " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                                    + "\r\nContent-Length: 2\r\n\r\n{}")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            byte[] piece = new byte[PIECE];
            int count = in.read(piece);
            while (!isEnd(piece, count)) {
                count = in.read(piece);
            }
            return BYTES;
        }
    }

    private static boolean isEnd(byte[] piece, int count) throws EOFException {
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        return count >= END.length && Arrays.equals(piece, count - END.length, count, END, 0, END.length);
    }

    private static GenerateContentConfig config() {
        return GenerateContentConfig.builder()
                .responseModalities("AUDIO")
                .speechConfig(SpeechConfig.builder()
                        .voiceConfig(VoiceConfig.builder()
                                .prebuiltVoiceConfig(
                                        PrebuiltVoiceConfig.builder().voiceName("Kore"))))
                .build();
    }

    private static long unary(Client client) {
        return bytes(client.models.generateContent(MODEL, TEXT, config()));
    }

    private static long stream(Client client) {
        long bytes = 0;
        try (ResponseStream<GenerateContentResponse> responses =
                client.models.generateContentStream(MODEL, TEXT, config())) {
            for (GenerateContentResponse response : responses) {
                bytes += bytes(response);
            }
        }
        return bytes;
    }

    private static long bytes(GenerateContentResponse response) {
        long bytes = 0;
        var parts = response.parts();
        if (parts != null) {
            for (Part part : parts) {
                bytes += part.inlineData()
                        .flatMap(Blob::data)
                        .map(data -> data.length)
                        .orElse(0);
            }
        }
        return bytes;
    }

    /** The same audio as base64 in memory, decoded with what the JDK has, into an array that is used again. */
    private static final class Floor {
        private static final int SLICE = 8_192;
        private static final byte[] BASE64 = base64();
        private static final byte[] IN = new byte[SLICE];
        private static final byte[] OUT = new byte[SLICE / 4 * 3];

        private static byte[] base64() {
            byte[] audio = new byte[BYTES];
            new Random(1).nextBytes(audio);
            return Base64.getEncoder().encode(audio);
        }

        static long decode() {
            Base64.Decoder decoder = Base64.getDecoder();
            long bytes = 0;
            for (int at = 0; at < BASE64.length; at += SLICE) {
                int length = Math.min(SLICE, BASE64.length - at);
                System.arraycopy(BASE64, at, IN, 0, length);
                bytes += length == SLICE ? decoder.decode(IN, OUT) : length / 4 * 3;
            }
            return bytes;
        }
    }
}
