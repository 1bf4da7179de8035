// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import java.time.Duration;

/**
 * How many sockets there may be, and for how long.
 *
 * @param sockets the most at once, of all voices and formats together
 * @param idle how long one is kept that nobody uses
 * @param age how long one is used; up to a tenth less, so that those of one moment do not all go in one moment
 * @param patience how long a turn waits for a socket where there may be no more
 */
record PoolLimits(int sockets, Duration idle, Duration age, Duration patience) {
    /** Deepgram allows 45 at once to those who pay as they go; a few stay free for what is not counted here. */
    static final int AURA_SOCKETS = 40;
    /** Deepgram allows 5 at once in Europe and Australia. */
    static final int FLUX_SOCKETS = 4;
    /** Deepgram closes a socket after 60 minutes. */
    static final Duration AGE = Duration.ofMinutes(55);

    static final Duration IDLE = Duration.ofMinutes(5);
    static final Duration WAIT = Duration.ofSeconds(5);
}
