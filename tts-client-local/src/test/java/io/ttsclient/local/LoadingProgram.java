// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.error.TtsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Loads a voice, twice, and writes how that went into a file. A program of its own. */
public final class LoadingProgram {
    private LoadingProgram() {}

    public static void main(String[] args) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            lines.add(load(args[0], args[1]));
        }
        lines.add("property: " + System.getProperty(NativeRuntime.PATH_PROPERTY));
        Files.write(Path.of(args[2]), lines);
    }

    /** With the cache of the user where none is named. {@code UP}, or the failure's category and message. */
    public static String load(String model, String cache) {
        var builder = LocalVoice.builder().model(Path.of(model));
        if (!cache.isEmpty()) {
            builder.nativeCache(Path.of(cache));
        }
        try (LocalVoice voice = builder.build()) {
            voice.prewarm();
            return voice.health().status().name();
        } catch (TtsException e) {
            return e.category() + " " + e.getMessage();
        }
    }
}
