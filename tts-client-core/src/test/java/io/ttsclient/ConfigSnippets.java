// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.micrometer.core.instrument.MeterRegistry;
import io.ttsclient.error.TtsException;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The examples in the Javadoc of what reads a configuration. They are compiled with the tests and run by {@link ConfigSnippetsTest}. */
final class ConfigSnippets {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigSnippets.class);

    private ConfigSnippets() {}

    static void config(Path file, Path wav) throws IOException {
        // @start region=config
        TtsClientConfig config = TtsClientConfig.fromJson(file, System.getenv());
        try (TtsClient tts = TtsClient.builder().config(config).build()) {
            tts.synthesize("Hello, world").writeTo(wav);
        }
        // @end
    }

    static ReloadableTtsClient reloadable(Path file, MeterRegistry registry) {
        // @start region=reload
        ReloadableTtsClient tts = ReloadableTtsClient.open(
                () -> TtsClientConfig.fromJson(file, System.getenv()), builder -> builder.meterRegistry(registry));
        // @end
        return tts;
    }

    static void reload(ReloadableTtsClient tts) {
        // @start region=again
        try {
            tts.reload(); // when the file has changed
        } catch (TtsException e) {
            LOG.warn("All stays as it was: {}", e.getMessage());
        }
        // @end
    }
}
