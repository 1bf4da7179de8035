// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import java.io.IOException;
import java.time.Duration;

/** What can go wrong with an installed espeak-ng, by category. */
final class EspeakFailures {
    private EspeakFailures() {}

    /** The program cannot be started. */
    static TtsException missing(String command, IOException cause) {
        return failure(
                        Category.UNSUPPORTED,
                        command
                                + " cannot be started. Install it (Debian, Ubuntu: apt install espeak-ng; Fedora: dnf install"
                                + " espeak-ng; macOS: brew install espeak-ng; Windows: winget install"
                                + " eSpeak-NG.eSpeak-NG) or name its path with EspeakPhonemizer.builder(voice).command(path)")
                .cause(cause)
                .build();
    }

    /** No answer in time; the next call gets a new process. */
    static TtsException late(Duration timeout, IOException cause) {
        return failure(Category.TIMEOUT, "espeak-ng did not answer within " + timeout)
                .timeoutPhase(TimeoutPhase.FIRST_AUDIO)
                .cause(cause)
                .build();
    }

    /** It ended instead of answering. */
    static TtsException silent(IOException cause, String voice, boolean closed) {
        return closed
                ? closed()
                : failure(
                                Category.NOT_FOUND,
                                "espeak-ng ended without an answer. Does it have the voice \"" + voice
                                        + "\"? espeak-ng --voices lists them")
                        .cause(cause)
                        .build();
    }

    static TtsException closed() {
        return failure(Category.CLOSED, "the phonemizer is closed")
                .origin(Origin.CLIENT)
                .build();
    }

    private static TtsException.Builder failure(Category category, String message) {
        return TtsException.builder(category, message).backend(LocalVoice.NAME);
    }
}
