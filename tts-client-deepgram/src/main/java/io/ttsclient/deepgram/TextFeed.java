// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.backend.TextCursor;
import io.ttsclient.backend.TextEvent;

/**
 * Reads what a writer writes, as it may go over the wire: what no JSON text should hold, control characters and halves of
 * surrogate pairs, is a blank. Not thread-safe.
 */
final class TextFeed {
    private final TextCursor cursor;
    private final StringBuilder added = new StringBuilder();
    private char high; // the first half of a pair whose second half was not written yet; 0 for none
    private boolean ended;

    TextFeed(TextCursor cursor) {
        this.cursor = cursor;
    }

    /** What a reader of the feed does with it. */
    interface Reader {
        /** There is more text, at least one {@code char}. */
        void text(String text);

        /** All text so far is wanted. */
        void flush();

        /** There will be no more. */
        void end();
    }

    /** Tells {@code reader} all that was written since. */
    void poll(Reader reader) {
        for (TextEvent event = cursor.poll(); event != null; event = cursor.poll()) {
            switch (event.kind()) {
                case TEXT -> {
                    clean(event.text());
                    tell(reader);
                }
                case FLUSH -> reader.flush();
                case END -> {
                    ended = true;
                    if (high != 0) {
                        high = 0;
                        added.append(' ');
                        tell(reader);
                    }
                    reader.end();
                }
            }
        }
    }

    private void tell(Reader reader) {
        if (!added.isEmpty()) {
            String text = added.toString();
            added.setLength(0);
            reader.text(text);
        }
    }

    private void clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (high != 0) {
                added.append(Character.isLowSurrogate(next) ? high : ' ');
                if (Character.isLowSurrogate(next)) {
                    added.append(next);
                    high = 0;
                    continue;
                }
                high = 0;
            }
            if (Character.isHighSurrogate(next)) {
                high = next;
            } else {
                added.append(isFit(next) ? next : ' ');
            }
        }
    }

    private static boolean isFit(char c) {
        return c == '\n' || c == '\t' || !(Character.isISOControl(c) || Character.isSurrogate(c));
    }

    /** Whether all was read. */
    boolean isEnded() {
        return ended;
    }

    /** A whole text, cleaned. */
    static String cleaned(TextCursor cursor) {
        var all = new StringBuilder();
        new TextFeed(cursor).poll(new Reader() {
            @Override
            public void text(String text) {
                all.append(text);
            }

            @Override
            public void flush() {
                // A whole text is wanted anyway.
            }

            @Override
            public void end() {
                // That it is whole is known.
            }
        });
        return all.toString();
    }
}
