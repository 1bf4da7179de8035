// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a body, in chunks of HTTP or as it is, and breaks off where it is told to. Each write is sent at once. */
final class BodyStream extends OutputStream {
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** What happens at a position of the body. */
    interface Break {
        void happen() throws IOException, InterruptedException;
    }

    private final OutputStream out;
    private final boolean chunked;
    private final long breakAt;
    private final Break broken;
    private long position;
    private boolean isBroken;

    BodyStream(OutputStream out, boolean chunked, long breakAt, Break broken) {
        this.out = out;
        this.chunked = chunked;
        this.breakAt = breakAt;
        this.broken = broken;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        byte[] start =
                chunked ? (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII) : new byte[0];
        byte[] end = chunked ? LINE_END : new byte[0];
        // One write, so that a chunk is one packet.
        byte[] frame = Arrays.copyOf(start, start.length + length + end.length);
        System.arraycopy(bytes, offset, frame, start.length, length);
        System.arraycopy(end, 0, frame, start.length + length, end.length);
        int from = 0;
        if (!isBroken && breakAt < position + length) {
            from = breakAt == position ? 0 : start.length + (int) (breakAt - position);
            out.write(frame, 0, from);
            out.flush();
            breakOff();
        }
        out.write(frame, from, frame.length - from);
        out.flush();
        position += length;
    }

    /** Ends the body; a break that was not reached happens before its last chunk. */
    void finish() throws IOException {
        if (!isBroken) {
            breakOff();
        }
        if (chunked) {
            out.write(LAST_CHUNK);
            out.flush();
        }
    }

    private void breakOff() throws IOException {
        isBroken = true;
        try {
            broken.happen();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server closes");
        }
    }
}
