// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.transport.HttpError;
import io.ttsclient.transport.HttpResponse;
import io.ttsclient.transport.SseReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The audio in a stream of events, as OpenAI sends it: {@code speech.audio.delta} with a piece in base64, and
 * {@code speech.audio.done} at the end, without which it was cut. chatterbox begins with {@code speech.audio.info}, which tells
 * the rate; openai-edge-tts tells of failures with {@code error}, others with nothing but that field. Other events are passed over.
 */
final class EventAudio extends InputStream {
    private static final JsonFactory JSON = new JsonFactory();
    /** A minute and a half of audio, in one event. */
    private static final int MAX_EVENT = 16 * 1024 * 1024;

    private final Synthesis synthesis;
    private final HttpResponse response;
    private final Function<HttpError, TtsException> refusal;
    private final SseReader events;
    private byte[] piece = new byte[0];
    private int position;
    private boolean any;
    private boolean done;
    private OptionalInt sampleRate = OptionalInt.empty();

    EventAudio(Synthesis synthesis, HttpResponse response, Function<HttpError, TtsException> refusal) {
        this.synthesis = synthesis;
        this.response = response;
        this.refusal = refusal;
        events = new SseReader(response.asInputStream());
    }

    /** The rate, if the server has told it before the first audio; asked for once that has been read. */
    OptionalInt sampleRate() {
        return sampleRate;
    }

    @Override
    public int read() throws IOException {
        return fill() ? piece[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, available());
        System.arraycopy(piece, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return piece.length - position;
    }

    private boolean fill() throws IOException {
        while (available() == 0 && !done) {
            if (!events.next()) {
                throw synthesis
                        .failure(
                                any ? Category.TRUNCATED : Category.NO_AUDIO,
                                "the events ended before the one that says so")
                        .build();
            }
            take(events.data().readNBytes(MAX_EVENT));
        }
        return available() > 0;
    }

    private void take(byte[] event) throws IOException {
        if (event.length == MAX_EVENT) {
            throw new IOException("an event of " + MAX_EVENT + " bytes or more");
        }
        if (event.length > 0 && event[0] == '[') { // [DONE], which some send at the end of any stream
            done = true;
            return;
        }
        String type = "";
        byte[] audio = new byte[0];
        try (JsonParser json = JSON.createParser(event)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME || json.currentName() == null) {
                    continue;
                }
                switch (json.currentName()) {
                    case "type" -> type = json.getValueAsString("");
                    case "audio" -> audio = token == JsonToken.VALUE_STRING ? json.getBinaryValue() : audio;
                    case "sample_rate" -> sampleRate = OptionalInt.of(rate(json.getValueAsInt()));
                    case "error" -> type = type.isEmpty() && token != JsonToken.VALUE_NULL ? "error" : type;
                    default -> {} // unknown fields are for others
                }
                json.skipChildren(); // an error has a type of its own
            }
        }
        switch (type) {
            case "speech.audio.done" -> done = true;
            case "error" -> throw failed(event);
            default -> {
                piece = audio;
                position = 0;
                any |= audio.length > 0;
            }
        }
    }

    private static int rate(int told) throws IOException {
        if (told < AudioFormat.MIN_SAMPLE_RATE || told > AudioFormat.MAX_SAMPLE_RATE) {
            throw new IOException("an event with a sample_rate of " + told);
        }
        return told;
    }

    private TtsException failed(byte[] event) {
        HttpError error = response.error(500, event);
        return any ? error.failure(Category.TRUNCATED).build() : refusal.apply(error);
    }
}
