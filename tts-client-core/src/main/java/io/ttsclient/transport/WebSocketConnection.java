// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An open WebSocket, read by pulling: what is not read holds the server back. It may serve one synthesis after the other; each
 * call says for whom it is made, and that one leaving ends the call, not the connection.
 *
 * <p>One thread at a time reads; all else may come from any thread.
 */
public final class WebSocketConnection implements AutoCloseable {
    private final WebSocketInbox inbox;
    private final String host;
    private final Optional<String> providerRequestId;

    WebSocketConnection(WebSocketInbox inbox, String host, Optional<String> providerRequestId) {
        this.inbox = inbox;
        this.host = host;
        this.providerRequestId = providerRequestId;
    }

    /** The provider's own id of the request that opened it, where it gave one. */
    public Optional<String> providerRequestId() {
        return providerRequestId;
    }

    /**
     * Sends a message, without waiting for it to be taken.
     *
     * @throws TtsException with category {@code CONNECTION} if the connection is closed, or if the server has left 16 MiB untaken
     */
    public void send(Synthesis synthesis, String text) {
        if (!inbox.send(text)) {
            throw synthesis
                    .failure(Category.CONNECTION, "the WebSocket to " + host + " takes nothing any more")
                    .cause(inbox.failure())
                    .build();
        }
    }

    /**
     * The next message; waits for it.
     *
     * @return null when the server has closed the connection and all was read; {@link #closeCode()} and {@link #closeReason()} say
     *     why
     * @throws TtsException if the connection breaks: with category {@code TRUNCATED} where audio had come over it,
     *     {@code CONNECTION} where none had, {@code PROTOCOL} where it was no WebSocket any more; with {@code CANCELLED} if the caller
     *     of {@code synthesis} leaves, or after {@link #close()} or {@link #cancel()}
     */
    public @Nullable WebSocketMessage read(Synthesis synthesis) {
        return read(synthesis, () -> false);
    }

    /**
     * The same, but it also returns null, before any message, as soon as {@code enough} holds. It is asked when a message comes and
     * at every {@link #wake()}, under a lock: it must be short and must not call this connection.
     */
    public @Nullable WebSocketMessage read(Synthesis synthesis, BooleanSupplier enough) {
        Registration waking = synthesis.onCancel(inbox::wake);
        try {
            WebSocketMessage message =
                    inbox.await(() -> synthesis.cancellation().isCancelled() || enough.getAsBoolean());
            if (message != null) {
                return message;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw synthesis.cancelled();
        } finally {
            waking.remove();
        }
        if (synthesis.cancellation().isCancelled()) {
            throw synthesis.cancelled();
        }
        if (enough.getAsBoolean()) {
            return null;
        }
        if (inbox.isEnded()) {
            throw synthesis.cancelled();
        }
        IOException failure = inbox.failure();
        if (failure != null) {
            throw broken(synthesis, failure);
        }
        return null;
    }

    /** Makes who waits in {@link #read(Synthesis, BooleanSupplier)} ask again whether it is enough. */
    public void wake() {
        inbox.wake();
    }

    /** Forgets what has come and was not read, so that what is read next came afterwards. */
    public void drop() {
        inbox.drop();
    }

    /**
     * Runs {@code action} once the connection is gone: closed by both sides, cut or broken, which the server knows by then. On the
     * thread that reads from the network, or on this one if it is gone already; it must not block.
     */
    public void onGone(Runnable action) {
        inbox.onGone(action);
    }

    private TtsException broken(Synthesis synthesis, IOException failure) {
        if (failure instanceof ProtocolException) {
            // Its message may quote the server, which may quote anything: it is not passed on.
            return synthesis
                    .failure(Category.PROTOCOL, host + " broke the rules of WebSockets")
                    .build();
        }
        Category category = inbox.hadBytes() ? Category.TRUNCATED : Category.CONNECTION;
        return synthesis
                .failure(category, "the WebSocket to " + host + " broke")
                .cause(failure)
                .build();
    }

    /** Whether messages can be sent and may still come. */
    public boolean isOpen() {
        return inbox.isOpen();
    }

    /** The code that the server closed the connection with; 0 where it has not. */
    public int closeCode() {
        return inbox.closeCode();
    }

    /** The words that the server closed the connection with, to be compared with, never to be shown; empty where there are none. */
    public String closeReason() {
        return inbox.closeReason();
    }

    /** Drops what was not read and says goodbye to the server; where it does not answer in time, the connection is cut. */
    @Override
    public void close() {
        inbox.close();
    }

    /** Drops what was not read and cuts the connection. */
    public void cancel() {
        inbox.cancel();
    }

    @Override
    public String toString() {
        return "WebSocketConnection[" + host + (isOpen() ? ", open]" : ", closed]");
    }
}
