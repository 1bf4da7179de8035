// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.backend.Health;
import io.ttsclient.error.TtsException;
import io.ttsclient.transport.HttpRequest;
import io.ttsclient.transport.HttpResponse;
import io.ttsclient.transport.Transport;
import java.time.Duration;

/** Asks a server how it is. */
final class HealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Transport transport;
    private final Dialect dialect;
    private final String baseUrl;

    HealthCheck(Transport transport, Dialect dialect, String baseUrl) {
        this.transport = transport;
        this.dialect = dialect;
        this.baseUrl = baseUrl;
    }

    /** Does not throw. */
    Health ask() {
        try {
            for (String path : dialect.healthPaths()) {
                HttpRequest request = HttpRequest.get(baseUrl).path(path).build();
                try (HttpResponse response = transport.execute(VitsServer.NAME, request, PATIENCE)) {
                    if (response.status() != 404) {
                        return response.isSuccessful()
                                ? Health.up("/" + path + " answered " + response.status())
                                : Health.down("/" + path + " answered " + response.status());
                    }
                }
            }
            return Health.unknown("the server answers, but has no route that tells its health");
        } catch (TtsException e) {
            return Health.builder(Health.Status.DOWN, "the server does not answer: " + e.category())
                    .lastFailure(e.category())
                    .build();
        }
    }
}
