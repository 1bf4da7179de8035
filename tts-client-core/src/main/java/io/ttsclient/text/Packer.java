// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import io.ttsclient.text.Segment.Boundary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among the breaks of a text where its segments end. A choice is made once no further text could change it, and it is the
 * same whether the text was known before or not: what depends on the length is decided before the break that lies beyond it.
 */
final class Packer {
    private final SegmentLimits limits;
    private final HardCut hardCut;

    /** Breaks behind the last cut, of which the first {@link #seen} are accounted for in the fields below. */
    private final List<Break> breaks = new ArrayList<>();

    private boolean first = true;
    private int seen;
    private @Nullable Break firstClause;
    private @Nullable Break lastSentence;
    private @Nullable Break lastOther;

    Packer(SegmentLimits limits, HardCut hardCut) {
        this.limits = limits;
        this.hardCut = hardCut;
    }

    void add(Break found) {
        breaks.add(found);
    }

    /** Ends the segment at {@code cut}: what follows is about the next one. */
    void cutAt(Break cut) {
        first = false;
        int done = 0;
        while (done < breaks.size()
                && breaks.get(done).end().index() <= cut.end().index()) {
            done++;
        }
        breaks.subList(0, done).clear();
        seen = 0;
        firstClause = null;
        lastSentence = null;
        lastOther = null;
    }

    /**
     * Where the next segment ends; null while that is not certain.
     *
     * @param from where the segment starts
     * @param decided all breaks before this were added
     */
    @Nullable
    Break decide(Position from, Position decided) {
        while (seen < breaks.size()) {
            Break found = breaks.get(seen);
            Break cut = byLength(from, found.end());
            if (cut == null) {
                cut = see(from, found);
            }
            if (cut != null) {
                return cut;
            }
            seen++;
        }
        return byLength(from, decided);
    }

    /** The cut that is due because the text goes on to {@code reached} without a better one. */
    private @Nullable Break byLength(Position from, Position reached) {
        int length = length(from, reached);
        boolean fits = limits.allow(from, reached);
        if (lastSentence != null && (length > target() || !fits)) {
            return lastSentence;
        }
        // Bytes may run out before the code points of the target do; the clause is the same.
        if (firstClause != null && (length > limits.firstTarget() || !fits)) {
            return firstClause;
        }
        if (fits) {
            return null;
        }
        return lastOther != null ? lastOther : hardCut.within(from);
    }

    private @Nullable Break see(Position from, Break found) {
        if (found.kind() == Boundary.END) {
            return found;
        }
        boolean speakable = found.end().speakable() > from.speakable();
        int length = length(from, found.end());
        if (found.endsSentence()
                && speakable
                && (length >= limits.minCodePoints() || found.kind() == Boundary.PARAGRAPH)) {
            if (length >= target()) {
                return found;
            }
            lastSentence = found;
            return null;
        }
        lastOther = found;
        boolean early = first && firstClause == null && limits.firstTarget() > 0;
        if (early && speakable && length >= limits.firstMinimum()) {
            firstClause = found;
        }
        return null;
    }

    private int target() {
        boolean early = first && limits.firstTarget() > 0;
        return early ? Math.min(limits.firstTarget(), limits.packUpTo()) : limits.packUpTo();
    }

    private static int length(Position from, Position to) {
        return to.codePoints() - from.codePoints();
    }
}
