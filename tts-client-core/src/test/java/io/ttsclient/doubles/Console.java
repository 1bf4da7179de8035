// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.doubles;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is printed while this is open, instead of being printed; slf4j-simple logs to standard error, in these tests at every level. */
public final class Console implements AutoCloseable {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream(); // which is synchronized

    private Console() {
        var stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
    }

    public static Console open() {
        return new Console();
    }

    /** All of it. */
    public String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** The lines that an operator sees who logs from INFO on. */
    public List<String> operatorsLines() {
        return text().lines()
                .filter(line -> !line.contains("] DEBUG ") && !line.contains("] TRACE "))
                .toList();
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
    }
}
