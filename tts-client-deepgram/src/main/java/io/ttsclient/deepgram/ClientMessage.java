// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;

/** What a client says over a WebSocket: one JSON text each, without a field that the server does not know. */
final class ClientMessage {
    /** Speak all text so far; on Flux also the end of the turn. */
    static final String FLUSH = "{\"type\":\"Flush\"}";
    /** Aura: forget text and audio. */
    static final String CLEAR = "{\"type\":\"Clear\"}";
    /** Flux: the listener has cut in. */
    static final String INTERRUPT = "{\"type\":\"Interrupt\"}";
    /** This was all. */
    static final String CLOSE = "{\"type\":\"Close\"}";

    /** The most {@code char}s of one message, by Deepgram's limits for Aura; Flux names none. */
    static final int MAX_TEXT = 2_000;

    private static final JsonFactory JSON = new JsonFactory();

    private ClientMessage() {}

    /** More text, which is joined to what came before as it is. */
    static String speak(String text) {
        return write(json -> {
            json.writeStringField("type", "Speak");
            json.writeStringField("text", text);
        });
    }

    /** The body of a REST request. */
    static String body(String text) {
        return write(json -> json.writeStringField("text", text));
    }

    /** The listener has cut in after so many milliseconds of the session's audio. */
    static String interrupt(long playedMillis) {
        return write(json -> {
            json.writeStringField("type", "Interrupt");
            json.writeObjectFieldStart("playback_offset");
            json.writeStringField("type", "time_ms");
            json.writeNumberField("value", playedMillis);
            json.writeEndObject();
        });
    }

    /** Speak at this speed from the next segment on. */
    static String configure(BigDecimal speed) {
        return write(json -> {
            json.writeStringField("type", "Configure");
            json.writeNumberField("speed", speed);
        });
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static String write(Fields fields) {
        var out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes everything", e);
        }
        return out.toString();
    }
}
