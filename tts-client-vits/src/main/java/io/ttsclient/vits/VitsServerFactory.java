// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.backend.Settings;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.error.Faults;
import java.util.List;
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
 *   <li>{@code streamsPerServer}: how many streams a server does well at once
 *   <li>{@code allowPlainHttp}: {@code true} to send the key without TLS
 *   <li>{@code propagateTrace}: {@code true} to tell the server where it stands in the caller's trace
 * </ul>
 */
public final class VitsServerFactory implements TtsBackendFactory {
    /** For {@link java.util.ServiceLoader}. */
    public VitsServerFactory() {}

    @Override
    public String name() {
        return VitsServer.NAME;
    }

    @Override
    public TtsBackend create(Map<String, String> properties) {
        return Faults.refusing(faults -> read(properties, faults)).build();
    }

    @Override
    public void check(Map<String, String> properties, Faults faults) {
        read(properties, faults);
    }

    private static VitsServerBuilder read(Map<String, String> properties, Faults faults) {
        var settings = new Settings(properties, faults);
        VitsServerBuilder builder = VitsServer.builder();
        settings.text("baseUrl", urls -> builder.baseUrls(List.of(urls.split("\\s*,\\s*", -1))));
        settings.text("dialect", name -> builder.dialect(Dialect.named(name)));
        settings.secret("apiKey", builder::apiKey);
        settings.choice("authentication", Authentication.class).ifPresent(builder::authentication);
        settings.choice("delivery", Delivery.class).ifPresent(builder::delivery);
        settings.integer("sampleRate", 4_000, 192_000).ifPresent(builder::sampleRate);
        settings.millis("healthTimeoutMillis", 1, 3_600_000).ifPresent(builder::healthTimeout);
        settings.integer("streamsPerServer", 1, VitsServerBuilder.MAX_STREAMS).ifPresent(builder::streamsPerServer);
        settings.flag("allowPlainHttp", builder::allowPlainHttp);
        settings.flag("propagateTrace", builder::propagateTrace);
        settings.end();
        builder.check(faults);
        return builder;
    }
}
