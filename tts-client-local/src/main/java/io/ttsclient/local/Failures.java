// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import org.jspecify.annotations.Nullable;

/** What goes wrong on this device, by category. Nothing here is worth a repeat. */
final class Failures {
    private Failures() {}

    /** The voice or this platform cannot do it. */
    static TtsException unsupported(String message) {
        return unsupported(message, null);
    }

    static TtsException unsupported(String message, @Nullable Throwable cause) {
        return failure(Category.UNSUPPORTED, message, cause);
    }

    /** The file or the speaker is not there. */
    static TtsException notFound(String message) {
        return failure(Category.NOT_FOUND, message, null);
    }

    /** The graph took the input and then failed, or answered something else than its contract says. */
    static TtsException brokenGraph(String message, @Nullable Throwable cause) {
        return failure(Category.PROTOCOL, message, cause);
    }

    /** The run succeeded and made no sample. */
    static TtsException noAudio() {
        // The same input gives the same nothing.
        return TtsException.builder(Category.NO_AUDIO, "the voice made no audio for this text")
                .backend(LocalVoice.NAME)
                .notRetryable()
                .build();
    }

    static TtsException closed() {
        return closed(null);
    }

    static TtsException closed(@Nullable Throwable cause) {
        return TtsException.builder(Category.CLOSED, "the voice is closed")
                .backend(LocalVoice.NAME)
                .origin(Origin.CLIENT)
                .cause(cause)
                .build();
    }

    private static TtsException failure(Category category, String message, @Nullable Throwable cause) {
        return TtsException.builder(category, message)
                .backend(LocalVoice.NAME)
                .cause(cause)
                .build();
    }
}
