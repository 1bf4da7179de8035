// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import okhttp3.Dns;

/**
 * Looks names up on a thread of its own, because the JDK's look-up listens to nobody: a resolver that does not answer would hold
 * the caller for half a minute, whatever the timeout and whoever cancels.
 */
final class CancellableDns implements Dns {
    private final Dns delegate;
    private final Executor executor;

    CancellableDns(Dns delegate, Executor executor) {
        this.delegate = delegate;
        this.executor = executor;
    }

    @Override
    public List<InetAddress> lookup(String hostname) throws UnknownHostException {
        CallWatch watch = CallWatch.takeResolving();
        if (watch == null) {
            return delegate.lookup(hostname);
        }
        var addresses = new CompletableFuture<List<InetAddress>>();
        watch.whileResolving(() -> addresses.cancel(false));
        try {
            executor.execute(() -> resolve(hostname, addresses));
            return addresses.get();
        } catch (CancellationException | RejectedExecutionException e) {
            throw failure("the look-up was given up", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("the look-up was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UnknownHostException unknown ? unknown : failure(hostname, e);
        } finally {
            watch.resolved();
        }
    }

    private void resolve(String hostname, CompletableFuture<List<InetAddress>> addresses) {
        try {
            addresses.complete(delegate.lookup(hostname));
        } catch (UnknownHostException | RuntimeException e) {
            addresses.completeExceptionally(e);
        }
    }

    private static UnknownHostException failure(String message, Exception cause) {
        var failure = new UnknownHostException(message);
        failure.initCause(cause);
        return failure;
    }
}
