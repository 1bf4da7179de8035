// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.deepgram;

import io.ttsclient.backend.TimeSource;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.ServerRequest;
import io.ttsclient.testkit.ServerWebSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for Deepgram's speech service on 127.0.0.1: the WebSockets of Aura and Flux, REST, and the list of models. It keeps
 * every limit and order that Deepgram's documentation names, is stricter where that is vague, and takes down who breaks a rule. It
 * speaks {@link AudibleText}, and can be told to misbehave.
 *
 * {@snippet class="io.ttsclient.testkit.deepgram.DeepgramEmulatorExampleTest" region="emulator"}
 *
 * <p>Accepts the key {@value #KEY} and the short-lived token {@value #TOKEN}. Thread-safe.
 */
public final class DeepgramEmulator implements AutoCloseable {
    /** A long-lived key, to be sent as {@code Token}. */
    public static final String KEY = "emulated-key";
    /** A short-lived token, to be sent as {@code Bearer}. */
    public static final String TOKEN = "emulated-token";

    private static final String MODELS = "{\"stt\":[{\"canonical_name\":\"nova\"}],\"tts\":["
            + "{\"name\":\"thalia\",\"canonical_name\":\"aura-2-thalia-en\",\"languages\":[\"en\",\"en-US\"],"
            + "\"metadata\":{\"accent\":\"American\",\"tags\":[\"feminine\",\"clear\"]}},"
            + "{\"name\":\"celeste\",\"canonical_name\":\"aura-2-celeste-es\",\"languages\":[\"es\"],\"metadata\":{}}]}";

    private final TimeSource time;
    private final boolean ownsTime;
    private final boolean paced;
    private final Duration frame;
    private final int concurrency;
    private final int fluxConcurrency;
    private final boolean ignoresIdle;
    private final boolean countsNothing;
    private final EmulatedRest rest;
    private final LoopbackServer server = LoopbackServer.start(this::answer);
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger openFlux = new AtomicInteger(); // of these
    private final AtomicInteger most = new AtomicInteger();
    private final List<EmulatedSocket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final Deque<Fault> refusals = new ConcurrentLinkedDeque<>();
    private final Deque<Fault> turnFaults = new ConcurrentLinkedDeque<>();
    private volatile int cutAt = Integer.MAX_VALUE;

    private DeepgramEmulator(Builder builder) {
        ownsTime = builder.time == null;
        time = builder.time != null ? builder.time : TimeSource.system();
        paced = builder.paced;
        frame = builder.frame;
        concurrency = builder.concurrency;
        fluxConcurrency = builder.fluxConcurrency;
        rest = new EmulatedRest(this, builder.restConcurrency);
        ignoresIdle = builder.ignoresIdle;
        countsNothing = builder.countsNothing;
    }

    /** One that speaks as fast as it can. */
    public static DeepgramEmulator start() {
        return builder().start();
    }

    /** Starts with one that speaks as fast as it can. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what an emulator is like. Not thread-safe. */
    public static final class Builder {
        // Of those who pay as they go, in Europe.
        private static final int PAY_AS_YOU_GO = 45;
        private static final int PAY_AS_YOU_GO_FLUX = 5;
        private static final int PAY_AS_YOU_GO_REST = 15;

        private @Nullable TimeSource time;
        private boolean paced;
        private Duration frame = Duration.ofMillis(50);
        private int concurrency = PAY_AS_YOU_GO;
        private int fluxConcurrency = PAY_AS_YOU_GO_FLUX;
        private int restConcurrency = PAY_AS_YOU_GO_REST;
        private boolean ignoresIdle;
        private boolean countsNothing;

        private Builder() {}

        /** The clock of its limits and of its pace, which is not closed; the real one unless set. */
        public Builder time(TimeSource value) {
            time = value;
            return this;
        }

        /** Sends audio no faster than it plays. */
        public Builder paced() {
            paced = true;
            return this;
        }

        /** How much audio is in one message, at least a sample's; 50 ms unless set. */
        public Builder frame(Duration value) {
            frame = value;
            return this;
        }

        /** How many WebSockets of Aura's may be open at once; 45 unless set. */
        public Builder concurrency(int value) {
            concurrency = value;
            return this;
        }

        /** How many WebSockets of Flux's may be open at once; 5 unless set. */
        public Builder fluxConcurrency(int value) {
            fluxConcurrency = value;
            return this;
        }

        /** How many texts may be spoken over REST at once; 15 unless set. */
        public Builder restConcurrency(int value) {
            restConcurrency = value;
            return this;
        }

        /** Never answers a {@code Clear} of nothing, nor a {@code Configure} between two turns. */
        public Builder ignoresIdle() {
            ignoresIdle = true;
            return this;
        }

        /** Gives all of Aura's acknowledgements the same number. */
        public Builder countsNothing() {
            countsNothing = true;
            return this;
        }

        /** The emulator, which listens; the caller closes it. */
        public DeepgramEmulator start() {
            return new DeepgramEmulator(this);
        }
    }

    /** Its address, with http. */
    public String baseUrl() {
        return server.url("");
    }

    /** Does this wrong once; of several for the same occasion, one after the other. */
    public void next(Fault... faults) {
        for (Fault fault : faults) {
            Deque<Fault> queue = switch (fault.kind()) {
                case REFUSE, NOT_FROM_DEEPGRAM, NEVER_ANSWER, HANG_UP -> refusals;
                default -> turnFaults;
            };
            queue.add(fault);
        }
    }

    /** Cuts the connection over which the message with that number, counted from now, from 1, both ways, is said. */
    public void cutAtMessage(int number) {
        messages.set(0);
        cutAt = number;
    }

    /** How many messages were said over WebSockets, both ways, since the last {@link #cutAtMessage}. */
    public int messages() {
        return messages.get();
    }

    /** The rules that a client has broken; a test ends with a look at this. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** What was received over each WebSocket, in the order in which they were opened. */
    public List<List<String>> received() {
        return sockets.stream().map(socket -> List.copyOf(socket.received())).toList();
    }

    /** All requests, upgrades included. */
    public List<ServerRequest> requests() {
        return server.requests();
    }

    /** How many WebSockets are open now. */
    public int openSockets() {
        return open.get();
    }

    /** How many connections of any kind are open now. */
    public int openConnections() {
        return server.openConnections();
    }

    /** The most WebSockets that were open at once. */
    public int mostSockets() {
        return most.get();
    }

    /** Waits until so many connections stand still. */
    public void awaitStalled(int count) {
        server.awaitStalled(count);
    }

    /** Lets go on what stands still. */
    public void release() {
        server.release();
    }

    /** Waits until the client has closed all its connections. */
    public void awaitNoConnections() {
        server.awaitNoConnections();
    }

    private ServerAnswer answer(ServerRequest request) throws InterruptedException {
        if (request.path().endsWith("/v1/models")) {
            return unauthorized(request)
                    .orElseGet(() -> identified(ServerAnswer.of(200))
                            .header("Content-Type", "application/json")
                            .body(MODELS));
        }
        if (!request.path().matches(".*/v[12]/speak")) {
            return ServerAnswer.of(404).body("not found");
        }
        boolean isSocket = request.method().equals("GET");
        Fault fault = nextRefusal(isSocket);
        if (fault != null) {
            return refusal(fault);
        }
        var query = new Query(request);
        String refusal = query.refusal();
        Optional<ServerAnswer> unauthorized = unauthorized(request);
        if (unauthorized.isPresent()) {
            return unauthorized.get();
        }
        if (refusal != null) {
            return isSocket || request.method().equals("POST") ? invalid(refusal) : ServerAnswer.of(405);
        }
        return isSocket ? socket(query) : rest.answer(request, query);
    }

    private @Nullable Fault nextRefusal(boolean isSocket) {
        Fault first = refusals.peek();
        boolean applies = first != null
                && (isSocket || (first.kind() != Fault.Kind.NOT_FROM_DEEPGRAM && first.kind() != Fault.Kind.HANG_UP));
        return applies ? refusals.poll() : null;
    }

    @Nullable
    Fault nextTurnFault() {
        return turnFaults.poll();
    }

    private ServerAnswer refusal(Fault fault) {
        return switch (fault.kind()) {
            case REFUSE -> error(fault.number(), fault.words(), "It is refused.");
            case NOT_FROM_DEEPGRAM -> ServerAnswer.of(fault.number()).body("<html>A proxy.</html>");
            case NEVER_ANSWER -> ServerAnswer.silence();
            default -> ServerAnswer.hangUp();
        };
    }

    private Optional<ServerAnswer> unauthorized(ServerRequest request) {
        String authorization = request.header("Authorization").orElse("");
        return authorization.equals("Token " + KEY) || authorization.equals("Bearer " + TOKEN)
                ? Optional.empty()
                : Optional.of(error(401, "INVALID_AUTH", "Invalid credentials."));
    }

    private ServerAnswer invalid(String refusal) {
        int code = refusal.indexOf(' ');
        boolean hasCode = refusal.matches("[A-Z_]+( .*)?");
        return hasCode
                ? error(
                        400,
                        code < 0 ? refusal : refusal.substring(0, code),
                        code < 0 ? "" : refusal.substring(code + 1))
                : error(400, "Bad Request", refusal);
    }

    ServerAnswer error(int status, String code, String words) {
        return identified(ServerAnswer.of(status))
                .header("dg-error", words)
                .header("Content-Type", "application/json")
                .body("{\"err_code\":\"" + code + "\",\"err_msg\":\"" + words.replace('"', '\'')
                        + "\",\"request_id\":\"" + requestId() + "\"}");
    }

    ServerAnswer identified(ServerAnswer answer) {
        return answer.header("dg-request-id", "dg-" + requests.incrementAndGet());
    }

    String requestId() {
        return "dg-" + requests.get();
    }

    private ServerAnswer socket(Query query) {
        int others = query.isFlux() ? openFlux.get() : open.get() - openFlux.get();
        if (others >= (query.isFlux() ? fluxConcurrency : concurrency)) {
            return tooMany();
        }
        most.accumulateAndGet(open.incrementAndGet(), Math::max);
        openFlux.addAndGet(query.isFlux() ? 1 : 0);
        return identified(ServerAnswer.webSocket(socket -> {
            EmulatedSocket emulated = query.isFlux()
                    ? new FluxSocket(this, socket, query.format())
                    : new AuraSocket(this, socket, query.format());
            sockets.add(emulated);
            emulated.play();
        }));
    }

    ServerAnswer tooMany() {
        return error(429, "TOO_MANY_REQUESTS", "Too many requests. Please try again later");
    }

    /** A socket has come to its end. */
    void left(EmulatedSocket socket) {
        openFlux.addAndGet(socket instanceof FluxSocket ? -1 : 0);
        open.decrementAndGet();
    }

    void violated(String rule) {
        violations.add(rule);
    }

    /** Another message is said. */
    void count(ServerWebSocket socket) throws IOException {
        if (messages.incrementAndGet() == cutAt) {
            socket.cut();
            throw new IOException("cut, as told");
        }
    }

    boolean ignoresIdle() {
        return ignoresIdle;
    }

    boolean countsNothing() {
        return countsNothing;
    }

    void pace(Duration played) throws InterruptedException {
        if (paced) {
            time.sleep(played);
        }
    }

    TimeSource time() {
        return time;
    }

    Duration frame() {
        return frame;
    }

    Duration maxAge() {
        return Duration.ofMinutes(60);
    }

    /** Ends all connections. */
    @Override
    public void close() {
        server.close();
        if (ownsTime) {
            time.close();
        }
    }

    @Override
    public String toString() {
        return "DeepgramEmulator[" + baseUrl() + ", " + openSockets() + " WebSockets]";
    }
}
