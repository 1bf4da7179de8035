// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import io.ttsclient.audio.AudioSniffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the body of an answer is: by its first bytes, and by its {@code Content-Type} only where these do not say. Servers send
 * WAV as {@code text/html}, MP3 where WAV was asked for, and a page of HTML with a status of 200.
 */
public enum BodyType {
    /** RIFF, RF64 or BW64. */
    WAV,
    /** MPEG layer III. */
    MP3,
    /** Opus in Ogg. */
    OGG_OPUS,
    /** Vorbis in Ogg. */
    OGG_VORBIS,
    /** FLAC in Ogg. */
    OGG_FLAC,
    /** FLAC in its own container. */
    FLAC,
    /** AAC in ADTS frames. */
    AAC,
    /** JSON. */
    JSON,
    /** A stream of events, for {@link SseReader}. */
    EVENT_STREAM,
    /** HTML, XML or plain text. */
    TEXT,
    /** Nothing at all. */
    EMPTY,
    /** None of these, so raw samples where such were asked for. */
    OTHER;

    /** That of UTF-8, read as Latin-1. */
    private static final String BYTE_ORDER_MARK = "^\u00EF\u00BB\u00BF";

    /** Looks at the beginning of a body, which stays to be read; waits until {@value AudioSniffer#BYTES_NEEDED} bytes are there. */
    public static BodyType of(HttpResponse response) {
        return of(response.peek(AudioSniffer.BYTES_NEEDED), response.contentType());
    }

    /** Looks at the first bytes only, however many have come. */
    static BodyType of(ByteBuffer body, Optional<ContentType> said) {
        ByteBuffer first = body.slice(body.position(), Math.min(body.remaining(), AudioSniffer.BYTES_NEEDED));
        if (!first.hasRemaining()) {
            return EMPTY;
        }
        // Raw samples may begin like anything, also like a frame of MP3: what is said to be raw is only taken for a
        // container.
        Optional<AudioSniffer.Type> sniffed = AudioSniffer.sniff(first);
        boolean raw = said.filter(BodyType::isRawAudio).isPresent();
        if (sniffed.isPresent() && !(raw && isFrame(sniffed.get()))) {
            return of(sniffed.get());
        }
        if (said.filter(ContentType::isAudio).isPresent()) {
            return OTHER;
        }
        return ofText(first, said.map(ContentType::type).orElse(""));
    }

    private static boolean isRawAudio(ContentType type) {
        return switch (type.type()) {
            case "audio/l16", "audio/pcm", "audio/mulaw", "audio/basic", "audio/alaw", "audio/pcma", "audio/pcmu" ->
                true;
            default -> false;
        };
    }

    /** Known by eleven bits only. */
    private static boolean isFrame(AudioSniffer.Type type) {
        return type == AudioSniffer.Type.MP3 || type == AudioSniffer.Type.AAC;
    }

    /** The type of a body that is what was sniffed. */
    public static BodyType of(AudioSniffer.Type type) {
        return switch (type) {
            case WAV -> WAV;
            case MP3 -> MP3;
            case OGG_OPUS -> OGG_OPUS;
            case OGG_VORBIS -> OGG_VORBIS;
            case OGG_FLAC -> OGG_FLAC;
            case FLAC -> FLAC;
            case AAC -> AAC;
        };
    }

    private static BodyType ofText(ByteBuffer first, String type) {
        String start = StandardCharsets.ISO_8859_1
                .decode(first.duplicate())
                .toString()
                .replaceFirst(BYTE_ORDER_MARK, "")
                .stripLeading();
        boolean typed = type.startsWith("text/") || type.contains("json") || type.contains("xml");
        boolean readable = start.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t');
        if (!typed && !readable) {
            return OTHER;
        }
        if (type.equals("text/event-stream") || start.startsWith("data:") || start.startsWith("event:")) {
            return EVENT_STREAM;
        }
        if (type.contains("json") || start.startsWith("{") || start.startsWith("[")) {
            return JSON;
        }
        return typed || start.startsWith("<") ? TEXT : OTHER;
    }
}
