// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

/** A {@link Position} that moves: reading a text makes no object for each of its characters. */
final class Cursor {
    private int index;
    private int codePoints;
    private long bytes;
    private int speakable;

    Cursor(Position start) {
        index = start.index();
        codePoints = start.codePoints();
        bytes = start.bytes();
        speakable = start.speakable();
    }

    int index() {
        return index;
    }

    /** Goes behind {@code codePoint}, which stands here. */
    void pass(int codePoint) {
        index += Character.charCount(codePoint);
        codePoints++;
        bytes += Position.utf8Length(codePoint);
        if (Speakable.is(codePoint)) {
            speakable++;
        }
    }

    /** Where it is now. */
    Position position() {
        return new Position(index, codePoints, bytes, speakable);
    }
}
