// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the text comes from: the arguments, a file or standard input. */
final class TextInput {
    private static final String STDIN = "-";
    private static final char REPLACEMENT = '\uFFFD';

    private TextInput() {}

    /** Whether the text is what arrives on standard input. */
    static boolean isStandardInput(List<String> arguments, @Nullable Path file) {
        return file == null && arguments.equals(List.of(STDIN));
    }

    /**
     * The text, from exactly one place, which is not standard input.
     *
     * @throws UsageException if there is none or more than one, or it cannot be read, or it is blank
     */
    static String read(List<String> arguments, @Nullable Path file) {
        if (file != null && !arguments.isEmpty()) {
            throw new UsageException("text: given as arguments and by --text-file, allowed one of them");
        }
        if (file == null && arguments.isEmpty()) {
            throw new UsageException("text: none given; write it as arguments, name a --text-file, or - to read"
                    + " standard input (speak --help says more)");
        }
        String text = file != null ? fromFile(file) : fromArguments(arguments);
        if (text.isBlank()) {
            throw new UsageException("text: blank, nothing to speak");
        }
        return text;
    }

    private static String fromArguments(List<String> arguments) {
        String text = String.join(" ", arguments);
        // Java puts it where the locale's character set cannot read an argument.
        if (text.indexOf(REPLACEMENT) >= 0) {
            throw new UsageException("text: not readable in this locale's character set; use a UTF-8 locale, such as"
                    + " LC_ALL=C.UTF-8, or --text-file");
        }
        return text;
    }

    private static String fromFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            var text = new StringBuilder();
            new IncomingText("--text-file " + file, in).forEachRemaining(text::append);
            return text.toString();
        } catch (IOException e) {
            throw UsageException.file("--text-file " + file, e);
        }
    }
}
