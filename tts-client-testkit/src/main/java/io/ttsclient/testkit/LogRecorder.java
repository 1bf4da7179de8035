// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is logged, as it is printed: standard output and error, while this is open. That is where slf4j-simple logs, and any other
 * binding with an appender for the console that looks the stream up each time; and where a backend prints that should not.
 */
final class LogRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogRecorder.class);
    private static final String PROBE = "The conformance kit looks at what is logged";

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream(); // which is synchronized

    private LogRecorder() {}

    static LogRecorder start() {
        var recorder = new LogRecorder();
        System.setOut(recorder.onto(recorder.out));
        System.setErr(recorder.onto(recorder.err));
        return recorder;
    }

    /** Prints as before, and keeps what it prints. */
    private PrintStream onto(PrintStream shown) {
        return new PrintStream(shown, true, StandardCharsets.UTF_8) {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                super.write(bytes, offset, length);
                printed.write(bytes, offset, length);
            }

            @Override
            public void write(int b) {
                super.write(b);
                printed.write(b);
            }
        };
    }

    /** Whether warnings of SLF4J come by here. */
    boolean seesLogs() {
        LOG.warn(PROBE);
        return text().contains(PROBE);
    }

    String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
    }
}
