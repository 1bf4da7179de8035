// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import javax.sound.sampled.SourceDataLine;
import org.jspecify.annotations.Nullable;

/** A line of {@code javax.sound} that keeps what it is to play. */
public final class RecordingLine {
    public final ByteArrayOutputStream played = new ByteArrayOutputStream();
    public final CountDownLatch writing = new CountDownLatch(1);
    public final CountDownLatch closed = new CountDownLatch(1);
    /** How much of {@link #played} was there at the last flush. */
    public volatile int flushedAt;

    private final CountDownLatch flushed = new CountDownLatch(1);
    private final boolean stuck;
    private final int room;

    /** One that is {@code stuck} takes nothing, and waits until it is closed. */
    public RecordingLine(boolean stuck) {
        this(stuck, Integer.MAX_VALUE);
    }

    private RecordingLine(boolean stuck, int room) {
        this.stuck = stuck;
        this.room = room;
    }

    /** One that is full after {@code bytes} bytes, and waits until it is flushed. */
    public static RecordingLine fullAfter(int bytes) {
        return new RecordingLine(false, bytes);
    }

    public SourceDataLine line() {
        return (SourceDataLine) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SourceDataLine.class},
                (line, method, args) -> call(method.getName(), args));
    }

    private @Nullable Object call(String method, Object[] args) throws InterruptedException {
        return switch (method) {
            case "write" -> write((byte[]) args[0], (int) args[1], (int) args[2]);
            case "getLongFramePosition" -> played.size() / 2L; // 16 bits, mono
            case "isOpen" -> false;
            case "flush" -> {
                flushedAt = played.size();
                flushed.countDown();
                yield null;
            }
            case "close" -> {
                closed.countDown();
                yield null;
            }
            default -> null;
        };
    }

    private int write(byte[] bytes, int offset, int length) throws InterruptedException {
        writing.countDown();
        if (stuck) {
            closed.await();
            return 0;
        }
        if (played.size() >= room) {
            flushed.await();
        }
        played.write(bytes, offset, length);
        return length;
    }
}
