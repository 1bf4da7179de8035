// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.backend.Settings;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.error.Faults;
import java.util.Map;

/**
 * Makes a {@link Gemini} from configuration, under the name {@code gemini}. The settings are those of {@link GeminiBuilder}; only
 * the key is needed:
 *
 * <ul>
 *   <li>{@code apiKey}: the key
 *   <li>{@code model}, {@code voice}: of requests that name none
 *   <li>{@code profile}: {@code gemini-3-8}, {@code gemini-3-1} or {@code gemini-2-5}, where the id of the model does not tell
 *   <li>{@code streaming}: {@code true} or {@code false}
 *   <li>{@code baseUrl}, {@code apiVersion}: where the API is
 *   <li>{@code allowPlainHttp}: {@code true} to send the key without TLS
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
        return Faults.refusing(faults -> read(properties, faults)).build();
    }

    @Override
    public void check(Map<String, String> properties, Faults faults) {
        read(properties, faults);
    }

    private static GeminiBuilder read(Map<String, String> properties, Faults faults) {
        var settings = new Settings(properties, faults);
        GeminiBuilder builder = Gemini.builder();
        settings.secret("apiKey", builder::apiKey);
        settings.text("model", builder::model);
        settings.text("voice", builder::voice);
        settings.choice("profile", GeminiProfile.class).ifPresent(builder::profile);
        settings.flag("streaming").ifPresent(builder::streaming);
        settings.text("baseUrl", builder::baseUrl);
        settings.text("apiVersion", builder::apiVersion);
        settings.flag("allowPlainHttp", builder::allowPlainHttp);
        settings.end();
        builder.check(faults);
        return builder;
    }
}
