// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.error.TtsException;
import java.util.Map;

/**
 * Makes a {@link VitsServer} from configuration, under the name {@code vits}. The settings are those of
 * {@link VitsServerBuilder}; the first two are needed:
 *
 * <ul>
 *   <li>{@code baseUrl}: where the server is
 *   <li>{@code dialect}: what it speaks, such as {@code openai-speech}
 *   <li>{@code apiKey}: the key, if it wants one
 *   <li>{@code allowPlainHttp}: {@code true} to send the key without TLS
 * </ul>
 */
public final class VitsServerFactory implements TtsBackendFactory {
    private static final String KNOWN = "baseUrl, dialect, apiKey and allowPlainHttp";

    /** For {@link java.util.ServiceLoader}. */
    public VitsServerFactory() {}

    @Override
    public String name() {
        return VitsServer.NAME;
    }

    @Override
    public TtsBackend create(Map<String, String> properties) {
        VitsServerBuilder builder = VitsServer.builder();
        properties.forEach((name, value) -> set(builder, name, value));
        return builder.build();
    }

    private static void set(VitsServerBuilder builder, String name, String value) {
        switch (name) {
            case "baseUrl" -> builder.baseUrl(value);
            case "dialect" -> builder.dialect(Dialect.named(value));
            case "apiKey" -> builder.apiKey(value);
            case "allowPlainHttp" -> {
                if (isTrue(name, value)) {
                    builder.allowPlainHttp();
                }
            }
            default ->
                throw TtsException.invalidRequest(
                        "'" + name + "' is no setting of the backend " + VitsServer.NAME + "; there are " + KNOWN);
        }
    }

    private static boolean isTrue(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw TtsException.invalidRequest(name + ": '" + value + "', allowed true or false");
        };
    }
}
