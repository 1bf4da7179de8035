// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import java.util.Map;

/**
 * vits-tts-vietnamese by phatjkk and its fork by VietInnotech.
 *
 * <p>The newer two of its three generations have {@code /tts/stream}, which sends a whole WAV in pieces once all of it is made; the
 * oldest has only {@code /tts}, which answers with the address of a file, absolute or not. Both take the text in the address,
 * which proxies cut at 8 KB. Speeds are labels, each an inverse of VITS's length scale, and an unknown one is spoken as
 * {@code normal} without a word. Blank and overlong texts come back as 500. One text is spoken at a time, and {@code /health}
 * waits with the others.
 */
final class VitsTtsVietnamese {
    private VitsTtsVietnamese() {}

    static Dialect dialect() {
        Value speed = Value.SPEED.or("normal"); // the older generations require it
        return Dialect.builder("vits-tts-vietnamese")
                .route(Route.get("tts/stream").with("text", Value.TEXT).with("speed", speed))
                .route(Route.get("tts")
                        .with("text", Value.TEXT)
                        .with("speed", speed)
                        .audioUrlIn("audio_url")
                        .echoes("speed", speed))
                .sampleRate(22_050)
                .maxCodePoints(10_000)
                .maxEncodedBytes(6_144)
                .language("vi", "vi")
                .speed(Speed.labels(Map.of(
                        "very_slow", 1 / 1.5, "slow", 1 / 1.2, "normal", 1.0, "fast", 1 / 0.6, "very_fast", 1 / 0.4)))
                .badInput(500, "Text parameter cannot be empty")
                .badInput(500, "Text too long")
                .maybeBadInput(500)
                .health("health", "")
                .knownBy("health", "TTS service is running")
                .build();
    }
}
