// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.io.IOException;
import java.io.Serial;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.BufferedSource;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Takes what OkHttp's reader thread brings, and makes that thread wait while too much lies here, which makes TCP hold the server
 * back.
 *
 * <pre>
 * CONNECTING -opened-> OPEN         CONNECTING -refused, failed, cancelled-> ENDED
 * OPEN -the server closes or the connection breaks-> ENDING (what has come is still to be read) -all read-> ENDING
 * OPEN, ENDING -close, cancel-> ENDED (what has come is dropped)
 * </pre>
 */
final class WebSocketInbox extends WebSocketListener {
    /** About 5 s of the densest usual audio, 48 kHz LINEAR16: enough to play through a pause of the reader. */
    static final int MAX_BYTES = 512 * 1024;

    private static final int NORMAL_CLOSURE = 1000;

    private enum State {
        CONNECTING,
        OPEN,
        ENDING,
        ENDED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<WebSocketMessage> messages = new ArrayDeque<>(); // guarded by lock, as all below
    private State state = State.CONNECTING;
    private long bytes;
    private boolean hadBytes;
    private int closeCode;
    private String closeReason = "";
    private @Nullable IOException failure;
    private @Nullable Response opened;
    private @Nullable WebSocket socket;
    private Runnable onEnd = () -> {};
    private Runnable onGone = () -> {};
    private boolean gone;
    private final WebSocketFilter filter;
    private volatile int drops; // written under lock

    WebSocketInbox(WebSocketFilter filter) {
        this.filter = filter;
    }

    /** The server answered with something else than a WebSocket. */
    static final class Refusal extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Response response;
        private final transient byte[] body;

        Refusal(Response response, byte[] body) {
            super("refused with " + response.code());
            this.response = response;
            this.body = body;
        }

        Response response() {
            return response;
        }

        byte[] body() {
            return body;
        }
    }

    void attach(WebSocket value) {
        locked(() -> socket = value);
    }

    /** Runs {@code action} once it has ended, at once if it has. */
    void onEnd(Runnable action) {
        boolean ended = ask(() -> {
            onEnd = action;
            return state == State.ENDED || state == State.ENDING;
        });
        if (ended) {
            action.run();
        }
    }

    /** Runs {@code action} once nothing of the connection is left, at once if that is so. */
    void onGone(Runnable action) {
        boolean isGone = ask(() -> {
            onGone = action;
            return gone;
        });
        if (isGone) {
            action.run();
        }
    }

    private void markGone() {
        Runnable action;
        lock.lock();
        try {
            gone = true;
            action = onGone;
            onGone = () -> {};
        } finally {
            lock.unlock();
        }
        action.run();
    }

    /** Forgets what has come and was not read. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock only
    void drop() {
        locked(() -> {
            drops++;
            clear();
            changed.signalAll();
        });
    }

    private void clear() {
        messages.clear();
        bytes = 0;
    }

    Response awaitOpen() throws IOException, InterruptedException {
        lock.lock();
        try {
            while (state == State.CONNECTING) {
                changed.await();
            }
            if (opened != null) {
                return opened; // what became of it since is for who reads
            }
            throw failure != null ? failure : new SocketException("cancelled");
        } finally {
            lock.unlock();
        }
    }

    /** The next message; null when there is none and none will come, or {@code given} up. */
    @Nullable
    WebSocketMessage await(BooleanSupplier given) throws InterruptedException {
        lock.lock();
        try {
            while (messages.isEmpty() && state == State.OPEN && !given.getAsBoolean()) {
                changed.await();
            }
            WebSocketMessage message = given.getAsBoolean() ? null : messages.poll();
            if (message != null) {
                bytes -= size(message);
                changed.signalAll();
            }
            return message;
        } finally {
            lock.unlock();
        }
    }

    /** Makes who waits look again. */
    void wake() {
        locked(changed::signalAll);
    }

    /** What broke it; null where it is open, or was closed in order. */
    @Nullable
    IOException failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** Whether audio has come. */
    boolean hadBytes() {
        return ask(() -> hadBytes);
    }

    boolean isOpen() {
        return ask(() -> state == State.OPEN);
    }

