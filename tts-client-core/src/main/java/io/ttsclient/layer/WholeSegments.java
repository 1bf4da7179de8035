// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.text.Segment;
import io.ttsclient.text.SegmentLimits;
import io.ttsclient.text.Segmenter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The pieces of a whole text, each cut when it is asked for, so that the first one does not wait for a long text's last. */
final class WholeSegments implements SegmentFeed {
    private final Segmenter segmenter;
    private final Deque<Segment> cut = new ArrayDeque<>(2);

    WholeSegments(String text, SegmentLimits limits, Locale language) {
        segmenter = new Segmenter(limits, language);
        segmenter.append(text);
        segmenter.finish();
    }

    /** Whether at least two pieces are left. */
    boolean hasSeveral() {
        return hasCut(2);
    }

    @Override
    public boolean isOver() {
        return !hasCut(1);
    }

    @Override
    public boolean hasRest() {
        return false;
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
    public @Nullable Segment next(Demand demand) {
        return hasCut(1) && (demand.due() || cut.element().text().length() <= demand.chars()) ? cut.remove() : null;
    }
}
