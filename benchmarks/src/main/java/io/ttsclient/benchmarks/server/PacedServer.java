// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The server's JVM, as the measuring program sees it. It listens on a port of 127.0.0.1 that it chooses, and ends when it is
 * closed or when the program that started it ends in any way.
 */
public final class PacedServer implements AutoCloseable {
    private static final int SECONDS_TO_END = 5;

    private final Process process;
    private final int port;

    private PacedServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a server with settings such as {@code delay=20} or {@code over=0}, which hold where a URL says nothing else. */
    public static PacedServer start(String... settings) throws IOException {
        Settings.parse(List.of(settings)); // what is wrong with them is said here, not in the other JVM
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ServerProgram.class.getName()));
        command.addAll(List.of(settings));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
            String line = out.readLine();
            if (line == null) {
                throw new IOException("the server ended before it listened");
            }
            return new PacedServer(process, Integer.parseInt(line));
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    public int port() {
        return port;
    }

    /** Where a client finds the server as it was started, to give as its base URL. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The same with other settings for all that is asked of this URL, for example {@code url("delay=0", "seconds=60")}. */
    public URI url(String... settings) {
        Settings.parse(List.of(settings));
        return URI.create(url() + "/" + String.join(",", settings));
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close(); // the server ends with its standard input
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
