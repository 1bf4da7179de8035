// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import java.util.Objects;

/**
 * What a writer did to a text.
 *
 * @param kind what
 * @param text what was added, in as many or few pieces as the reader was fast enough to meet; empty for the other kinds. It may
 *     begin or end anywhere: inside a word, a grapheme, even a surrogate pair
 */
public record TextEvent(Kind kind, String text) {
    static final TextEvent FLUSHED = new TextEvent(Kind.FLUSH, "");
    static final TextEvent ENDED = new TextEvent(Kind.END, "");

    /** What a writer can do. */
    public enum Kind {
        /** It added text. */
        TEXT,
        /** It wants all text so far to be spoken, without waiting for more. */
        FLUSH,
        /** It has written everything. Nothing follows. */
        END
    }

    public TextEvent {
        Objects.requireNonNull(kind, "kind");
        if (text.isEmpty() == (kind == Kind.TEXT)) {
            throw new IllegalArgumentException("text: " + text.length() + " chars for " + kind);
        }
    }

    /** Kind and length, never the text. */
    @Override
    public String toString() {
        return kind + "[" + text.length() + " chars]";
    }
}
