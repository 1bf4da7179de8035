// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.text.Segment;
import io.ttsclient.text.SegmentLimits;
import io.ttsclient.text.Segmenter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;

/** The pieces of a whole text, each cut when it is asked for, so that the first one does not wait for a long text's last. */
final class SegmentIterator implements Iterator<Segment> {
    private final Segmenter segmenter;
    private final Deque<Segment> cut = new ArrayDeque<>(2);

    SegmentIterator(String text, SegmentLimits limits, Locale language) {
        segmenter = new Segmenter(limits, language);
        segmenter.append(text);
        segmenter.finish();
    }

    /** Whether at least two pieces are left. */
    boolean hasSeveral() {
        return hasCut(2);
    }

    @Override
    public boolean hasNext() {
        return hasCut(1);
    }

    private boolean hasCut(int count) {
        while (cut.size() < count) {
            Segment next = segmenter.poll();
            if (next == null) {
                return false;
            }
            cut.add(next);
        }
        return true;
    }

    @Override
    public Segment next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the text has ended");
        }
        return cut.remove();
    }
}
