// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the end of a line, eight bytes at a time: a line may be megabytes of base64. */
final class LineEnd {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    /** Above both ends of a line and few other bytes that text has. */
    private static final int ABOVE = '\r' + 1;

    private LineEnd() {}

    /** The index of the first CR or LF from {@code from} on; {@code to} if there is none before. */
    static int find(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (at <= to - Long.BYTES && allAbove((long) LONGS.get(bytes, at))) {
                at += Long.BYTES;
            } else if (bytes[at] == '\n' || bytes[at] == '\r') {
                return at;
            } else {
                at++;
            }
        }
        return to;
    }

    private static boolean allAbove(long eight) {
        return (eight - ONES * ABOVE & ~eight & HIGH_BITS) == 0;
    }
}
