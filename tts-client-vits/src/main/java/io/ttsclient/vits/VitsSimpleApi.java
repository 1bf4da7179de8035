// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;

/**
 * vits-simple-api by Artrajz, its route for VITS models.
 *
 * <p>It takes a body for JSON only where the type is exactly {@code application/json}, replaces numbers that it does not understand
 * by its defaults, and reads any {@code streaming} field as a wish for MP3, so none is sent. Voices are numbers. A key goes into
 * {@code X-API-KEY}. What it does not handle is Flask's page with status 500.
 */
final class VitsSimpleApi {
    private VitsSimpleApi() {}

    static Dialect dialect() {
        return Dialect.builder("vits-simple-api")
                .route(Route.postJson("voice/vits")
                        .with("text", Value.TEXT)
                        .with("id", Value.VOICE)
                        .with("lang", Value.LANGUAGE)
                        .with("format", Value.ENCODING)
                        .with("length", Value.SPEED))
                .sampleRate(22_050)
                .encoding(Encoding.LINEAR16, Container.RAW, "wav")
                .encoding(Encoding.MP3, Container.RAW, "mp3")
                .encoding(Encoding.FLAC, Container.RAW, "flac")
                .speed(Speed.length(0.25, 4))
                .voices("voice/speakers")
                .voicesIn("VITS")
                .voicesLike("\\d{1,6}")
                .health("voice/default_parameter", "voice/speakers")
                .authentication(Authentication.X_API_KEY)
                .knownBy("voice/speakers", "\"(VITS|BERT-VITS2)\"")
                .build();
    }
}
