// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

/**
 * Tells acknowledgements of Aura's that come twice from new ones. They carry a number of the server's, of which nothing but the name
 * is documented: one with the number of the one before, and no audio between the two, is taken as a repetition; one without a number
 * never is. A new one that is taken as a repetition costs the socket or the piece, and the other way round would let old audio into
 * the next turn. Of the thread that reads from the network.
 */
final class Repetitions {
    private final Kind flushed = new Kind();
    private final Kind cleared = new Kind();
    private boolean isRepetition;

    private static final class Kind {
        private long last = -1;
        private boolean audioSince;

        boolean repeats(long sequence) {
            boolean repeats = sequence >= 0 && sequence == last && !audioSince;
            last = sequence;
            audioSince = false;
            return repeats;
        }
    }

    /** Audio has come. */
    void audio() {
        flushed.audioSince = true;
        cleared.audioSince = true;
    }

    /** The server has told something. */
    void told(ServerMessage message) {
        isRepetition = switch (message.type()) {
            case FLUSHED -> flushed.repeats(message.sequence());
            case CLEARED -> cleared.repeats(message.sequence());
            default -> false;
        };
    }

    /** Whether what was told last was told before. */
    boolean isRepetition() {
        return isRepetition;
    }
}
