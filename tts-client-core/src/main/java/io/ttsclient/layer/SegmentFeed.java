// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.text.Segment;
import org.jspecify.annotations.Nullable;

/** Where a {@link SegmentedSource} gets its pieces from. Its user guards it with a lock. */
interface SegmentFeed {
    /**
     * How much the next piece is needed.
     *
     * @param chars how long it may be; its first sentence may be longer if it is {@code due}
     * @param due it is time for a piece
     * @param early it is worth having the next piece at a clause, because the audio runs dry
     * @param paused the writer pauses, so that words will do
     */
    record Demand(int chars, boolean due, boolean early, boolean paused) {
        /** Whatever comes next, without any bound. */
        static final Demand ANY = new Demand(Integer.MAX_VALUE, true, false, false);
    }

    /** The next piece; null if there is none, or none that fits. */
    @Nullable
    Segment next(Demand demand);

    /** Whether every piece was given. */
    boolean isOver();

    /** Whether there is text that is no piece yet. */
    boolean hasRest();
}
