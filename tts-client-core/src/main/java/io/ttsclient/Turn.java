// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.GrowingText;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.DeliveredText;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechReport;
import io.ttsclient.speech.SpokenText;
import io.ttsclient.speech.TimingMark;
import io.ttsclient.text.Speakable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a session, and its audio. Whoever comes first has it spoken: the reader who waits for it, or a thread of the
 * executor. What changes is guarded by the lock of the queue.
 */
final class Turn implements AudioSource {
    /**
     * How far it is. Its audio is over in the last two.
     *
     * <pre>
     * WAITING -> WRITING   the first text
     * WAITING -> WRITTEN   finish: silence
     * WRITING -> WRITTEN   finish
     * WRITING -> LEFT      the audio has failed or was closed, and more text may come, for which there is no use
     * LEFT -> OVER         finish, interrupt
     * WRITTEN -> OVER      the audio has ended, has failed or was closed
     * WAITING -> OVER      the audio was closed, or the session was
     * WRITING, WRITTEN -> OVER   interrupt
     * </pre>
     */
    enum State {
        WAITING,
        WRITING,
        WRITTEN,
        LEFT,
        OVER;

        boolean isWritten() {
            return this == WRITTEN || this == OVER;
        }

        boolean isHeard() {
            return this == LEFT || this == OVER;
        }
    }

    private final LiveSession session;
    private final TurnQueue turns;
    private final GrowingText text = new GrowingText();
    private final String requestId = Requests.newId();
    private final AudioStream stream;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<AudioSource> opened = new CompletableFuture<>();

    private volatile State state = State.WAITING; // written with the queue's lock held
    private @Nullable Synthesis synthesis; // once there is text; guarded by that lock, as all below
    private @Nullable TtsException failure; // of its audio
    private boolean isAskedFor;
    private boolean isWaitedFor;
    private boolean isSpeakable;
    private boolean hasThread;
    private long bytesDelivered;
    private boolean hasEnded; // all of its audio was read

    Turn(LiveSession session, TurnQueue turns) {
        this.session = session;
        this.turns = turns;
        stream = AudioStream.of(this, session.executor(), this::report, () -> state.isHeard());
        text.onRead(turns::textWasRead);
    }

    GrowingText text() {
        return text;
    }

    AudioStream stream() {
        return stream;
    }

    private SpeechReport report() {
        Synthesis begunAs = turns.locked(() -> synthesis);
        return begunAs == null
                ? SpeechReport.builder(requestId).build()
                : begunAs.journal().report();
    }

    // --- for the queue and the writer, with the lock held

    State state() {
        return state;
    }

    void state(State next) {
        state = next;
    }

    /** Whether nobody would miss it: finished without text, and nobody has asked for its audio. */
    boolean isUnnoticed() {
        return state == State.WRITTEN && synthesis == null && !isAskedFor;
    }

    void askedFor() {
        isAskedFor = true;
    }

    /** It has its first text, and so is a request. */
    void begin() {
        Synthesis taken = session.requests().takeTurn(text, session.options(), requestId);
        synthesis = taken;
        state = State.WRITING;
        taken.onCancel(() -> {
            if (opened.completeExceptionally(session.requests().explain(taken, taken.cancelled()))) {
                turns.wake();
            }
        });
    }

    /** Its audio is over; {@code why} is null if it has come to its end. */
    void over(@Nullable TtsException why) {
        failure = why;
        state = state == State.WRITING ? State.LEFT : State.OVER;
    }

    /** Whether text that is worth a thread has come, now that {@code delta} has. Half a letter may become one. */
    boolean isSpeakableWith(CharSequence delta) {
        isSpeakable = isSpeakable
                || Speakable.anythingIn(delta)
                || delta.chars().anyMatch(c -> Character.isSurrogate((char) c));
        return isSpeakable;
    }

    /** Whether a thread should have it spoken because no reader is there to do so; once. */
    boolean takesThread() {
        boolean takes = isSpeakable && !hasThread && !isWaitedFor && !begun.get() && !state.isHeard();
        hasThread |= takes;
        return takes;
    }

    /** Why no more text is taken; null if it is. */
    @Nullable
    TtsException failure() {
        if (failure != null || !opened.isCompletedExceptionally()) {
            return failure;
        }
        try {
            opened.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause() instanceof TtsException thrown ? thrown : null;
        }
    }

    // --- for anybody, without the lock

    /** What it has become with its first text. */
    Synthesis begunAs() {
        return Objects.requireNonNull(turns.locked(() -> synthesis), "nothing is written yet");
    }

    /** Ends it as silence: it was finished without text. */
    void silence() {
        if (begun.compareAndSet(false, true)) {
            AudioFormat format =
                    session.options().format().orElse(session.capabilities().defaultFormat());
            opened.complete(AudioSource.of(format, List.of(), List.of()));
        }
    }

