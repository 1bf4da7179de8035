// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server in Python, in a process of its own, that says its port when it is ready. */
final class PythonServer implements AutoCloseable {
    private static final String PYTHON = "/usr/bin/python3"; // the system's, which is whose packages there are

    private final Process process;
    private final int port;

    private PythonServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Skips the test unless {@code modules} can be imported. */
    static PythonServer start(Path script, List<String> modules, String... args)
            throws IOException, InterruptedException {
        String imports = "import " + String.join(", ", modules);
        assumeTrue(
                Path.of(PYTHON).toFile().canExecute() && run(PYTHON, "-c", imports) == 0,
                "needs " + PYTHON + " with " + modules
                        + ": apt-get install python3-tornado python3-fastapi uvicorn python3-flask");
        var command = new ArrayList<>(List.of(PYTHON, script.toString()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        String line = out.readLine(); // null if it ends before
        assertThat(line).as("the port that %s says", script).isNotNull();
        return new PythonServer(process, Integer.parseInt(line.strip()));
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
