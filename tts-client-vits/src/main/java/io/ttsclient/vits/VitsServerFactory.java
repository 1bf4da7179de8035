// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.error.TtsException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes a {@link VitsServer} from configuration, under the name {@code vits}. The settings are those of
 * {@link VitsServerBuilder}; the first two are needed:
 *
 * <ul>
 *   <li>{@code baseUrl}: where the server is; of several equal ones, with commas between
 *   <li>{@code dialect}: what it speaks, such as {@code openai-speech}
 *   <li>{@code apiKey}: the key, if it wants one
 *   <li>{@code authentication}: {@code bearer} or {@code x-api-key}, where the dialect's own is not wanted
 *   <li>{@code delivery}: {@code wav}, {@code pcm} or {@code events}
 *   <li>{@code sampleRate}: in Hz, needed for {@code pcm}
 *   <li>{@code healthTimeoutMillis}: how long to wait for the server's health
 *   <li>{@code allowPlainHttp}: {@code true} to send the key without TLS
 * </ul>
 */
public final class VitsServerFactory implements TtsBackendFactory {
    private static final String KNOWN =
            "baseUrl, dialect, apiKey, authentication, delivery, sampleRate, healthTimeoutMillis and allowPlainHttp";

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
            case "baseUrl" -> builder.baseUrls(List.of(value.split("\\s*,\\s*", -1)));
            case "dialect" -> builder.dialect(Dialect.named(value));
            case "apiKey" -> builder.apiKey(value);
            case "authentication" -> builder.authentication(constant(name, value, Authentication.values()));
            case "delivery" -> builder.delivery(constant(name, value, Delivery.values()));
            case "sampleRate" -> builder.sampleRate(number(name, value));
            case "healthTimeoutMillis" -> builder.healthTimeout(Duration.ofMillis(number(name, value)));
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

    private static <T extends Enum<T>> T constant(String name, String value, T[] constants) {
        return Arrays.stream(constants)
                .filter(constant -> spelled(constant).equals(value))
                .findFirst()
                .orElseThrow(() -> TtsException.invalidRequest(name + ": '" + value + "', allowed "
                        + Arrays.stream(constants)
                                .map(VitsServerFactory::spelled)
                                .toList()));
    }

    private static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw TtsException.invalidRequest(name + ": '" + value + "' is no number");
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
