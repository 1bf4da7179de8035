// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of this library, where an application brings none. */
public final class BackgroundThreads {
    private BackgroundThreads() {}

    /**
     * Virtual threads where the JDK has them, otherwise daemon threads that end after a minute without work.
     *
     * @param name of the daemon threads, before a number
     * @return the caller's to shut down
     */
    public static ExecutorService create(String name) {
        try {
            return (ExecutorService) MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class))
                    .invokeExact();
        } catch (NoSuchMethodException e) {
            return daemonThreads(name); // a JDK before 21
        } catch (Throwable e) {
            throw new IllegalStateException("the JDK's virtual threads cannot be used", e);
        }
    }

    static ExecutorService daemonThreads(String name) {
        var count = new AtomicInteger();
        return Executors.newCachedThreadPool(task -> {
            // It outlives the request that starts it, so it inherits nothing of that one's thread.
            var thread = new Thread(null, task, name + "-" + count.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            return thread;
        });
    }
}
