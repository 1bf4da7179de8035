// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.backend.Cancellation;
import io.ttsclient.backend.Journal;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.speech.SpeechOptions;

/** A {@link Synthesis} as a backend gets it from the layers, for tests that call a backend or a layer directly. */
public final class TestSynthesis {
    private static final String REQUEST_ID = "test-request";

    private TestSynthesis() {}

    /** With nothing set, on a clock that stands still. */
    public static Synthesis of(String text) {
        return of(text, SpeechOptions.none());
    }

    /** With these options, on a clock that stands still. */
    public static Synthesis of(String text, SpeechOptions options) {
        return of(text, options, new VirtualTime());
    }

    /** With these options, on that clock; it has no deadline, and {@link Synthesis#cancellation()} is its own to cancel. */
    public static Synthesis of(String text, SpeechOptions options, TimeSource time) {
        var journal = new Journal(REQUEST_ID, time);
        return Synthesis.builder(TextSource.of(text), REQUEST_ID, time)
                .options(options)
                .cancellation(new Cancellation())
                .journal(journal)
                .attempt(journal.attempt("test"))
                .build();
    }
}
