// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.layer.SegmentFeed.Demand;
import java.time.Duration;

/**
 * How much audio is on its way and not read, and so whether the next piece is wanted. How long a text will play is judged by its
 * length and by how long the text before it played. Its user guards it with a lock.
 */
final class Pacing {
    /** What most voices speak, before a voice shows its own pace. */
    static final double CHARS_PER_SECOND = 15;

    /** So little is left that a clause is better than to wait for a sentence. */
    private static final double DRY_SECONDS = 0.5;

    private static final int DUE = 4; // at this part of what may be ahead, a piece is wanted however long it is
    private static final double NANOS = 1e9;

    private final boolean isPaced;
    private final double mostSeconds;
    private double charsPerSecond;
    private long charsEnded;
    private double secondsEnded;
    private int charsAhead;
    private int charsSounding;
    private double secondsRead; // of what sounds

    Pacing(boolean isPaced, Duration most, double speed) {
        this.isPaced = isPaced;
        mostSeconds = most.toNanos() / NANOS;
        charsPerSecond = CHARS_PER_SECOND * speed;
    }

    /** A piece is asked for. */
    void begins(int chars) {
        charsAhead += chars;
    }

    /** A piece that was asked for is not made after all. */
    void leftOut(int chars) {
        charsAhead -= chars;
    }

    /** A piece that was asked for is the one that is read now. */
    void sounds(int chars) {
        charsAhead -= chars;
        charsSounding = chars;
    }

    void read(Duration duration) {
        secondsRead += duration.toNanos() / NANOS;
    }

    /** The piece that sounded was read to its end. */
    void ended() {
        if (secondsRead > 0) {
            charsEnded += charsSounding;
            secondsEnded += secondsRead;
            charsPerSecond = charsEnded / secondsEnded;
        }
        charsSounding = 0;
        secondsRead = 0;
    }

    /** How long what is on its way will play. */
    Duration unread() {
        return Duration.ofNanos((long) (unreadSeconds() * NANOS));
    }

    private double unreadSeconds() {
        return Math.max(0, charsSounding / charsPerSecond - secondsRead) + charsAhead / charsPerSecond;
    }

    Demand demand(boolean paused) {
        double unread = unreadSeconds();
        boolean isDry = charsAhead == 0 && unread <= DRY_SECONDS;
        if (!isPaced) {
            return new Demand(Integer.MAX_VALUE, true, isDry, paused);
        }
        double room = Math.max(0, (mostSeconds - unread) * charsPerSecond);
        return new Demand((int) room, unread <= mostSeconds / DUE, isDry, paused);
    }
}
