// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that read streams, one each. */
final class Readers {
    private Readers() {}

    /** Virtual ones where the JDK has them. */
    static ExecutorService start() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            return Executors.newCachedThreadPool(); // a JDK before 21
        }
    }
}
