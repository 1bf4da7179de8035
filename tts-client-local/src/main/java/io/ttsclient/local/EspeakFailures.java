// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** What can go wrong with an installed espeak-ng, each as the exception that callers see. */
final class EspeakFailures {
    private EspeakFailures() {}

    static RuntimeException missing(String command, IOException cause) {
        return new UncheckedIOException(
                command
                        + " cannot be started. Install it (Debian, Ubuntu: apt install espeak-ng; Fedora: dnf install espeak-ng;"
                        + " macOS: brew install espeak-ng; Windows: winget install eSpeak-NG.eSpeak-NG) or name its path with"
                        + " EspeakPhonemizer.builder(voice).command(path).",
                cause);
    }

    static RuntimeException late(Duration timeout, IOException cause) {
        return new UncheckedIOException("espeak-ng did not answer within " + timeout, cause);
    }

    static RuntimeException silent(IOException cause, String voice, boolean closed) {
        return closed
                ? closed()
                : new UncheckedIOException(
                        "espeak-ng ended without an answer. Does it have the voice \"" + voice
                                + "\"? espeak-ng --voices lists" + " them.",
                        cause);
    }

    static RuntimeException closed() {
        return new IllegalStateException("the phonemizer is closed");
    }
}
