// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a stream of server-sent events. The data of an event is handed out while it arrives, so that a line of any length takes
 * no more memory than a short one. Not thread-safe.
 *
 * <pre>{@code
 * while (events.next()) {
 *     parse(events.data());
 * }
 * if (events.isCut()) ... // the last event has no end
 * }</pre>
 */
public final class SseReader {
    private static final int BUFFER_BYTES = 16 * 1024;
    /** A name or id that is longer is ignored; no server sends one. */
    private static final int MAX_FIELD_BYTES = 1024;
    /** Of "event" and "retry", the longest names that mean something. */
    private static final int MAX_NAME_BYTES = 5;

    private static final int END = -1;
    private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

    /** What a line turned out to be. */
    private enum Line {
        BLANK,
        DATA,
        OTHER,
        END
    }

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private boolean started;
    /** The last byte was a CR, so that an LF now belongs to it. It is not waited for. */
    private boolean skipLineFeed;
    /** Inside of an event that has data. */
    private boolean inData;
    /** The current line of data is over; what follows it has not been looked at. */
    private boolean lineEnded;
    /** The next line of data is separated from the one before. */
    private boolean newlineDue;
    /** Something of an event has come, and no end of it. */
    private boolean open;

    private String event = "";
    private String lastEventId = "";
    private Optional<Duration> retry = Optional.empty();

    /** Reads {@code in}, which stays the caller's to close. */
    public SseReader(InputStream in) {
        this.in = Objects.requireNonNull(in, "in");
    }

    /**
     * Goes to the next event that has data, past what is left of the current one.
     *
     * @return false at the end of the stream
     */
    public boolean next() throws IOException {
        byte[] rest = new byte[inData ? 1024 : 0];
        while (inData) {
            readData(rest, 0, rest.length);
        }
        event = "";
        while (true) {
            switch (readLineStart()) {
                case DATA -> {
                    inData = true;
                    return true;
                }
                case BLANK -> event = "";
                case END -> {
                    return false;
                }
                case OTHER -> {}
            }
        }
    }

    /**
     * The data of the current event, as it arrives: the bytes of its lines with a line feed between them. Empty where there is no
     * current event. To close it does nothing.
     */
    public InputStream data() {
        return new Data();
    }

    /**
     * The name of the current event, {@code message} where it has none. A server may send the name after the data; then it is only
     * known once the data was read.
     */
    public String event() {
        return event.isEmpty() ? "message" : event;
    }

    /** The last id that came, of this event or one before it; empty where none did. */
    public Optional<String> lastEventId() {
        return lastEventId.isEmpty() ? Optional.empty() : Optional.of(lastEventId);
    }

    /** How long the server last said to wait before connecting again. */
    public Optional<Duration> retry() {
        return retry;
    }

    /** Whether the stream ended in the middle of an event, so without the blank line that ends one. */
    public boolean isCut() {
        return open;
    }

    private final class Data extends InputStream {
        private final byte[] single = new byte[1];

        @Override
        public int read() throws IOException {
            return readData(single, 0, 1) < 0 ? END : single[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            return length == 0 ? 0 : readData(target, offset, length);
        }
    }

    private int readData(byte[] target, int offset, int length) throws IOException {
        while (inData) {
            if (lineEnded && !toNextLineOfData()) {
                inData = false;
                return END;
            }
            int count = 0;
            if (newlineDue) {
                newlineDue = false;
                target[offset] = '\n';
                count = 1;
            } else if (position == limit && !fill()) {
                inData = false;
                return END;
            }
            if (!lineEnded) { // a line without a colon has no value
                count += copyLine(target, offset + count, length - count);
            }
            if (count > 0) {
                return count;
            }
        }
        return END;
    }

    /** Copies what is buffered of the line; waits for nothing. */
    private int copyLine(byte[] target, int offset, int length) {
        int end = Math.min(limit, position + length);
        int at = LineEnd.find(buffer, position, end);
        int count = at - position;
        System.arraycopy(buffer, position, target, offset, count);
        position = at;
        if (at < limit && isLineEnd(buffer[at])) {
            skipLineEnd();
            lineEnded = true;
        }
        return count;
    }

