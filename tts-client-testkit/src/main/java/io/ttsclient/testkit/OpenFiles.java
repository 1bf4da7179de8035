// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * The files and sockets that this process has open, by the names that the system gives them. Known on Linux; elsewhere there
 * seem to be none.
 */
final class OpenFiles {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final long NANOS_BETWEEN_LOOKS = 2_000_000; // the system sends no signal when a file is closed

    private OpenFiles() {}

    static List<String> now() {
        var names = new ArrayList<String>();
        if (!Files.isDirectory(DESCRIPTORS)) {
            return names;
        }
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                addTarget(descriptor, names);
            }
        } catch (IOException e) {
            throw new AssertionError("the list of open files cannot be read", e);
        }
        return names;
    }

    private static void addTarget(Path descriptor, List<String> names) {
        String target;
        try {
            target = Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return; // closed since it was listed
        }
        names.add(target);
    }

    /** Looks until everything is closed that was not open at {@code before}, and gives what is still open at the end. */
    static List<String> awaitClosedSince(List<String> before, Predicate<String> mayStayOpen, Duration patience) {
        long start = System.nanoTime();
        List<String> left = since(before, mayStayOpen);
        while (!left.isEmpty() && System.nanoTime() - start < patience.toNanos()) {
            LockSupport.parkNanos(NANOS_BETWEEN_LOOKS);
            left = since(before, mayStayOpen);
        }
        return left;
    }

    private static List<String> since(List<String> before, Predicate<String> mayStayOpen) {
        List<String> opened = now();
        before.forEach(opened::remove);
        opened.removeIf(mayStayOpen);
        return opened;
    }
}
