// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.gemini;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.ServerRequest;
import io.ttsclient.testkit.gemini.JsonReader.InvalidArgument;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gemini's {@code generateContent} and {@code streamGenerateContent} on 127.0.0.1, in the forms of the Gemini API and of Vertex,
 * with the request and answer of each family of models. It speaks deterministic noise, takes down what it was asked, refuses what
 * Gemini is documented or reported to refuse, and does with each request what it was told.
 *
 * {@snippet class="io.ttsclient.testkit.gemini.GeminiEmulatorTest" region="emulator"}
 *
 * <p>Thread-safe.
 */
public final class GeminiEmulator implements AutoCloseable {
    /** A key, or a token for Vertex, that is accepted. */
    public static final String KEY = "emulated-key-0123456789";

    private static final String BEARER = "Bearer ";
    private static final Pattern GEMINI = Pattern.compile("/v1beta/models/([^/:]+)(?::(\\w+))?");
    private static final Pattern VERTEX =
            Pattern.compile("/v1/projects/[^/]+/locations/[^/]+/publishers/google/models/([^/:]+):(\\w+)");

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<GeminiReply> next = new ArrayDeque<>(); // guarded by lock, as all below
    private final List<GeminiRequest> requests = new ArrayList<>();
    private final Set<String> keys = new HashSet<>(Set.of(KEY));
    private GeminiReply always = GeminiReply.speak();
    private final LoopbackServer server;

    private GeminiEmulator() {
        server = LoopbackServer.start(this::answer);
    }

    /** One that speaks. */
    public static GeminiEmulator start() {
        return new GeminiEmulator();
    }

    /** What is heard for {@code transcript}. */
    public static byte[] audioOf(String transcript, AudioFormat format) {
        return FakeBackend.audioOf(transcript, format);
    }

    /** The address, for a backend's {@code baseUrl}. */
    public String url() {
        return server.url("");
    }

    /** Also accepts {@code key}. */
    public void acceptKey(String key) {
        locked(() -> keys.add(key));
    }

    /** What to do with the next requests, one each. */
    public void enqueue(GeminiReply... replies) {
        locked(() -> next.addAll(List.of(replies)));
    }

    /** What to do when nothing is queued. */
    public void always(GeminiReply reply) {
        locked(() -> {
            always = reply;
            return true;
        });
    }

    /** The requests to speak that it took, in their order; those that it refused as wrong are not among them. */
    public List<GeminiRequest> requests() {
        return locked(() -> List.copyOf(requests));
    }

    /** The server, with all that it was sent and the ways to let stalled answers go. */
    public LoopbackServer server() {
        return server;
    }

    private ServerAnswer answer(ServerRequest request) {
        Matcher gemini = GEMINI.matcher(request.path());
        if (gemini.matches()) {
            return keyed(request, gemini, request.header("x-goog-api-key").orElse(""), false);
        }
        Matcher vertex = VERTEX.matcher(request.path());
        if (vertex.matches()) {
            String authorization = request.header("Authorization").orElse("");
            String token = authorization.startsWith(BEARER) ? authorization.substring(BEARER.length()) : "";
            return keyed(request, vertex, token, true);
        }
        return ServerAnswer.of(404).header("Content-Type", "text/html").body("<html>404</html>");
    }

    private ServerAnswer keyed(ServerRequest request, Matcher path, String key, boolean vertex) {
        if (!locked(() -> keys.contains(key))) {
            return (vertex ? GeminiFailure.UNAUTHENTICATED : GeminiFailure.BAD_KEY).answer();
        }
        String model = path.group(1);
        String verb = path.group(2);
        if (!model.startsWith("gemini-")) {
            return GeminiFailure.NOT_FOUND.answer();
        }
        if (verb == null) {
            return ServerAnswer.of(200)
                    .header("Content-Type", "application/json")
                    .body("{\"name\":\"models/" + model + "\"}");
        }
        boolean streaming =
                verb.equals("streamGenerateContent") && request.target().endsWith("?alt=sse");
        if (!request.method().equals("POST") || !streaming && !verb.equals("generateContent")) {
            return GeminiFailure.UNIMPLEMENTED.answer();
        }
        return spoken(request, new RequestRules(model, streaming, vertex, key));
    }

    private ServerAnswer spoken(ServerRequest request, RequestRules rules) {
        try {
            GeminiRequest taken = rules.read(JsonTree.parse(request.body()));
            return locked(() -> {
                        requests.add(taken);
                        GeminiReply reply = next.poll();
                        return reply == null ? always : reply;
                    })
                    .to(taken);
        } catch (InvalidArgument | IOException e) {
            String words =
                    e instanceof InvalidArgument ? String.valueOf(e.getMessage()) : "Invalid JSON payload received.";
            return ServerAnswer.of(400)
                    .header("Content-Type", "application/json")
                    .body(GeminiFailure.error(400, "INVALID_ARGUMENT", words.replace("\"", "\\\""), ""));
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all connections and threads. */
    @Override
    public void close() {
        server.close();
    }

    @Override
    public String toString() {
        return "GeminiEmulator[" + server + "]";
    }
}
