// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.TimingMark;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The audio of one call; strict with who reads it. */
final class FakeSource implements AudioSource {
    private final FakeCall call;
    private final Behaviour behaviour;
    private final Synthesis synthesis;
    private final AudioFormat format;
    private final byte[] audio;
    private final List<TimingMark> timings;
    private final long breakAt;
    private final AtomicBoolean reading = new AtomicBoolean();
    private boolean over; // reading thread

    FakeSource(FakeCall call, Behaviour behaviour, Synthesis synthesis, AudioFormat format) {
        this.call = call;
        this.behaviour = behaviour;
        this.synthesis = synthesis;
        this.format = format;
        var speech = new FakeAudio(call.text(), format, call.options().speed().orElse(1));
        audio = speech.bytes();
        timings = behaviour.givesTimings() ? speech.words() : List.of();
        long wholeFrames = behaviour.breakAt() - behaviour.breakAt() % format.bytesPerFrame();
        breakAt = behaviour.isEndless() ? wholeFrames : Math.min(wholeFrames, audio.length);
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public @Nullable AudioChunk read() {
        if (!reading.compareAndSet(false, true)) {
            throw new IllegalStateException("two threads read one source at once");
        }
        try {
            if (over) {
                throw new IllegalStateException("a source that has ended or failed is read again");
            }
            AudioChunk chunk = next();
            if (chunk == null) {
                over = true;
                call.end(FakeCall.State.ENDED);
            } else {
                call.read(chunk.size());
            }
            return chunk;
        } catch (RuntimeException e) {
            over = true;
            call.end(FakeCall.State.FAILED);
            throw e;
        } finally {
            reading.set(false);
        }
    }

    private @Nullable AudioChunk next() {
        call.requireWanted(synthesis);
        long position = call.bytesRead();
        if (behaviour.broken() != Behaviour.Break.NONE && position == breakAt) {
            switch (behaviour.broken()) {
                case FAILURE -> throw behaviour.failure(synthesis);
                case END -> {
                    return null;
                }
                default -> call.await(synthesis, null);
            }
        }
        if (!behaviour.isEndless() && position == audio.length) {
            return null;
        }
        int from = (int) (position % audio.length);
        return new AudioChunk(ByteBuffer.wrap(audio, from, size(from, position)).slice());
    }

    private int size(int from, long position) {
        int frame = format.bytesPerFrame();
        int wanted = Math.max(behaviour.chunkBytes() - behaviour.chunkBytes() % frame, frame);
        int size = Math.min(wanted, audio.length - from);
        return behaviour.broken() == Behaviour.Break.NONE ? size : (int) Math.min(size, breakAt - position);
    }

    @Override
    public List<TimingMark> timings() {
        if (timings.isEmpty()) {
            return timings;
        }
        var heard = format.durationOf(call.bytesRead());
        return timings.stream()
                .filter(mark -> mark.start().compareTo(heard) < 0)
                .toList();
    }

    @Override
    public void close() {
        call.closed();
    }
}
