// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.Control;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.LineListener;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;
import org.jspecify.annotations.Nullable;

/** A line without a sound card. What it is told to take of each write is scripted. */
class RecordingLine implements SourceDataLine {
    final List<String> calls = new ArrayList<>();
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    /** Bytes that the next writes take; all where it is empty. */
    final Deque<Integer> takes = new ArrayDeque<>();

    long position;

    @Nullable
    LineUnavailableException unavailable;

    private @Nullable AudioFormat format;

    @Override
    public void open(AudioFormat wanted) throws LineUnavailableException {
        calls.add("open");
        if (unavailable != null) {
            throw unavailable;
        }
        if (wanted.getSampleRate() > 48_000) {
            throw new IllegalArgumentException("unsupported");
        }
        format = wanted;
    }

    @Override
    public void open(AudioFormat wanted, int bufferSize) throws LineUnavailableException {
        open(wanted);
    }

    @Override
    public void open() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(byte[] bytes, int offset, int length) {
        int count = takes.isEmpty() ? length : Math.min(length, takes.remove());
        taken.write(bytes, offset, count);
        return count;
    }

    @Override
    public void drain() {
        calls.add("drain");
    }

    @Override
    public void flush() {
        calls.add("flush");
    }

    @Override
    public void start() {
        calls.add("start");
    }

    @Override
    public void stop() {
        calls.add("stop");
    }

    @Override
    public void close() {
        calls.add("close");
        format = null;
    }

    @Override
    public boolean isOpen() {
        return format != null;
    }

    @Override
    public AudioFormat getFormat() {
        if (format == null) {
            throw new IllegalStateException("not open");
        }
        return format;
    }

    @Override
    public long getLongFramePosition() {
        return position;
    }

    @Override
    public int getFramePosition() {
        return (int) position;
    }

    @Override
    public boolean isRunning() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isActive() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getBufferSize() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int available() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long getMicrosecondPosition() {
        throw new UnsupportedOperationException();
    }

    @Override
    public float getLevel() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Line.Info getLineInfo() {
        return new DataLine.Info(SourceDataLine.class, format);
    }

    @Override
    public Control[] getControls() {
        return new Control[0];
    }

    @Override
    public boolean isControlSupported(Control.Type control) {
        return false;
    }

    @Override
    public Control getControl(Control.Type control) {
        throw new IllegalArgumentException("no controls");
    }

    @Override
    public void addLineListener(LineListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeLineListener(LineListener listener) {
        throw new UnsupportedOperationException();
    }
}
