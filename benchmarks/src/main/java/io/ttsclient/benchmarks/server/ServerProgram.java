// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.server;

import java.io.IOException;
import java.util.List;

/** The program in the server's JVM: prints its port, then serves until its standard input ends. */
final class ServerProgram {
    private ServerProgram() {}

    public static void main(String[] args) throws IOException {
        var loop = new EventLoop(Settings.parse(List.of(args)));
        var parent = new Thread(ServerProgram::endWithParent, "parent");
        parent.setDaemon(true);
        parent.start();
        System.out.println(loop.port());
        loop.run();
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            System.err.println("standard input: " + e.getMessage());
        }
        Runtime.getRuntime().halt(0);
    }
}
