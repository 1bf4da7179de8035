// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.speech.SpeechOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who speaks, and how. */
final class VoiceOptions {
    static final String LOCAL = "local";
    static final String VITS = "vits";

    @Option(
            names = {"-p", "--provider"},
            paramLabel = "NAME",
            defaultValue = LOCAL,
            description = "Who speaks: local (default), deepgram, gemini, vits. A key is read from NAME_API_KEY.")
    private String provider = LOCAL;

    @Option(names = "--base-url", paramLabel = "URL", description = "The address of the provider's server.")
    private @Nullable String baseUrl;

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            description =
                    "With vits: what the server speaks: vits-tts-vietnamese, melo-tts, piper, vits-simple-api, openai-speech, coqui.")
    private @Nullable String dialect;

    @Option(names = "--voice", paramLabel = "ID", description = "A voice that --list-voices shows.")
    private @Nullable String voice;

    @Option(
            names = "--model",
            paramLabel = "ID|PATH",
            description =
                    "The provider's name of a model; with local the .onnx file of a Piper voice, its .onnx.json beside it.")
    private @Nullable String model;

    @Option(names = "--language", paramLabel = "TAG", description = "The language of the text, such as en-US.")
    private @Nullable String language;

    @Option(names = "--speed", paramLabel = "X", description = "0.25 to 4; 2 is twice as fast.")
    private @Nullable Double speed;

    @Option(names = "--style", paramLabel = "TEXT", description = "How to say it; the local voice takes none.")
    private @Nullable String style;

    /**
     * The provider that the options name.
     *
     * @throws UsageException if one of them is not for it
     */
    BackendChoice choice() {
        if (baseUrl != null && isLocal()) {
            throw new UsageException("--base-url: the local voice has no server, leave it out");
        }
        if (dialect != null && !provider.equals(VITS)) {
            throw new UsageException("--dialect: only the provider vits has dialects, leave it out");
        }
        if (style != null && isLocal()) {
            throw new UsageException("--style: the local voice takes no style, leave it out");
        }
        return new BackendChoice(provider, isLocal() ? model : null, baseUrl, dialect);
    }

    private boolean isLocal() {
        return provider.equals(LOCAL);
    }

    /** What a local voice is loaded from is no option of a request. */
    SpeechOptions.Builder toOptions() {
        SpeechOptions.Builder options = SpeechOptions.builder();
        if (voice != null) {
            options.voice(voice);
        }
        if (model != null && !isLocal()) {
            options.model(model);
        }
        if (language != null) {
            options.language(language);
        }
        if (speed != null) {
            options.speed(speed);
        }
        if (style != null) {
            options.style(style);
        }
        return options;
    }
}
