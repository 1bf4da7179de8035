// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Where WebSockets are read and names are resolved. */
final class TransportThreads {
    private TransportThreads() {}

    /** Virtual threads where the JDK has them, otherwise daemon threads that end after a minute without work. */
    static ExecutorService create() {
        try {
            return (ExecutorService) MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class))
                    .invokeExact();
        } catch (NoSuchMethodException e) {
            return daemonThreads(); // a JDK before 21
        } catch (Throwable e) {
            throw new IllegalStateException("the JDK's virtual threads cannot be used", e);
        }
    }

    static ExecutorService daemonThreads() {
        var count = new AtomicInteger();
        return Executors.newCachedThreadPool(task -> {
            // It outlives the request that starts it, so it inherits nothing of that one's thread.
            var thread = new Thread(null, task, "tts-client-transport-" + count.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            return thread;
        });
    }
}
