// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks;

/** What Deepgram is told for a turn. */
public final class DeepgramTurn {
    public static final String TEXT = "Your table is ready.";
    public static final String SPEAK = "{\"type\":\"Speak\",\"text\":\"" + TEXT + "\"}";
    public static final String FLUSH = "{\"type\":\"Flush\"}";

    private DeepgramTurn() {}
}
