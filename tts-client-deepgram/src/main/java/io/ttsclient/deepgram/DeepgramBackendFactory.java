// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.error.TtsException;
import java.time.Duration;
import java.util.Map;

/**
 * Makes a {@link Deepgram} from configuration. Its settings, all but the key optional:
 *
 * <ul>
 *   <li>{@code apiKey}: the key
 *   <li>{@code baseUrl}: where Deepgram is, http, https, ws or wss
 *   <li>{@code model}: who speaks when a request names no voice
 *   <li>{@code rest}, {@code mipOptOut}, {@code allowPlainHttp}: true or false
 *   <li>{@code tag}: a label that usage reports show
 *   <li>{@code expressivity}: -2 to 2, for Flux
 *   <li>{@code maxAuraSockets}, {@code maxFluxSockets}: 1 to 10000
 *   <li>{@code maxIdleMillis}, {@code maxWaitMillis}: 1 to 3600000
 * </ul>
 */
public final class DeepgramBackendFactory implements TtsBackendFactory {
    private static final String KNOWN =
            "apiKey, baseUrl, model, rest, mipOptOut, allowPlainHttp, tag, expressivity, maxAuraSockets,"
                    + " maxFluxSockets, maxIdleMillis and maxWaitMillis";

    /** For {@link java.util.ServiceLoader}. */
    public DeepgramBackendFactory() {}

    @Override
    public String name() {
        return Deepgram.NAME;
    }

    @Override
    public TtsBackend create(Map<String, String> properties) {
        DeepgramBuilder builder = Deepgram.builder();
        DeepgramOptions.Builder options = DeepgramOptions.builder();
        properties.forEach((name, value) -> set(builder, options, name, value));
        return builder.options(options.build()).build();
    }

    private static void set(DeepgramBuilder builder, DeepgramOptions.Builder options, String name, String value) {
        switch (name) {
            case "apiKey" -> builder.apiKey(value);
            case "baseUrl" -> builder.baseUrl(value);
            case "model" -> builder.model(value);
            case "rest" -> {
                if (flag(name, value)) {
                    options.rest();
                }
            }
            case "mipOptOut" -> options.mipOptOut(flag(name, value));
            case "allowPlainHttp" -> {
                if (flag(name, value)) {
                    builder.allowPlainHttp();
                }
            }
            case "tag" -> options.tag(value);
            case "expressivity" -> options.expressivity(number(name, value));
            case "maxAuraSockets" -> builder.maxAuraSockets(number(name, value));
            case "maxFluxSockets" -> builder.maxFluxSockets(number(name, value));
            case "maxIdleMillis" -> builder.maxIdle(Duration.ofMillis(number(name, value)));
            case "maxWaitMillis" -> builder.maxWait(Duration.ofMillis(number(name, value)));
            default ->
                throw TtsException.invalidRequest(
                        "'" + name + "' is no setting of the backend " + Deepgram.NAME + "; there are " + KNOWN);
        }
    }

    private static boolean flag(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw TtsException.invalidRequest(name + ": '" + value + "', allowed true and false");
        };
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw TtsException.invalidRequest(name + ": '" + value + "' is no number");
        }
    }
}
