// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

/**
 * The text of a synthesis: whole, or still being written. It may be read any number of times, from its beginning, so that an
 * attempt can be repeated. Thread-safe.
 *
 * <p>Who takes whole texts only reads {@link #text()}. Who takes growing ones reads a {@link #cursor()}, the same way for both
 * kinds, and is told by {@link #onGrowth} when to look again.
 */
public interface TextSource {
    /** A text that is all there. */
    static TextSource of(String text) {
        return new WholeText(text);
    }

    /** Whether more may be written. Backends without {@link TtsCapabilities#growingText()} never see a growing text. */
    boolean isGrowing();

    /** The text, or, while it grows, what was written so far. */
    String text();

    /** How many {@code char}s there are so far; cheap, and perhaps fewer than {@link #text()} has where it takes work to tell. */
    default int length() {
        return text().length();
    }

    /** Reads the text from its beginning. */
    TextCursor cursor();

    /**
     * Runs {@code action} whenever there is more for a cursor to read, on the thread of who writes, so it must be short and must
     * not block. What was written before the call is not announced: register first, then read.
     *
     * @return takes the action back
     */
    Registration onGrowth(Runnable action);
}
