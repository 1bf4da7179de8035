// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

/** What Deepgram is told for a turn. */
final class Messages {
    static final String TEXT = "Your table is ready.";
    static final String SPEAK = "{\"type\":\"Speak\",\"text\":\"" + TEXT + "\"}";
    static final String FLUSH = "{\"type\":\"Flush\"}";

    private Messages() {}
}
