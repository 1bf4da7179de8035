// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.transport.ContentType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What raw samples are, by the media type beside them: {@code audio/L16;codec=pcm;rate=24000}, {@code audio/l16; rate=24000;
 * channels=1}, {@code audio/mulaw}. The samples of Gemini's L16 are little-endian, whatever RFC 2586 says.
 */
final class SampleFormat {
    /** How a WAV begins; the blanks stand for its length. */
    private static final String WAV = "RIFF    WAVE";

    private static final int RATE = 24_000;
    private static final int TELEPHONE_RATE = 8_000;

    private SampleFormat() {}

    /** Whether a WAV begins here, whatever the media type says. */
    static boolean isWav(ByteBuffer first) {
        return first.remaining() >= WAV.length() && beginsLikeWav(first);
    }

    /** Whether more bytes are needed to tell whether a WAV begins here. */
    static boolean mayBecomeWav(ByteBuffer first) {
        return first.remaining() < WAV.length() && beginsLikeWav(first);
    }

    private static boolean beginsLikeWav(ByteBuffer first) {
        int length = Math.min(first.remaining(), WAV.length());
        return IntStream.range(0, length)
                .allMatch(i -> WAV.charAt(i) == ' ' || first.get(first.position() + i) == WAV.charAt(i));
    }

    /**
     * The format that a media type means for samples without a header.
     *
     * @param asked what was asked for, which is what they are where the media type says nothing
     * @throws IOException if they are something else than samples
     */
    static AudioFormat of(Optional<String> mimeType, AudioFormat asked) throws IOException {
        if (mimeType.isEmpty()) {
            return asked;
        }
        ContentType type = ContentType.parse(mimeType.get()).orElseThrow(() -> unreadable("no media type"));
        Encoding encoding = encoding(type.type());
        int rate = type.number("rate").orElse(encoding == Encoding.LINEAR16 ? RATE : TELEPHONE_RATE);
        try {
            return new AudioFormat(
                    encoding, Container.RAW, rate, type.number("channels").orElse(1));
        } catch (IllegalArgumentException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static Encoding encoding(String type) throws IOException {
        return switch (type) {
            // Some call raw samples a WAV: here it is known already that there is no header.
            case "audio/l16", "audio/pcm", "audio/x-pcm", "audio/raw", "audio/wav", "audio/x-wav", "audio/wave" ->
                Encoding.LINEAR16;
            case "audio/mulaw", "audio/x-mulaw", "audio/ulaw", "audio/basic", "audio/pcmu" -> Encoding.MULAW;
            case "audio/alaw", "audio/x-alaw", "audio/x-alaw-basic", "audio/pcma" -> Encoding.ALAW;
            default -> throw unreadable(type.startsWith("audio/") ? "an audio type that is not read here" : "no audio");
        };
    }

    private static IOException unreadable(String why) {
        return new IOException("a part of it is of " + why);
    }
}
