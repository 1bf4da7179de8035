// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/**
 * The base64 in a JSON string, decoded while it arrives. It is given whatever has come behind the opening quotation mark, decodes
 * what is whole of it, and says where it stopped; what it left is given again, with more behind it. JSON's escapes are undone and
 * white space is passed over.
 *
 * <p>Not thread-safe.
 */
final class DataString {
    /** What may be left of a window that goes on: less than a group, and less than an escape. */
    static final int MAX_LEFT = 16;

    /** Two groups of four, so that 16-bit samples stay whole. */
    private static final int GROUP = 8;

    private static final int UNICODE_ESCAPE = 6; // backslash, u, four digits

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    /** The quotation mark and all that is below it: control characters, the blank, and an exclamation mark that is no base64. */
    private static final int FIRST_PLAIN = '"' + 1;

    private int position;
    private boolean ended;
    private boolean padded;
    /** The character that the last {@link #skip} read as an escape, 0 if it was white space. */
    private int escaped;

    /** Begins a string. */
    void begin() {
        ended = false;
        padded = false;
    }

    /** Where it stopped: at the closing quotation mark if it {@link #ended()}. */
    int position() {
        return position;
    }

    /** Whether the closing quotation mark was found. */
    boolean ended() {
        return ended;
    }

    /**
     * Decodes what is whole in {@code window} from {@code from} to {@code to}, which it may change. As long as the string goes on
     * and is not padded this is a multiple of six bytes, and at most {@value #MAX_LEFT} bytes of the window are left.
     *
     * @return in an array of its own, perhaps empty
     * @throws IOException if it is not base64
     */
    ByteBuffer decode(byte[] window, int from, int to) throws IOException {
        int clean = plainUntil(window, from, to);
        int read = clean;
        while (read < to && window[read] != '"') {
            int next = skip(window, read, to);
            if (next < 0) {
                break; // an escape that is not all there
            }
            if (next == read) {
                window[clean++] = window[read++];
            } else {
                read = next;
                if (escaped != 0) {
                    window[clean++] = (byte) escaped;
                }
            }
            int plain = plainUntil(window, read, to) - read;
            System.arraycopy(window, read, window, clean, plain);
            clean += plain;
            read += plain;
        }
        ended = read < to && window[read] == '"';
        int length = clean - from;
        int whole = ended ? length : length - length % GROUP;
        int left = length - whole;
        // What is not whole goes where it belongs, in front of what was not looked at.
        position = read - left;
        ByteBuffer decoded = whole == 0 ? NOTHING : decodeWhole(window, from, whole);
        System.arraycopy(window, from + whole, window, position, left);
        return decoded;
    }

    /** Behind the white space or the escape at {@code at}; {@code at} if there is neither, -1 if the escape is cut. */
    private int skip(byte[] window, int at, int to) throws IOException {
        escaped = 0;
        if (window[at] != '\\') {
            return window[at] <= ' ' && window[at] >= 0 ? at + 1 : at;
        }
        if (to - at < 2) {
            return -1;
        }
        switch (window[at + 1]) {
            case '/' -> escaped = '/';
            case 'b', 'f', 'n', 'r', 't' -> {}
            case 'u' -> {
                if (to - at < UNICODE_ESCAPE) {
                    return -1;
                }
                int character = hex(window, at + 2);
                if (character > '~') {
                    throw noBase64();
                }
                escaped = character <= ' ' ? 0 : character;
                return at + UNICODE_ESCAPE;
            }
            default -> throw noBase64();
        }
        return at + 2;
    }

    private static int hex(byte[] window, int at) throws IOException {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(window[i], 16);
            if (digit < 0) {
                throw noBase64();
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private ByteBuffer decodeWhole(byte[] window, int from, int length) throws IOException {
        if (padded) {
            throw noBase64();
        }
        padded = window[from + length - 1] == '=';
        try {
            return Base64.getDecoder().decode(ByteBuffer.wrap(window, from, length));
        } catch (IllegalArgumentException e) {
            throw noBase64(); // what Java says about it quotes what it met
        }
    }

    private static IOException noBase64() {
        return new IOException("the data of an audio part is not base64");
    }

    /** The index of the first byte that ends the string or has to be undone; {@code to} if there is none. Eight bytes at a time. */
    private static int plainUntil(byte[] window, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long bytes = (long) LONGS.get(window, at);
            long backslash = bytes ^ ONES * '\\';
            long low = bytes - ONES * FIRST_PLAIN & ~bytes;
            if (((low | backslash - ONES & ~backslash) & HIGH_BITS) != 0) {
                break;
            }
        }
        while (at < to && (window[at] >= FIRST_PLAIN || window[at] < 0) && window[at] != '\\') {
            at++;
        }
        return at;
    }
}
