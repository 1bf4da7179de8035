// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import java.io.IOException;
import java.io.Serial;

/** Who read standard output went away, as {@code head} does; nothing to tell anybody. */
final class BrokenPipeException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    BrokenPipeException(IOException cause) {
        super("standard output: the reader went away", cause);
    }
}
