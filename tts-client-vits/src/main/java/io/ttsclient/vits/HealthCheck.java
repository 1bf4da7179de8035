// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.backend.Health;
import io.ttsclient.backend.Health.Status;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks servers how they are. A 200 alone proves nothing where the body says otherwise; a server that does not answer while it is
 * at work on something is busy, since many of these do one thing at a time.
 */
final class HealthCheck {
    private static final int HAS_NO_SUCH_ROUTE = 404;
    private static final int STARTING = 503;
    private static final Set<String> BUSY_WORDS = Set.of("starting", "initializing", "loading", "busy");
    private static final Set<String> DOWN_WORDS = Set.of("error", "unhealthy", "down", "failed");
    /** openedai-speech without a model. */
    private static final Set<String> UNKNOWN_WORDS = Set.of("unk", "unknown");

    private final Dialect dialect;
    private final Duration patience;
    private final TimeSource time;

    /** {@code patience} bounds each question. */
    HealthCheck(Dialect dialect, Duration patience, TimeSource time) {
        this.dialect = dialect;
        this.patience = patience;
        this.time = time;
    }

    /** Of all together: up if all are, degraded if some would speak. Does not throw. */
    Health ask(List<Endpoint> endpoints, @Nullable ApiKey key) {
        List<Health> each =
                endpoints.stream().map(endpoint -> ask(endpoint, key)).toList();
        Health worst =
                each.stream().max((a, b) -> a.status().compareTo(b.status())).orElseThrow();
        if (each.size() == 1) {
            return worst;
        }
        long up = each.stream().filter(health -> health.status() == Status.UP).count();
        String detail = up + " of " + each.size() + " servers are up";
        return up > 0 && up < each.size()
                ? Health.degraded(detail)
                : worst.toBuilder(worst.status(), detail).build();
    }

    private Health ask(Endpoint endpoint, @Nullable ApiKey key) {
        Health health = found(endpoint, key);
        endpoint.setDown(health.status() == Status.DOWN);
        return health;
    }

    private Health found(Endpoint endpoint, @Nullable ApiKey key) {
        try {
            for (String path : dialect.healthPaths()) {
                long start = time.nanoTime();
                try (HttpResponse response = endpoint.wire().get(path, key, patience)) {
                    if (response.status() != HAS_NO_SUCH_ROUTE) {
                        Health told = told("/" + path, response);
                        return told.toBuilder().latency(time.since(start)).build();
                    }
                }
            }
            return Health.unknown("the server answers, but has no route that tells its health");
        } catch (TtsException e) {
            if (e.category() == Category.TIMEOUT && endpoint.running() > 0) {
                return Health.busy("no answer within " + patience + " while " + endpoint.running() + " requests run");
            }
            return Health.of(e);
        }
    }

    private static Health told(String path, HttpResponse response) {
        String answer = path + " answered " + response.status();
        if (response.status() == STARTING) {
            return Health.busy(answer);
        }
        if (!response.isSuccessful()) {
            return Health.down(answer);
        }
        String status = status(response);
        String detail = status.isEmpty() ? answer : answer + " and '" + status + "'";
        if (BUSY_WORDS.contains(status)) {
            return Health.busy(detail);
        }
        if (UNKNOWN_WORDS.contains(status)) {
            return Health.unknown(detail);
        }
        return DOWN_WORDS.contains(status) ? Health.down(detail) : Health.up(detail);
    }

    /** The field {@code status} of a body in JSON, if it is a short word; empty where there is none. */
    private static String status(HttpResponse response) {
        String status = Wire.parsed(Wire.body(response))
                .map(json -> json.path("status").asText(""))
                .orElse(""); // a page or nothing: the HTTP status has to do
        return status.matches("\\w{1,20}") ? status.toLowerCase(Locale.ROOT) : "";
    }
}
