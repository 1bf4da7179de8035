// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.error.TtsException;
import java.util.Arrays;
import java.util.Map;

/**
 * Makes a {@link Gemini} from configuration, under the name {@code gemini}. The settings are those of {@link GeminiBuilder}; only
 * the key is needed:
 *
 * <ul>
 *   <li>{@code apiKey}: the key
 *   <li>{@code model}, {@code voice}: of requests that name none
 *   <li>{@code profile}: {@code GEMINI_3_8}, {@code GEMINI_3_1} or {@code GEMINI_2_5}, where the id of the model does not tell
 *   <li>{@code streaming}: {@code true} or {@code false}
 *   <li>{@code baseUrl}, {@code apiVersion}: where the API is
 * </ul>
 */
public final class GeminiFactory implements TtsBackendFactory {
    /** For {@link java.util.ServiceLoader}. */
    public GeminiFactory() {}

    @Override
    public String name() {
        return Gemini.NAME;
    }

    @Override
    public TtsBackend create(Map<String, String> properties) {
        GeminiBuilder builder = Gemini.builder();
        properties.forEach((name, value) -> set(builder, name, value));
        return builder.build();
    }

    private static void set(GeminiBuilder builder, String name, String value) {
        switch (name) {
            case "apiKey" -> builder.apiKey(value);
            case "model" -> builder.model(value);
            case "voice" -> builder.voice(value);
            case "profile" -> builder.profile(profile(value));
            case "streaming" -> builder.streaming(flag(name, value));
            case "baseUrl" -> builder.baseUrl(value);
            case "apiVersion" -> builder.apiVersion(value);
            default ->
                throw TtsException.invalidRequest("'" + name + "' is no setting of the backend " + Gemini.NAME
                        + "; there are apiKey, model, voice, profile, streaming, baseUrl and apiVersion");
        }
    }

    private static GeminiProfile profile(String value) {
        try {
            return GeminiProfile.valueOf(value);
        } catch (IllegalArgumentException e) {
            throw TtsException.invalidRequest(
                    "profile: '" + value + "', allowed " + Arrays.toString(GeminiProfile.values()));
        }
    }

    private static boolean flag(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw TtsException.invalidRequest(name + ": '" + value + "', allowed true or false");
        };
    }
}
