// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;

/**
 * {@code POST /v1/audio/speech} as OpenAI has it, and with it Kokoro-FastAPI, speaches, LocalAI, openedai-speech,
 * chatterbox-tts-api, openai-edge-tts and others. They differ in voices, in what they stream, and in their errors; some send a
 * placeholder for the size of a WAV. The audio is at 24 kHz as a rule; a WAV says its own rate.
 */
final class OpenAiSpeech {
    private OpenAiSpeech() {}

    static Dialect dialect() {
        return Dialect.builder("openai-speech")
                .route(Route.postJson("v1/audio/speech")
                        .with("model", Value.MODEL.or("tts-1"))
                        .with("input", Value.TEXT)
                        .with("voice", Value.VOICE.or("alloy"))
                        .with("response_format", Value.ENCODING)
                        .with("speed", Value.SPEED))
                .sampleRate(24_000)
                .encoding(Encoding.LINEAR16, Container.RAW, "wav")
                .maxCodePoints(4_096)
                .speed(Speed.factor(0.25, 4))
                .health("health", "readyz", "v1/models")
                .build();
    }
}
