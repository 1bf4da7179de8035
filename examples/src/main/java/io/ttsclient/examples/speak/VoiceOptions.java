// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.speech.SpeechOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who speaks, and how. */
final class VoiceOptions {
    @Option(
            names = {"-p", "--provider"},
            paramLabel = "NAME",
            defaultValue = "local",
            description = "Who speaks: local (default). Not in this version: deepgram, gemini, vits.")
    private String provider = "local";

    @Option(names = "--base-url", paramLabel = "URL", description = "The provider's address. Not in this version.")
    private @Nullable String baseUrl;

    @Option(names = "--dialect", paramLabel = "NAME", description = "What a vits server speaks. Not in this version.")
    private @Nullable String dialect;

    @Option(names = "--voice", paramLabel = "ID", description = "A voice that --list-voices shows.")
    private @Nullable String voice;

    @Option(
            names = "--model",
            paramLabel = "ID|PATH",
            description = "With local: the .onnx file of a Piper voice, its .onnx.json beside it.")
    private @Nullable String model;

    @Option(names = "--language", paramLabel = "TAG", description = "The language of the text, such as en-US.")
    private @Nullable String language;

    @Option(names = "--speed", paramLabel = "X", description = "0.25 to 4; 2 is twice as fast.")
    private @Nullable Double speed;

    @Option(names = "--style", paramLabel = "TEXT", description = "How to say it; the local voice takes none.")
    private @Nullable String style;

    /** Refuses what is not there yet, or not for this provider. */
    void requireAvailable() {
        if (baseUrl != null) {
            throw UsageException.notAvailable("--base-url");
        }
        if (dialect != null) {
            throw UsageException.notAvailable("--dialect");
        }
        if (style != null && provider.equals("local")) {
            throw new UsageException("--style: the local voice takes no style, leave it out");
        }
    }

    String provider() {
        return provider;
    }

    @Nullable
    String model() {
        return model;
    }

    /** All but the model: what a local voice is loaded from is no option of a request. */
    SpeechOptions.Builder toOptions() {
        SpeechOptions.Builder options = SpeechOptions.builder();
        if (voice != null) {
            options.voice(voice);
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
