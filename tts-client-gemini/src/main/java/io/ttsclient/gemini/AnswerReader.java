// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers of {@code generateContent}, one JSON object or several, and gives the audio in them as it arrives.
 *
 * <p>Jackson reads everything but the audio. It is fed up to each quotation mark; where the one that it got last began the value
 * of {@code inlineData.data}, what follows goes through {@link DataString} instead, and Jackson sees an empty string. So memory
 * is one small window, however long an answer is.
 *
 * <p>Not thread-safe.
 */
final class AnswerReader {
    private static final int WINDOW_BYTES = 16 * 1024;
    /** The longest string beside the audio, such as a message. */
    private static final int MAX_STRING_CHARS = 1024 * 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_STRING_CHARS)
                    .maxNestingDepth(100)
                    .build())
            .build();

    private final InputStream in;
    private final Answer answer;
    private final DataString data = new DataString();
    private final JsonParser json;
    private final ByteArrayFeeder feeder;
    private final byte[] window = new byte[WINDOW_BYTES];
    private int position;
    private int limit;
    private boolean inData;

    /** Reads {@code in}, which stays the caller's to close, and takes down in {@code answer} what it says beside the audio. */
    AnswerReader(InputStream in, Answer answer) throws IOException {
        this.in = in;
        this.answer = answer;
        json = JSON.createNonBlockingByteArrayParser();
        feeder = (ByteArrayFeeder) json.getNonBlockingInputFeeder();
    }

    /**
     * The next audio, as soon as some of it is there.
     *
     * @return in an array of its own, never empty; null at the end of the answer, or where it says that no more audio comes
     * @throws IOException if it is not JSON, the audio is not base64, or reading fails
     */
    @Nullable
    ByteBuffer read() throws IOException {
        while (true) {
            if (!inData) {
                readJson();
            }
            if (inData) {
                ByteBuffer audio = data.decode(window, position, limit);
                position = data.position();
                inData = !data.ended();
                if (audio.hasRemaining()) {
                    return audio;
                }
            }
            if (answer.isFailed()) {
                return null;
            }
            if ((inData || position == limit) && !fill()) {
                json.close();
                return null;
            }
        }
    }

    /** Whether the answer ended where an answer may end: not inside of an object. */
    boolean isComplete() {
        return !inData && answer.isBegun() && json.getParsingContext().inRoot();
    }

    /** Reads until a data string begins, or to the end of the window. */
    private void readJson() throws IOException {
        while (position < limit && !inData && !answer.isFailed()) {
            int end = behindQuote();
            boolean dataDue = answer.isDataNext();
            feed(end);
            if (dataDue && answer.isDataNext() && window[end - 1] == '"') {
                data.begin();
                inData = true;
            }
            position = end;
        }
    }

    private int behindQuote() {
        int at = position;
        while (at < limit && window[at] != '"') {
            at++;
        }
        return Math.min(at + 1, limit);
    }

    private void feed(int end) throws IOException {
        answer.seen(window, position, end);
        try {
            feeder.feedInput(window, position, end);
            JsonToken token = json.nextToken();
            while (token != JsonToken.NOT_AVAILABLE) {
                answer.token(token, json);
                token = answer.isFailed() ? JsonToken.NOT_AVAILABLE : json.nextToken();
            }
        } catch (JsonProcessingException e) {
            throw new IOException("it is not JSON, or more of it than anybody expects"); // what Jackson says quotes it
        }
    }

    private boolean fill() throws IOException {
        int left = limit - position;
        System.arraycopy(window, position, window, 0, left);
        position = 0;
        limit = left;
        int count = in.read(window, left, window.length - left);
        limit += Math.max(count, 0);
        return count >= 0;
    }
}
