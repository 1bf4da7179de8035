// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The executor of a client that was given none. */
final class ClientExecutor {
    private ClientExecutor() {}

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
            var thread = new Thread(task, "tts-client-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
