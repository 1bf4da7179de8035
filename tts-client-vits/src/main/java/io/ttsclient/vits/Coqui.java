// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

/**
 * The server of Coqui TTS, archived, and of its fork by Idiap: {@code /api/tts}.
 *
 * <p>The text goes into a form: as a header it could only be Latin-1. Coqui answers everything that fails with Flask's page and
 * status 500; Idiap answers a blank text with 400 and the rest with 500 and a reason. One text is spoken at a time. There is no
 * route for health; the list of locales does. {@code /voices} lists the speakers of Idiap's fork in lines of text, and only the model's
 * name otherwise. An XTTS model is told the language.
 */
final class Coqui {
    private Coqui() {}

    static Dialect dialect() {
        return Dialect.builder("coqui")
                .route(Route.postForm("api/tts")
                        .with("text", Value.TEXT)
                        .with("speaker_id", Value.VOICE)
                        .with("language_id", Value.LANGUAGE))
                .sampleRate(22_050)
                .maybeBadInput(500)
                .voices("voices")
                .listsSomeVoices()
                .health("locales", "")
                .knownBy("", "<title>TTS engine</title>")
                .build();
    }
}
