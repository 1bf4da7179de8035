// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A text in UTF-8, piece by piece as it arrives. What cannot be read comes out of {@link #hasNext} as a {@link UsageException}.
 * Not thread-safe.
 */
final class IncomingText implements Iterator<String> {
    /** More than a day of speech. */
    static final int MAX_BYTES = 10 * 1024 * 1024;

    private static final int PIECE_BYTES = 8 * 1024;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String source;
    private final InputStream in;
    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    /** What has come and is not decoded: at most the beginning of a letter. */
    private final ByteBuffer bytes = ByteBuffer.allocate(PIECE_BYTES);

    private int length;
    private boolean begun;
    private boolean ended;
    private @Nullable String next;

    /** {@code source} is how messages name it. */
    IncomingText(String source, InputStream in) {
        this.source = source;
        this.in = in;
    }

    /** Waits for a piece, or for the end. */
    @Override
    public boolean hasNext() {
        while (next == null && !ended) {
            String piece = read();
            next = piece.isEmpty() ? null : piece;
        }
        return next != null;
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String piece = String.valueOf(next);
        next = null;
        return piece;
    }

    private String read() {
        try {
            int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
            ended = count < 0;
            bytes.position(bytes.position() + Math.max(0, count));
            length += Math.max(0, count);
            if (length > MAX_BYTES) {
                throw new UsageException(source + ": longer than " + MAX_BYTES + " bytes, the most that is spoken");
            }
            return withoutMark(decode());
        } catch (CharacterCodingException e) {
            throw new UsageException(source + ": is not UTF-8 text");
        } catch (IOException e) {
            throw UsageException.file(source, e);
        }
    }

    private String decode() throws CharacterCodingException {
        CharBuffer chars = CharBuffer.allocate(PIECE_BYTES);
        var result = decoder.decode(bytes.flip(), chars, ended);
        if (result.isError()) {
            result.throwException();
        }
        bytes.compact();
        return chars.flip().toString();
    }

    private String withoutMark(String piece) {
        boolean isMarked = !begun && piece.indexOf(BYTE_ORDER_MARK) == 0;
        begun |= !piece.isEmpty();
        return isMarked ? piece.substring(1) : piece;
    }
}
