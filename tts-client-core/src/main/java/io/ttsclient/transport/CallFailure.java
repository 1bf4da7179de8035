// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Tells what a call's {@link IOException} means. Who wanted the end comes first: a cancelled call fails in many ways. */
final class CallFailure {
    private final Synthesis synthesis;
    private final String host;
    private final CallWatch watch;
    private final BooleanSupplier closed;

    /** {@code closed} says whether the transport was closed, which ends its calls. */
    CallFailure(Synthesis synthesis, String host, CallWatch watch, BooleanSupplier closed) {
        this.synthesis = synthesis;
        this.host = host;
        this.watch = watch;
        this.closed = closed;
    }

    /** Of a call that has no answer yet. */
    TtsException beforeAnswer(IOException failure) {
        TtsException wanted = wanted(failure);
        return wanted != null ? wanted : (watch.connected() ? unanswered(failure) : unconnected(failure)).build();
    }

    /** Of an answer that had begun. */
    TtsException inBody(IOException failure, long bytes) {
        TtsException wanted = wanted(failure);
        return wanted != null
                ? wanted
                : synthesis
                        .failure(Category.TRUNCATED, host + " broke off its answer after " + bytes + " bytes")
                        .cause(failure)
                        .build();
    }

    private @Nullable TtsException wanted(IOException failure) {
        if (synthesis.cancellation().isCancelled()) {
            return cancelled(failure);
        }
        if (closed.getAsBoolean()) {
            return closed(synthesis);
        }
        if (watch.connectTimedOut()) {
            return connectTimeout(failure);
        }
        if (Thread.currentThread().isInterrupted()) {
            return cancelled(failure);
        }
        if (failure instanceof SocketTimeoutException) {
            return null;
        }
        if (failure instanceof InterruptedIOException interrupted) {
            return "timeout".equals(interrupted.getMessage()) ? callTimeout(failure) : interrupted(failure);
        }
        return null;
    }

    private TtsException cancelled(Exception cause) {
        return synthesis
                .failure(Category.CANCELLED, "the request was cancelled")
                .cause(cause)
                .build();
    }

    /** The thread was interrupted; the flag, which a library has cleared, is set again. */
    TtsException interrupted(Exception cause) {
        Thread.currentThread().interrupt();
        return cancelled(cause);
    }

    /** The transport is closed. */
    static TtsException closed(Synthesis synthesis) {
        return synthesis
                .failure(Category.CLOSED, "the transport is closed")
                .origin(Origin.CLIENT)
                .build();
    }

    private TtsException connectTimeout(IOException cause) {
        return synthesis
                .failure(Category.TIMEOUT, "no connection to " + host + " within " + watch.connectTimeout())
                .timeoutPhase(TimeoutPhase.CONNECT)
                .cause(cause)
                .build();
    }

    private TtsException callTimeout(IOException cause) {
        return synthesis
                .failure(Category.TIMEOUT, host + " did not answer in time")
                .timeoutPhase(TimeoutPhase.TOTAL)
                .cause(cause)
                .build();
    }

    private TtsException.Builder unconnected(IOException failure) {
        if (failure instanceof SocketTimeoutException) {
            return connectTimeout(failure).toBuilder();
        }
        String what = failure instanceof UnknownHostException
                ? "the host " + host + " was not found"
                : failure instanceof SSLException
                        ? "no TLS connection to " + host + " could be made"
                        : "no connection to " + host + " could be made";
        TtsException.Builder builder =
                synthesis.failure(Category.CONNECTION, what).cause(failure);
        return isDistrust(failure) ? builder.notRetryable() : builder;
    }

    /** A certificate that is not trusted now will not be trusted in a second. */
    private static boolean isDistrust(IOException failure) {
        return failure instanceof SSLPeerUnverifiedException || failure.getCause() instanceof CertificateException;
    }

    private TtsException.Builder unanswered(IOException failure) {
        return failure instanceof ProtocolException
                // Its message quotes the server, which may quote anything: it is not passed on.
                ? synthesis.failure(Category.PROTOCOL, host + " does not speak HTTP")
                : synthesis
                        .failure(Category.CONNECTION, "the connection to " + host + " broke before any answer")
                        .cause(failure);
    }
}
