// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ttsclient.TtsClient;
import io.ttsclient.testkit.FakeBackend;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PrometheusMetricsTest {
    private static final int REQUESTS = 40; // the outage among them

    private static String scraped() throws IOException, InterruptedException {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        HttpServer metrics = PrometheusMetrics.serve(registry, 0);
        try (TtsClient fake = TtsClient.of(FakeBackend.create());
                UnsteadyServer server = UnsteadyServer.start(fake.synthesize("Hello"));
                TtsClient tts = PrometheusMetrics.client(server.url(), registry)) {
            for (int number = 1; number <= REQUESTS; number++) {
                PrometheusMetrics.speak(tts, number);
            }
            String url = "http://localhost:" + metrics.getAddress().getPort() + "/metrics";
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body();
        } finally {
            metrics.stop(0);
        }
    }

    private static Set<String> named(String text) {
        return Pattern.compile("\\btts_client_\\w+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void scrape_afterFaults_hasWhatAlertsAndDashboardLookAt() throws Exception {
        String metrics = scraped();

        Set<String> used = new TreeSet<>();
        used.addAll(named(Files.readString(Path.of("../docs/alerts/tts-client.yml"))));
        used.addAll(named(Files.readString(Path.of("../docs/dashboards/tts-client.json"))));
        used.remove("tts_client_cache_total"); // this client has none
        assertThat(named(metrics)).containsAll(used);
        assertThat(metrics)
                .contains("tts_client_breaker_state{backend=\"vits\"} 2.0", "tts_client_streams_active 0.0")
                .containsPattern("tts_client_connections_open [1-9]")
                .containsPattern("tts_client_fallbacks_total\\{backend=\"local\",category=\"unavailable\"} [1-9]")
                .containsPattern("tts_client_rejections_total\\{backend=\"vits\",category=\"circuit_open\"} [1-9]")
                .containsPattern("tts_client_requests_seconds_count\\{backend=\"vits\",.*outcome=\"cancelled\"} [1-9]");
    }
}
