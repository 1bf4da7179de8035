// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.TtsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * An answer with its body still open.
 *
 * <p>One thread reads; {@link #close()} comes from any. A response may only be closed by the thread that reads it, and a blocked
 * read only ends when the call is cancelled, so closing goes through these states:
 *
 * <pre>
 * IDLE    -read-> READING      READING -bytes-> IDLE
 * READING -end-> ENDED         READING -failure-> CLOSED
 * IDLE    -close-> CLOSED      READING -close-> CLOSING -read returns-> CLOSED
 * ENDED, CLOSING, CLOSED -close-> unchanged
 * </pre>
 */
final class Exchange {
    private static final int SLAB_BYTES = 16 * 1024;
    /** Less room than this at the end of a slab is not worth a read. */
    private static final int MIN_ROOM = 1024;

    private enum State {
        IDLE,
        READING,
        ENDED,
        CLOSING,
        CLOSED
    }

    private final Synthesis synthesis;
    private final Call call;
    private final Response response;
    private final CallFailure failures;
    private final Runnable onEnd;
    private final BufferedSource source;
    private final InputStream in;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    // Of the reading thread:
    private byte[] slab = new byte[0];
    private int used;
    private long bytes;

    /** {@code onEnd} runs once, when nothing more is to be read or closed. */
    Exchange(Synthesis synthesis, Call call, Response response, CallFailure failures, Runnable onEnd) {
        this.synthesis = synthesis;
        this.call = call;
        this.response = response;
        this.failures = failures;
        this.onEnd = onEnd;
        source = response.body().source();
        in = source.inputStream();
    }

    /** The next bytes, as they arrive; null at the end. Slices of a slab that is never written over. */
    @Nullable
    ByteBuffer read() {
        if (slab.length - used < MIN_ROOM) {
            slab = new byte[SLAB_BYTES];
            used = 0;
        }
        int count = read(slab, used, slab.length - used);
        if (count < 0) {
            return null;
        }
        used += count;
        return ByteBuffer.wrap(slab, used - count, count).slice().asReadOnlyBuffer();
    }

    /** As {@link InputStream#read(byte[], int, int)}. */
    int read(byte[] target, int offset, int length) {
        if (!begin()) {
            return -1;
        }
        try {
            int count = in.read(target, offset, length);
            if (count < 0) {
                finish(State.ENDED);
            } else {
                bytes += count;
                pause();
            }
            return count;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** What can be read without waiting. */
    int available() {
        return state.get() == State.IDLE ? (int) Math.min(source.getBuffer().size(), Integer.MAX_VALUE) : 0;
    }

    /** The first {@code count} bytes of what is to be read, or all where there are fewer; they stay to be read. */
    ByteBuffer peek(int count) {
        if (!begin()) {
            return ByteBuffer.allocate(0);
        }
        try {
            source.request(count);
            long there = Math.min(count, source.getBuffer().size());
            ByteBuffer first = source.getBuffer().snapshot((int) there).asByteBuffer();
            pause();
            return first;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * At most {@code max} bytes that arrive within {@code patience}, and the end of the exchange: for bodies that only explain a
     * failure, which is known without them.
     */
    byte[] drain(int max, Duration patience) {
        byte[] head = new byte[max];
        int length = 0;
        if (!begin()) {
            return new byte[0];
        }
        State last = State.CLOSED;
        try {
            source.timeout().deadline(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS);
            int count = 0;
            while (length < max && count >= 0) {
                length += count;
                count = in.read(head, length, max - length);
            }
            last = count < 0 ? State.ENDED : State.CLOSED;
        } catch (IOException e) {
            last = State.CLOSED; // it came late or broke off: what there is has to do
        }
        if (last == State.CLOSED) {
            call.cancel();
        }
        finish(last);
        return Arrays.copyOf(head, length);
    }

    private boolean begin() {
        if (state.compareAndSet(State.IDLE, State.READING)) {
            return true;
        }
        return switch (state.get()) {
            case ENDED -> false;
            case READING -> throw new IllegalStateException("another thread reads this answer");
            default -> throw synthesis.cancelled();
        };
    }

    private void pause() {
        if (!state.compareAndSet(State.READING, State.IDLE)) {
            finish(State.CLOSED);
            throw synthesis.cancelled();
        }
    }

    private TtsException failed(IOException failure) {
        boolean closing = state.get() == State.CLOSING;
        finish(State.CLOSED);
        return closing ? synthesis.cancelled() : failures.inBody(failure, bytes);
    }

    private void finish(State last) {
        state.set(last);
        response.close();
        onEnd.run();
    }

    /** Ends it from any thread, without waiting. */
    void close() {
        if (state.compareAndSet(State.IDLE, State.CLOSED)) {
            // Cancelled first: to close a response is to read what is left of it, in the hope to keep its connection.
            call.cancel();
            response.close();
            onEnd.run();
        } else if (state.compareAndSet(State.READING, State.CLOSING)) {
            call.cancel();
        }
    }
}
