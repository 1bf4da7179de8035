// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.deepgram;

/**
 * What a {@link DeepgramEmulator} does wrong, once. Immutable.
 *
 * <p>Refusals are for the next connection or REST request, all others for the next turn, which is the next flush or, with Flux, the
 * next speech. One that cannot be played over REST is a violation there.
 */
public final class Fault {
    /** What goes wrong. */
    enum Kind {
        REFUSE,
        NOT_FROM_DEEPGRAM,
        NEVER_ANSWER,
        HANG_UP,
        NO_AUDIO,
        NO_FLUSHED,
        FLUSHED_FIRST,
        FLUSHED_TWICE,
        LATE_FLUSHED,
        CLEARED_TWICE,
        NO_CLEARED,
        IGNORED_FLUSH,
        STALL,
        CLOSE,
        CUT,
        ERROR,
        ERROR_FIRST,
        ERROR_AFTERWARDS,
        WARN,
        NONSENSE,
        ODD_FRAMES,
        ONE_FRAME,
        SPLIT_FRAMES,
        HALF_A_SAMPLE,
        AUDIO_AFTERWARDS,
        AUDIO_AFTER_CLOSE
    }

    private final Kind kind;
    private final int number;
    private final String words;

    private Fault(Kind kind, int number, String words) {
        this.kind = kind;
        this.number = number;
        this.words = words;
    }

    private static Fault of(Kind kind) {
        return new Fault(kind, 0, "");
    }

    Kind kind() {
        return kind;
    }

    int number() {
        return number;
    }

    String words() {
        return words;
    }

    /** Refuses with this status, and this as {@code err_code}, as Deepgram does. */
    public static Fault refuse(int status, String code) {
        return new Fault(Kind.REFUSE, status, code);
    }

    /** Answers a WebSocket's request with this status, as a proxy would: without a word of Deepgram's. REST goes through. */
    public static Fault proxyAnswers(int status) {
        return new Fault(Kind.NOT_FROM_DEEPGRAM, status, "");
    }

    /** Never answers a request. */
    public static Fault neverAnswer() {
        return of(Kind.NEVER_ANSWER);
    }

    /** Closes the connection of a WebSocket's request without an answer. */
    public static Fault hangUp() {
        return of(Kind.HANG_UP);
    }

    /** Speaks nothing, and says that this was all. */
    public static Fault noAudio() {
        return of(Kind.NO_AUDIO);
    }

    /** Never says that a turn has ended. */
    public static Fault noEnd() {
        return of(Kind.NO_FLUSHED);
    }

    /** Says {@code Flushed} before the audio, and not behind it; with Flux, where it means nothing, this is no fault. */
    public static Fault flushedFirst() {
        return of(Kind.FLUSHED_FIRST);
    }

    /** Says {@code Flushed} twice. */
    public static Fault flushedTwice() {
        return of(Kind.FLUSHED_TWICE);
    }

    /** Where the turn is cleared, says {@code Flushed} all the same, behind {@code Cleared}. */
    public static Fault lateFlushed() {
        return of(Kind.LATE_FLUSHED);
    }

    /** Where the turn is cleared, says {@code Cleared} twice, at once. */
    public static Fault clearedTwice() {
        return of(Kind.CLEARED_TWICE);
    }

    /** Where the turn is cleared or interrupted, never says so. */
    public static Fault neverQuiet() {
        return of(Kind.NO_CLEARED);
    }

    /** Ignores the flush, with a warning. */
    public static Fault ignoredFlush() {
        return of(Kind.IGNORED_FLUSH);
    }

    /** Goes silent after so many frames. */
    public static Fault stallAfter(int frames) {
        return new Fault(Kind.STALL, frames, "");
    }

    /** Closes after one frame, with this code and reason. */
    public static Fault close(int code, String reason) {
        return new Fault(Kind.CLOSE, code, reason);
    }

    /** Cuts the connection after so many frames. */
    public static Fault cutAfter(int frames) {
        return new Fault(Kind.CUT, frames, "");
    }

    /** Tells an error with this code after one frame, and closes. */
    public static Fault error(String code) {
        return new Fault(Kind.ERROR, 0, code);
    }

    /** Tells an error with this code before any audio, and closes. */
    public static Fault errorFirst(String code) {
        return new Fault(Kind.ERROR_FIRST, 0, code);
    }

    /** Tells an error with this code once the turn is over, and closes. */
    public static Fault errorAfterwards(String code) {
        return new Fault(Kind.ERROR_AFTERWARDS, 0, code);
    }

    /** Tells a warning with this code before the audio; over REST in a header. */
    public static Fault warn(String code) {
        return new Fault(Kind.WARN, 0, code);
    }

    /** Tells things that nobody understands. */
    public static Fault nonsense() {
        return of(Kind.NONSENSE);
    }

    /** Sends audio in frames of odd lengths, which cut samples. */
    public static Fault oddFrames() {
        return of(Kind.ODD_FRAMES);
    }

    /** Sends all audio in one frame. */
    public static Fault oneFrame() {
        return of(Kind.ONE_FRAME);
    }

    /** Sends each message of audio in several frames of the WebSocket, which are continued in odd places. */
    public static Fault splitFrames() {
        return of(Kind.SPLIT_FRAMES);
    }

    /** Leaves out the last byte. */
    public static Fault halfASample() {
        return of(Kind.HALF_A_SAMPLE);
    }

    /** Sends more audio once the turn is over. */
    public static Fault audioAfterwards() {
        return of(Kind.AUDIO_AFTERWARDS);
    }

    /** Sends more audio when the client closes the socket that had the turn; Aura only. */
    public static Fault audioAfterClose() {
        return of(Kind.AUDIO_AFTER_CLOSE);
    }

    @Override
    public String toString() {
        return kind + (number == 0 ? "" : " " + number) + (words.isEmpty() ? "" : " " + words);
    }
}