    /** Has it spoken, unless that was begun before. Waits for text and audio. */
    void open() {
        Synthesis taken = turns.locked(() -> synthesis);
        if (taken == null || !begun.compareAndSet(false, true)) {
            return;
        }
        try {
            AudioSource source = session.requests().open(taken);
            if (!opened.complete(source)) {
                source.close();
            }
        } catch (RuntimeException | Error e) {
            opened.completeExceptionally(e);
            turns.wake();
        }
    }

    /** Ends what runs, wherever it runs. */
    void cancel() {
        Synthesis taken = turns.locked(() -> synthesis);
        if (taken == null) {
            opened.completeExceptionally(cancelled(null));
            return;
        }
        taken.cancellation().cancel();
        if (begun.compareAndSet(false, true)) {
            session.requests().end(taken);
        } else if (opened.isDone() && !opened.isCompletedExceptionally()) {
            opened.join().close();
        }
    }

    private TtsException cancelled(@Nullable Throwable cause) {
        String message = cause == null ? "the turn was interrupted" : "the reading thread was interrupted";
        TtsException.Builder cancelled = session.requests().state() == Requests.State.CLOSED
                ? Requests.closed()
                : TtsException.builder(Category.CANCELLED, message);
        return cancelled.requestId(requestId).cause(cause).build();
    }

    private AudioSource source() {
        try {
            turns.awaitText(this);
            open();
            return opened.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel();
            throw cancelled(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TtsException thrown) {
                throw thrown;
            }
            throw new IllegalStateException("a backend failed with something else than a TtsException", e.getCause());
        }
    }

    /** With the lock held: a reader waits for text, or does no longer. */
    void isWaitedFor(boolean now) {
        isWaitedFor = now;
    }

    @Override
    public AudioFormat format() {
        return source().format();
    }

    @Override
    public @Nullable AudioChunk read() {
        AudioSource source;
        AudioChunk chunk;
        try {
            source = source();
            chunk = source.read();
        } catch (TtsException e) {
            TtsException told = told(e);
            session.audioOver(this, told);
            throw told;
        }
        if (!turns.isDelivered(this, chunk == null ? 0 : chunk.size())) {
            throw cancelled(null);
        }
        if (chunk == null) {
            return ended(source);
        }
        return chunk;
    }

    private @Nullable AudioChunk ended(AudioSource source) {
        boolean isCut = turns.locked(() -> !state.isWritten());
        if (isCut) {
            source.close();
            TtsException cut = told(
                    TtsException.builder(Category.TRUNCATED, "the audio ended while the text was still being written")
                            .requestId(requestId)
                            .build());
            session.audioOver(this, cut);
            throw cut;
        }
        turns.locked(() -> hasEnded = true);
        session.audioOver(this, null);
        return null;
    }

    /** With what is known of the text that was delivered, where nobody has said so. */
    private TtsException told(TtsException thrown) {
        if (thrown.deliveredText().isPresent()) {
            return thrown;
        }
        SpokenPosition position = position();
        Duration delivered = position.delivered();
        SpokenText spoken = position.at(delivered == null ? Duration.ZERO : delivered);
        int complete = spoken.isEstimate() ? 0 : spoken.end();
        boolean isNothing = turns.locked(() -> bytesDelivered == 0);
        return thrown.toBuilder()
                .deliveredText(isNothing ? new DeliveredText(0, 0) : new DeliveredText(complete, text.length()))
                .build();
    }

    /** With the lock held. */
    void delivered(int bytes) {
        bytesDelivered += bytes;
    }

    @Override
    public List<TimingMark> timings() {
        return opened.isDone() && !opened.isCompletedExceptionally()
                ? opened.join().timings()
                : List.of();
    }

    /** The reader leaves, or is done. */
    @Override
    public void close() {
        if (session.audioOver(this, cancelled(null))) {
            cancel();
        } else if (opened.isDone() && !opened.isCompletedExceptionally()) {
            opened.join().close();
        }
    }

    SpokenText spokenUpTo(Duration played) {
        return position().at(played);
    }

    private SpokenPosition position() {
        boolean isOpen = opened.isDone() && !opened.isCompletedExceptionally();
        AudioFormat format =
                isOpen ? opened.join().format() : session.capabilities().defaultFormat();
        long bytes = turns.locked(() -> bytesDelivered);
        Duration delivered =
                bytes == 0 ? Duration.ZERO : format.encoding().isCompressed() ? null : format.durationOf(bytes);
        return new SpokenPosition(
                text.text(), timings(), delivered, turns.locked(() -> hasEnded), session.charsPerSecond());
    }
}