    /** Whether this side ended it. */
    boolean isEnded() {
        return ask(() -> state == State.ENDED);
    }

    /** The server's code, 0 where it gave none. */
    int closeCode() {
        lock.lock();
        try {
            return closeCode;
        } finally {
            lock.unlock();
        }
    }

    String closeReason() {
        lock.lock();
        try {
            return closeReason;
        } finally {
            lock.unlock();
        }
    }

    boolean send(String text) {
        WebSocket open = socket();
        return open != null && isOpen() && open.send(text);
    }

    /** Says goodbye; OkHttp cuts the connection where the server does not answer. */
    void close() {
        end();
        WebSocket open = socket();
        if (open != null) {
            open.close(NORMAL_CLOSURE, null);
        }
    }

    void cancel() {
        end();
        WebSocket open = socket();
        if (open != null) {
            open.cancel();
        }
    }

    private @Nullable WebSocket socket() {
        lock.lock();
        try {
            return socket;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        change(State.ENDED, this::clear);
    }

    /** Goes on to {@code next} unless it is there or past it. */
    private void change(State next, Runnable change) {
        Runnable ended = null;
        lock.lock();
        try {
            if (state.compareTo(next) < 0) {
                if (next.compareTo(State.ENDING) >= 0) {
                    ended = onEnd;
                    onEnd = () -> {};
                }
                state = next;
                change.run();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (ended != null) {
            ended.run();
        }
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
        change(State.OPEN, () -> opened = response);
    }

    @Override
    public void onMessage(WebSocket webSocket, String text) {
        take(webSocket, new WebSocketMessage.Text(text));
    }

    @Override
    public void onMessage(WebSocket webSocket, ByteString data) {
        take(webSocket, new WebSocketMessage.Binary(data.asByteBuffer()));
    }

    private void take(WebSocket webSocket, WebSocketMessage message) {
        int dropsBefore = drops;
        if (filter.keeps(message)) {
            put(webSocket, message, dropsBefore);
        }
    }

    /** What is dropped while the filter looks at it, or while it waits for room, has come before the drop. */
    private void put(WebSocket webSocket, WebSocketMessage message, int dropsBefore) {
        int size = size(message);
        lock.lock();
        try {
            // One that is larger than all the room there is has to wait for an empty inbox only.
            while (bytes > 0 && bytes + size > MAX_BYTES && state == State.OPEN) {
                changed.await();
            }
            if (state == State.OPEN && drops == dropsBefore) {
                messages.add(message);
                bytes += size;
                hadBytes |= message instanceof WebSocketMessage.Binary;
                changed.signalAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            webSocket.cancel();
        } finally {
            lock.unlock();
        }
    }

    private static int size(WebSocketMessage message) {
        return message instanceof WebSocketMessage.Text text
                ? text.text().length() * Character.BYTES
                : ((WebSocketMessage.Binary) message).bytes().limit();
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
        change(State.ENDING, () -> {
            closeCode = code;
            closeReason = reason;
        });
        webSocket.close(NORMAL_CLOSURE, null); // otherwise the connection stays half open
    }

    @Override
    public void onClosed(WebSocket webSocket, int code, String reason) {
        markGone();
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable t, @Nullable Response response) {
        IOException cause = t instanceof IOException io ? io : new IOException(t);
        IOException told = response == null || response.code() == 101 ? cause : new Refusal(response, body(response));
        change(State.ENDING, () -> failure = told);
        markGone();
    }

    /** As much of an error body as matters; it can only be read here, before OkHttp closes the response. */
    private static byte[] body(Response response) {
        BufferedSource source = response.body().source();
        try {
            source.timeout().deadline(1, TimeUnit.SECONDS);
            source.request(HttpError.MAX_BODY);
        } catch (IOException e) {
            // It came late or broke off: what there is has to do.
            return source.getBuffer().snapshot().toByteArray();
        }
        return source.getBuffer()
                .snapshot((int) Math.min(HttpError.MAX_BODY, source.getBuffer().size()))
                .toByteArray();
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private boolean ask(BooleanSupplier question) {
        lock.lock();
        try {
            return question.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }
}
