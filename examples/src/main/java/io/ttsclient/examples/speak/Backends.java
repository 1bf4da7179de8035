// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.local.LocalVoice;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the backend that the options name. Tests put fakes in its place. */
@FunctionalInterface
interface Backends {
    /** Where the key of a provider is looked for. */
    Map<String, String> KEY_VARIABLES =
            Map.of("deepgram", "DEEPGRAM_API_KEY", "gemini", "GEMINI_API_KEY", "vits", "VITS_API_KEY");

    /**
     * The backend, which the caller closes.
     *
     * @throws UsageException if there is no such provider, or it lacks something
     * @throws TtsException if it cannot start
     */
    TtsBackend open(BackendChoice choice);

    /** Those whose modules are there; {@code environment} gives the value of a variable, null where it is not set. */
    static Backends available(Function<String, @Nullable String> environment) {
        return choice -> choice.provider().equals(VoiceOptions.LOCAL)
                ? local(choice.model())
                : factory(choice.provider()).create(settings(choice, environment));
    }

    private static TtsBackendFactory factory(String provider) {
        if (!KEY_VARIABLES.containsKey(provider)) {
            throw new UsageException("provider " + provider + ": unknown, allowed local, deepgram, gemini, vits");
        }
        try {
            return TtsBackendFactory.named(provider);
        } catch (TtsException e) {
            throw UsageException.notAvailable("provider " + provider);
        }
    }

    private static Map<String, String> settings(BackendChoice choice, Function<String, @Nullable String> environment) {
        var settings = new HashMap<String, String>();
        put(settings, "baseUrl", choice.baseUrl());
        put(settings, "dialect", choice.dialect());
        String variable = KEY_VARIABLES.get(choice.provider());
        String key = variable == null ? null : environment.apply(variable);
        put(settings, "apiKey", key);
        if (choice.provider().equals(VoiceOptions.VITS)) {
            require(choice.baseUrl(), "--base-url");
            require(choice.dialect(), "--dialect");
        } else if (key == null || key.isBlank()) {
            throw new UsageException("provider " + choice.provider() + ": needs its key in the variable " + variable);
        }
        return settings;
    }

    private static void put(Map<String, String> settings, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            settings.put(name, value);
        }
    }

    private static void require(@Nullable String value, String option) {
        if (value == null) {
            throw new UsageException("provider vits: needs " + option + ", which belongs to --provider");
        }
    }

    private static TtsBackend local(@Nullable String model) {
        if (model == null) {
            return LocalVoice.builtIn();
        }
        Path onnx = readable(model);
        try {
            return LocalVoice.load(onnx);
        } catch (TtsException e) {
            // What the voice needs beside it, such as its description.
            throw e.category() == Category.NOT_FOUND
                    ? new UsageException("--model " + model + ": " + e.getMessage())
                    : e;
        }
    }

    private static Path readable(String model) {
        try {
            Path onnx = Path.of(model);
            if (Files.isReadable(onnx) && !Files.isDirectory(onnx)) {
                return onnx;
            }
        } catch (InvalidPathException e) {
            throw new UsageException("--model " + model + ": " + e.getReason());
        }
        throw new UsageException(
                "--model " + model + ": no readable file; the local voice takes the .onnx file of a Piper voice");
    }
}
