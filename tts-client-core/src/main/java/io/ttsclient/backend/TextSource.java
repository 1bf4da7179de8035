// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import java.util.Objects;

/**
 * The text of a synthesis: whole, or still being written. It may be read any number of times, from its beginning, so that an
 * attempt can be repeated.
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

    /** A text that is all there; its string form is its length. */
    final class WholeText implements TextSource {
        private final String text;

        private WholeText(String text) {
            this.text = Objects.requireNonNull(text, "text");
        }

        @Override
        public boolean isGrowing() {
            return false;
        }

        @Override
        public String text() {
            return text;
        }

        @Override
        public String toString() {
            return text.length() + " chars";
        }
    }
}
