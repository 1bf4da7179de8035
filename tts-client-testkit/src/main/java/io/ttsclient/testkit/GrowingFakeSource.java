// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextCursor;
import io.ttsclient.backend.TextEvent;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.TimingMark;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The audio of a text that is being written, spoken as it comes. Bits that split a word have marks of their own. */
final class GrowingFakeSource implements AudioSource {
    private final FakeCall call;
    private final Behaviour behaviour;
    private final Synthesis synthesis;
    private final AudioFormat format;
    private final TextCursor cursor;
    private final Registration onGrowth;
    private final List<TimingMark> timings = new ArrayList<>(); // guarded by the call's monitor
    private volatile CompletableFuture<Boolean> growth = new CompletableFuture<>();
    private byte[] audio = new byte[0]; // reading thread, as all below
    private int at;
    private long bytesSpoken;
    private int charsBefore;
    private boolean ended;
    private @Nullable AudioChunk first;

    GrowingFakeSource(FakeCall call, Behaviour behaviour, Synthesis synthesis, AudioFormat format) {
        this.call = call;
        this.behaviour = behaviour;
        this.synthesis = synthesis;
        this.format = format;
        cursor = synthesis.text().cursor();
        onGrowth = synthesis.text().onGrowth(() -> growth.complete(true));
    }

    /** Waits for the first audio. */
    GrowingFakeSource begun() {
        try {
            if (behaviour.broken() == Behaviour.Break.NONE || behaviour.breakAt() > 0) {
                first = next();
            }
            return this;
        } catch (RuntimeException e) {
            onGrowth.remove();
            throw e;
        }
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public @Nullable AudioChunk read() {
        try {
            call.requireWanted(synthesis);
            AudioChunk chunk = first != null ? first : next();
            first = null;
            if (chunk == null) {
                call.end(FakeCall.State.ENDED);
                onGrowth.remove();
            } else {
                call.read(chunk.size());
            }
            return chunk;
        } catch (RuntimeException e) {
            call.end(FakeCall.State.FAILED);
            throw e;
        }
    }

    private @Nullable AudioChunk next() {
        while (true) {
            call.requireWanted(synthesis);
            long position = call.bytesRead();
            if (behaviour.broken() != Behaviour.Break.NONE && position >= breakAt()) {
                switch (behaviour.broken()) {
                    case FAILURE -> throw behaviour.failure(synthesis);
                    case END -> {
                        return null;
                    }
                    default -> call.await(synthesis, null);
                }
            }
            if (at < audio.length) {
                int size = Math.min(wanted(), audio.length - at);
                if (behaviour.broken() != Behaviour.Break.NONE) {
                    size = (int) Math.min(size, breakAt() - position);
                }
                at += size;
                return new AudioChunk(ByteBuffer.wrap(audio, at - size, size).slice());
            }
            if (ended) {
                return null;
            }
            hear();
        }
    }

    private long breakAt() {
        return behaviour.breakAt() - behaviour.breakAt() % format.bytesPerFrame();
    }

    private int wanted() {
        int frame = format.bytesPerFrame();
        return Math.max(behaviour.chunkBytes() - behaviour.chunkBytes() % frame, frame);
    }

    /** Makes the audio of what comes next; waits for it. */
    private void hear() {
        var growing = new CompletableFuture<Boolean>();
        growth = growing; // before the look, so that nothing is missed
        TextEvent event = cursor.poll();
        if (event == null) {
            synthesis.attempt().resting();
            call.awaitGrowth(synthesis, growing);
            synthesis.attempt().resumed();
            return;
        }
        switch (event.kind()) {
            case TEXT -> speak(event.text());
            case FLUSH -> {}
            case END -> ended = true;
        }
    }

    private void speak(String delta) {
        synthesis.attempt().sent(delta.length());
        call.heard(delta);
        var speech = new FakeAudio(delta, format, call.options().speed().orElse(1));
        Duration start = format.encoding().isCompressed() ? Duration.ZERO : format.durationOf(bytesSpoken);
        audio = speech.bytes();
        at = 0;
        bytesSpoken += audio.length;
        if (behaviour.givesTimings()) {
            int before = charsBefore;
            call.locked(() -> timings.addAll(speech.words().stream()
                    .map(mark -> mark.shiftedBy(before, start))
                    .toList()));
        }
        charsBefore += delta.length();
    }

    @Override
    public List<TimingMark> timings() {
        Duration heard = format.encoding().isCompressed() ? Duration.ZERO : format.durationOf(call.bytesRead());
        return call.locked(() -> timings.stream()
                .filter(mark -> mark.start().compareTo(heard) < 0)
                .toList());
    }

    @Override
    public void close() {
        onGrowth.remove();
        call.closed();
    }
}