    private boolean toNextLineOfData() throws IOException {
        while (true) {
            switch (readLineStart()) {
                case DATA -> {
                    newlineDue = true;
                    return true;
                }
                case BLANK, END -> {
                    return false;
                }
                case OTHER -> {}
            }
        }
    }

    /** Reads a line whole, unless it is one of data: then what comes next is its value, or it is {@link #lineEnded}. */
    private Line readLineStart() throws IOException {
        if (!started) {
            started = true;
            skipByteOrderMark();
        }
        lineEnded = false;
        int first = peek();
        if (first == END) {
            return Line.END;
        }
        if (isLineEnd(first)) {
            skipLineEnd();
            open = false;
            return Line.BLANK;
        }
        if (first == ':') {
            readValue(0); // a comment
            return Line.OTHER;
        }
        open = true;
        String name = readUntilColon();
        boolean hasValue = peek() == ':';
        if (hasValue) {
            position++;
            if (peek() == ' ') {
                position++;
            }
        }
        if (!name.equals("data")) {
            set(name, readValue(MAX_FIELD_BYTES));
            return Line.OTHER;
        }
        if (!hasValue) {
            if (peek() == END) {
                return Line.END;
            }
            skipLineEnd();
            lineEnded = true;
        }
        return Line.DATA;
    }

    /** The name of the field, or one that means nothing where it is too long. */
    private String readUntilColon() throws IOException {
        var name = new StringBuilder(MAX_NAME_BYTES + 1);
        for (int next = peek(); next != END && next != ':' && !isLineEnd(next); next = peek()) {
            if (name.length() <= MAX_NAME_BYTES) {
                name.append((char) next);
            }
            position++;
        }
        return name.toString();
    }

    /** The rest of the line and its end; empty where it is longer than {@code max} or the stream ends first. */
    private Optional<String> readValue(int max) throws IOException {
        byte[] value = new byte[max];
        int length = 0;
        int next = peek();
        while (next != END && !isLineEnd(next)) {
            if (length < max) {
                value[length] = (byte) next;
            }
            length++;
            position++;
            next = peek();
        }
        if (next == END) {
            return Optional.empty();
        }
        skipLineEnd();
        return length > max ? Optional.empty() : Optional.of(new String(value, 0, length, StandardCharsets.UTF_8));
    }

    private void set(String name, Optional<String> value) {
        switch (name) {
            case "event" -> value.ifPresent(text -> event = text);
            case "id" -> value.filter(text -> text.indexOf('\0') < 0).ifPresent(text -> lastEventId = text);
            case "retry" ->
                value.filter(text -> text.matches("\\d{1,15}"))
                        .ifPresent(text -> retry = Optional.of(Duration.ofMillis(Long.parseLong(text))));
            default -> {} // unknown fields are for others
        }
    }

    private void skipByteOrderMark() throws IOException {
        for (int expected : BYTE_ORDER_MARK) {
            if (peek() != expected) {
                return; // a part of it is the beginning of a name that nobody knows
            }
            position++;
        }
    }

    private static boolean isLineEnd(int next) {
        return next == '\n' || next == '\r';
    }

    /** Skips the end of a line, which is there. */
    private void skipLineEnd() {
        skipLineFeed = buffer[position] == '\r';
        position++;
    }

    /** The next byte, which stays to be read; waits for it. */
    private int peek() throws IOException {
        if (position == limit && !fill()) {
            return END;
        }
        if (skipLineFeed) {
            skipLineFeed = false;
            if (buffer[position] == '\n') {
                position++;
                return peek();
            }
        }
        return buffer[position] & 0xFF;
    }

    private boolean fill() throws IOException {
        int count = in.read(buffer, 0, buffer.length);
        position = 0;
        limit = Math.max(count, 0);
        return count > 0;
    }
}
