// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The threads, sockets and files that are there at a moment, to be compared with a later one. */
record Leftovers(Set<Thread> threads, List<String> files) {
    private static final int FRAMES_SHOWN = 8;

    static Leftovers now() {
        return new Leftovers(Thread.getAllStackTraces().keySet(), OpenFiles.now());
    }

    /** Threads of the JDK, of JUnit and of libraries that the whole JVM shares, and those of the kit's own calls. */
    static boolean ofTheJvm(Thread thread) {
        String name = thread.getName();
        ThreadGroup group = thread.getThreadGroup();
        return group == null // it has ended
                || group.getParent() == null // the system's own group
                || group.getName().equals("InnocuousThreadGroup") // the JDK's own threads
                || name.startsWith("ForkJoinPool")
                || name.startsWith("VirtualThread")
                || name.equals("CompletableFutureDelayScheduler")
                || name.startsWith("process reaper")
                || name.startsWith("junit-")
                || name.startsWith("OkHttp TaskRunner") // ends after a minute without work, in all clients together
                || runsTasksOfOkHttp(thread) // the same, which has the name of its last task meanwhile
                || name.startsWith("Okio Watchdog") // likewise
                || name.startsWith("conformance: ");
    }

    private static boolean runsTasksOfOkHttp(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith("okhttp3.internal.concurrent.TaskRunner"));
    }

    /** Jars, classes, devices, and what the JDK waits with for the sockets of virtual threads. */
    static boolean ofTheJvm(String file) {
        return file.endsWith(".jar")
                || file.startsWith("anon_inode:[event")
                || file.endsWith(".class")
                || file.endsWith("/modules")
                || file.startsWith("/dev/")
                || file.startsWith("/proc/");
    }

    /** Waits for the threads to end that were not there then; fails for one that does not. */
    void awaitEndOfThreads(Predicate<Thread> mayOutlive, Duration patience) {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (threads.contains(thread) || mayOutlive.test(thread)) {
                continue;
            }
            try {
                thread.join(patience.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for threads to end", e);
            }
            if (thread.isAlive()) {
                String stack = Arrays.stream(thread.getStackTrace())
                        .limit(FRAMES_SHOWN)
                        .map(frame -> "\n    at " + frame)
                        .collect(Collectors.joining());
                throw new AssertionError("the thread '" + thread.getName() + "' still runs " + patience
                        + " after the end; it stands at" + stack);
            }
        }
    }

    /** Waits for the files and sockets to be closed that were not open then, and gives those that are not. */
    List<String> awaitClosedFiles(Predicate<String> mayStayOpen, Duration patience) {
        return OpenFiles.awaitClosedSince(files, mayStayOpen, patience);
    }
}
