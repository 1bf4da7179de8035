// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.Objects;

/**
 * One thing to say, in the order of saying.
 *
 * @param kind what {@code text} is
 * @param text the word in small letters, the letter, the phonemes or the punctuation mark
 * @param start index in the folded text of the first char that it stands for
 * @param end index in the folded text behind the last one
 */
record Spoken(Kind kind, String text, int start, int end) {
    enum Kind {
        /** To be looked up or sounded out. */
        WORD,
        /** A letter said by its name, perhaps with {@code 's} behind it. */
        LETTER,
        /** A caller's phonemes, said as they are. */
        PHONEMES,
        /** One of {@code , ; : . ? !} */
        PAUSE
    }

    Spoken {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
    }

    boolean pause() {
        return kind == Kind.PAUSE;
    }

    /** Whether both stand for the same stretch of the text, and so are spoken in one run. */
    boolean sameStretch(Spoken other) {
        return start == other.start && end == other.end;
    }

    @Override
    public String toString() {
        return kind + "[" + start + ".." + end + ", " + text.length() + " chars]";
    }
}
