// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

/**
 * A place in a text and what lies before it, so that the size of a piece is a difference.
 *
 * @param index in chars
 * @param codePoints before the place
 * @param bytes before the place, in UTF-8
 * @param speakable letters and digits before the place
 */
record Position(int index, int codePoints, long bytes, int speakable) {
    static final Position ORIGIN = new Position(0, 0, 0, 0);

    /** The place behind {@code codePoint}, which stands here. */
    Position after(int codePoint) {
        var cursor = new Cursor(this);
        cursor.pass(codePoint);
        return cursor.position();
    }

    /** Bytes in UTF-8; a lone surrogate counts as the replacement character, the longest of what encoders write for it. */
    static int utf8Length(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }
}
