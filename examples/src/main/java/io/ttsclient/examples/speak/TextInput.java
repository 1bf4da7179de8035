// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the text comes from: the arguments, a file or standard input. */
final class TextInput {
    /** More than a day of speech. */
    static final int MAX_BYTES = 10 * 1024 * 1024;

    private static final String STDIN = "-";
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char REPLACEMENT = '\uFFFD';

    private TextInput() {}

    /**
     * The text, from exactly one place.
     *
     * @throws UsageException if there is none or more than one, or it cannot be read, or it is blank
     */
    static String read(List<String> arguments, @Nullable Path file, InputStream in) {
        if (file != null && !arguments.isEmpty()) {
            throw new UsageException("text: given as arguments and by --text-file, allowed one of them");
        }
        if (file == null && arguments.isEmpty()) {
            throw new UsageException("text: none given; write it as arguments, name a --text-file, or - to read"
                    + " standard input (speak --help says more)");
        }
        String text = file != null ? fromFile(file) : fromArguments(arguments, in);
        if (text.isBlank()) {
            throw new UsageException("text: blank, nothing to speak");
        }
        return text;
    }

    private static String fromArguments(List<String> arguments, InputStream in) {
        if (arguments.equals(List.of(STDIN))) {
            return decode("standard input", in);
        }
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
            return decode("--text-file " + file, in);
        } catch (IOException e) {
            throw UsageException.file("--text-file " + file, e);
        }
    }

    private static String decode(String source, InputStream in) {
        try {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new UsageException(source + ": longer than " + MAX_BYTES + " bytes, the most that is spoken");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UsageException(source + ": is not UTF-8 text");
        } catch (IOException e) {
            throw UsageException.file(source, e);
        }
    }
}
