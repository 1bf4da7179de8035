// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.error.Category;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** The call is wrong, and the message says what to do about it. The text to speak is never part of it. */
final class UsageException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Category category;

    UsageException(String message) {
        this(Category.INVALID_REQUEST, message, null);
    }

    private UsageException(Category category, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    /** Something that is planned but not there yet. */
    static UsageException notAvailable(String what) {
        return new UsageException(Category.UNSUPPORTED, what + ": not available in this version", null);
    }

    /** {@code what} failed on a file or stream, because of {@code cause}. */
    static UsageException file(String what, IOException cause) {
        return new UsageException(Category.INVALID_REQUEST, what + ": " + reason(cause), cause);
    }

    Category category() {
        return category;
    }

    /** The JDK's exceptions say little but a path; people want the reason. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
}
