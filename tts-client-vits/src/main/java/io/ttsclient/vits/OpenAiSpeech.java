// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;

/**
 * {@code POST /v1/audio/speech} as OpenAI has it, and with it Kokoro-FastAPI, speaches, LocalAI, openedai-speech,
 * chatterbox-tts-api, openai-edge-tts, Idiap's Coqui TTS and others.
 *
 * <p>They differ in voices, models and errors, and in what they stream: some send a WAV with a placeholder for its size; asked for
 * events, Kokoro-FastAPI sends plain bytes and openai-edge-tts MP3, speaches samples at a rate that nothing tells, and chatterbox
 * an event with the rate first. Names and limits are OpenAI's; only what OpenAI takes is sent.
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
                        .with("speed", Value.SPEED)
                        .with("stream_format", Value.whereEvents("sse")))
                .sampleRate(24_000)
                .encoding(Encoding.LINEAR16, Container.RAW, "wav")
                .encoding(Encoding.MP3, Container.RAW, "mp3")
                .encoding(Encoding.OPUS, Container.OGG, "opus")
                .encoding(Encoding.AAC, Container.RAW, "aac")
                .encoding(Encoding.FLAC, Container.RAW, "flac")
                .rawEncoding("pcm")
                .maxCodePoints(4_096)
                .speed(Speed.factor(0.25, 4))
                .voices("v1/audio/voices", "v1/voices")
                .listsSomeVoices() // some take OpenAI's names besides
                .substitutesVoices()
                .health("health", "readyz", "v1/models")
                .knownBy("v1/audio/voices", "\"voices\"\\s*:")
                .knownBy("v1/models", "\"(data|models)\"\\s*:\\s*\\[")
                .build();
    }
}
