// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.SpeechReport;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Says on standard error how it went: in words to people, and with {@code --json} in one line to programs. */
final class Reporter {
    /** The category of what no backend would say. */
    private static final String BUG = "INTERNAL";

    private final PrintStream err;
    private final boolean json;

    Reporter(PrintStream err, boolean json) {
        this.err = err;
        this.json = json;
    }

    /** All went well. */
    void succeeded(Summary summary) {
        printJson(summary);
    }

    /** For people, whatever happens later. */
    void warn(String message) {
        err.println("speak: warning: " + message);
    }

    /** The call cannot be understood. */
    ExitStatus misused(String message) {
        return failed(
                ExitStatus.USAGE, message, Summary.withoutRequest(null, Category.INVALID_REQUEST.name(), message));
    }

    /** The caller left. */
    ExitStatus interrupted(@Nullable SpeechReport report) {
        return failed(ExitStatus.INTERRUPTED, "interrupted", summary(report, Category.CANCELLED.name(), "interrupted"));
    }

    /** {@code failure} ended it, after {@code report} if a request had begun. */
    ExitStatus failed(Throwable failure, @Nullable SpeechReport report) {
        if (failure instanceof UsageException usage) {
            String message = message(usage);
            return failed(
                    ExitStatus.USAGE, message, summary(report, usage.category().name(), message));
        }
        if (failure instanceof TtsException tts) {
            String message = message(tts);
            String category = tts.category().name();
            return failed(
                    ExitStatus.of(tts),
                    message,
                    report == null ? Summary.of(tts, category, message) : Summary.of(report, category, message));
        }
        if (failure instanceof BrokenPipeException) {
            printJson(summary(report, Category.CANCELLED.name(), message(failure)));
            return ExitStatus.INTERRUPTED;
        }
        String message = "this is a bug in speak: " + failure;
        failure.printStackTrace(err);
        return failed(ExitStatus.BUG, message, summary(report, BUG, message));
    }

    private ExitStatus failed(ExitStatus status, String message, Summary summary) {
        err.println("speak: " + message);
        printJson(summary);
        return status;
    }

    private void printJson(Summary summary) {
        if (json) {
            err.println(summary.toJson());
        }
    }

    private static Summary summary(@Nullable SpeechReport report, String category, String message) {
        return report == null ? Summary.withoutRequest(null, category, message) : Summary.of(report, category, message);
    }

    private static String message(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof TtsException tts
                        && tts.timeoutPhase().filter(TimeoutPhase.TOTAL::equals).isPresent()
                ? message + "; --timeout allows more"
                : message;
    }
}
