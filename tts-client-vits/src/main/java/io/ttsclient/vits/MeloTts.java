// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

/**
 * The FastAPI server for MeloTTS that belongs to a LiveKit plugin.
 *
 * <p>Its stream is made whole first, then sent in pieces, so what fails later cuts a 200; {@code /synthesize} sends the same in one
 * piece, and is asked where there is no stream. {@code /health} is always healthy;
 * {@code /voices} loads a model and may take minutes, so it is only asked when voices are. Its errors are FastAPI's.
 */
final class MeloTts {
    private MeloTts() {}

    static Dialect dialect() {
        return Dialect.builder("melo-tts")
                .route(json("synthesize/stream"))
                .route(json("synthesize"))
                .sampleRate(44_100)
                .maxCodePoints(5_000)
                .speed(Speed.factor(0.5, 2))
                .language("en", "EN")
                .language("es", "ES")
                .language("fr", "FR")
                .language("zh", "ZH")
                .language("ja", "JP")
                .language("ko", "KR")
                .voices("voices")
                .listsSomeVoices() // those of English
                .health("health")
                .knownBy("health", "\"models_loaded\"")
                .build();
    }

    private static Route json(String path) {
        return Route.postJson(path)
                .with("text", Value.TEXT)
                .with("language", Value.LANGUAGE.or("EN"))
                .with("speaker", Value.VOICE)
                .with("speed", Value.SPEED);
    }
}
