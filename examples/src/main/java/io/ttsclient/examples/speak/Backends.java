// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.local.LocalVoice;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the backend that the options name. Tests put fakes in its place. */
@FunctionalInterface
interface Backends {
    /**
     * The backend, which the caller closes.
     *
     * @param provider its name
     * @param model what {@code --model} says, null where it says nothing
     * @throws UsageException if there is no such provider, or the model cannot be read
     * @throws TtsException if it cannot start
     */
    TtsBackend open(String provider, @Nullable String model);

    /** Those of this version. */
    static Backends available() {
        return (provider, model) -> {
            requireAvailable(provider);
            return local(model);
        };
    }

    private static void requireAvailable(String provider) {
        if (Set.of("deepgram", "gemini", "vits").contains(provider)) {
            throw UsageException.notAvailable("--provider " + provider);
        }
        if (!provider.equals("local")) {
            throw new UsageException("--provider " + provider + ": unknown, allowed local");
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
