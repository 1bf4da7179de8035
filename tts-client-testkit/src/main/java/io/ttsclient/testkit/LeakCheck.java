// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that leaves a thread, a socket or a file behind, as one does that forgets to close something or whose subject
 * does not clean up. With {@link org.junit.jupiter.api.extension.ExtendWith} on a class:
 *
 * {@snippet class="io.ttsclient.testkit.LeakCheckTest" region="leaks"}
 *
 * <p>What ends late is waited for, up to ten seconds. Threads and files that belong to the whole JVM do not count, nor do OkHttp's shared
 * threads, which end after a minute without work. It looks at the whole JVM, so such a class does not run beside others; virtual
 * threads cannot be seen, and open files on Linux only.
 */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
    private final Duration patience;

    /** Made by JUnit. */
    public LeakCheck() {
        this(Monitor.PATIENCE);
    }

    LeakCheck(Duration patience) {
        this.patience = patience;
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(ExtensionContext.Namespace.create(LeakCheck.class, context.getUniqueId()));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        // The first socket of a JVM makes the JDK open one of its own, for good.
        new ServerSocket(0, 1, InetAddress.getLoopbackAddress()).close();
        store(context).put(Leftovers.class, Leftovers.now());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Leftovers before = store(context).remove(Leftovers.class, Leftovers.class);
        if (before != null) {
            assertNothingLeft(before);
        }
    }

    private void assertNothingLeft(Leftovers before) {
        before.awaitEndOfThreads(Leftovers::ofTheJvm, patience);
        List<String> open = before.awaitClosedFiles(Leftovers::ofTheJvm, patience);
        if (!open.isEmpty()) {
            throw new AssertionError("files and sockets still open " + patience + " after the end: " + open);
        }
    }
}
