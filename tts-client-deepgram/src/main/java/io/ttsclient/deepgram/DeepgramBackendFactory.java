// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.backend.Settings;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.error.Faults;
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
 *   <li>{@code bitRate}: 4000 to 650000, for MP3, Opus and AAC
 *   <li>{@code maxAuraSockets}, {@code maxFluxSockets}: 1 to 10000
 *   <li>{@code maxIdleMillis}, {@code maxWaitMillis}: 1 to 3600000
 * </ul>
 */
public final class DeepgramBackendFactory implements TtsBackendFactory {
    /** For {@link java.util.ServiceLoader}. */
    public DeepgramBackendFactory() {}

    @Override
    public String name() {
        return Deepgram.NAME;
    }

    @Override
    public TtsBackend create(Map<String, String> properties) {
        return Faults.refusing(faults -> read(properties, faults)).build();
    }

    @Override
    public void check(Map<String, String> properties, Faults faults) {
        read(properties, faults);
    }

    private static DeepgramBuilder read(Map<String, String> properties, Faults faults) {
        var settings = new Settings(properties, faults);
        DeepgramBuilder builder = Deepgram.builder();
        settings.secret("apiKey", builder::apiKey);
        settings.text("baseUrl", builder::baseUrl);
        settings.text("model", builder::model);
        DeepgramOptions.Builder options = DeepgramOptions.builder();
        settings.flag("rest", options::rest);
        settings.flag("mipOptOut").ifPresent(options::mipOptOut);
        settings.flag("allowPlainHttp", builder::allowPlainHttp);
        settings.text("tag", options::tag);
        settings.integer("expressivity", -2, 2).ifPresent(options::expressivity);
        settings.integer("bitRate", DeepgramOptions.LOWEST_BIT_RATE, DeepgramOptions.HIGHEST_BIT_RATE)
                .ifPresent(options::bitRate);
        settings.integer("maxAuraSockets", 1, DeepgramBuilder.MOST_SOCKETS).ifPresent(builder::maxAuraSockets);
        settings.integer("maxFluxSockets", 1, DeepgramBuilder.MOST_SOCKETS).ifPresent(builder::maxFluxSockets);
        settings.millis("maxIdleMillis", 1, DeepgramBuilder.LONGEST.toMillis()).ifPresent(builder::maxIdle);
        settings.millis("maxWaitMillis", 1, DeepgramBuilder.LONGEST.toMillis()).ifPresent(builder::maxWait);
        settings.end();
        builder.options(options.build()).check(faults);
        return builder;
    }
}
