// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What this library calls itself to servers. */
final class UserAgent {
    /** As in {@code tts-client/1.2.3}. */
    static final String VALUE = "tts-client/" + version();

    private UserAgent() {}

    private static String version() {
        // A resource rather than the manifest: it is there on the class path, the module path and in an IDE.
        try (InputStream in = UserAgent.class.getResourceAsStream("version.properties")) {
            var properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("version.properties of tts-client-core cannot be read", e);
        }
    }
}
