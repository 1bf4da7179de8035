// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

/**
 * Piper's HTTP server, of piper1-gpl from 1.5 ({@code /synthesize}) and from 1.3 (JSON to {@code /}), and of the archived piper
 * (the bare text to {@code /}, which would read JSON aloud).
 *
 * <p>Its WAVs are called {@code text/html}. It has no errors but Flask's page with status 500, for a text that it cannot
 * pronounce as for anything else. A voice that it does not know is replaced by its default one without a word, and its list of
 * voices cuts the letters {@code o n x j s} off the ends of names.
 */
final class Piper {
    private Piper() {}

    static Dialect dialect() {
        return Dialect.builder("piper")
                .route(json("synthesize"))
                .route(json("").onlyWhereJson("voices"))
                .route(Route.postText(""))
                .elsewhere(404, 405)
                .sampleRate(22_050)
                .speed(Speed.length(0.25, 4))
                .maybeBadInput(500)
                .voices("voices")
                .substitutesVoices()
                .health("info", "voices")
                .knownBy("info", "\"num_speakers\"")
                // GET / is not allowed from 1.3 to 1.4; a MeloTTS server would load a model in order to list its
                // voices.
                .knownBy("voices", "\"espeak\"|\"phoneme_type\"|\"phoneme_id_map\"", 405)
                .build();
    }

    private static Route json(String path) {
        return Route.postJson(path)
                .with("text", Value.TEXT)
                .with("voice", Value.VOICE)
                .with("length_scale", Value.SPEED);
    }
}
