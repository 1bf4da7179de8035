// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.doubles.Requests;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.AdmissionPolicy;
import io.ttsclient.layer.BreakerPolicy;
import io.ttsclient.layer.CachePolicy;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class ClientMetricsTest {
    private static final Path OPERATIONS = Path.of("../docs/operations.md");

    private static final List<String> DASHBOARDS = List.of("dashboards/tts-client.json", "alerts/tts-client.yml");
    private static final SpeechRequest UNCACHED = SpeechRequest.builder("Hello there")
            .with(options -> options.cacheable(false))
            .build();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FakeBackend red = FakeBackend.builder("red").build();
    private final FakeBackend green = FakeBackend.builder("green").build();
    private final TtsClient client = TtsClient.builder()
            .backend(red)
            .fallback(green, SpeechOptions.builder().model("small").build())
            .retry(RetryPolicy.defaults().withMaxAttempts(2))
            .random(() -> 0)
            .circuitBreaker(BreakerPolicy.defaults())
            .admission("red", AdmissionPolicy.unlimited().withMaxConcurrent(1).withQueue(1, Duration.ofSeconds(20)))
            .cache(CachePolicy.inMemory(100_000))
            .meterRegistry(registry, "big")
            .build();

    @AfterEach
    void close() {
        client.close();
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    @Test
    void request_complete_isCountedWithWhatItGave() {
        Speech speech = client.synthesize("Hello there");

        assertThat(registry.get("tts.client.requests")
                        .tags("backend", "red", "model", "none", "outcome", "complete", "category", "none")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(count("tts.client.audio.delivered", "backend", "red")).isEqualTo((double) speech.size());
        assertThat(count("tts.client.audio", "backend", "red"))
                .isEqualTo(speech.duration().toNanos() / 1e9);
        assertThat(count("tts.client.characters", "backend", "red", "outcome", "complete"))
                .isEqualTo(11);
        assertThat(count("tts.client.audio.wasted", "backend", "red")).isZero();
        assertThat(registry.find("tts.client.first.audio").timer()).isNull(); // nobody heard it before the end
    }

    @Test
    void request_failsOverToTheNext_bothAreCounted() {
        red.enqueue(Behaviour.fail(Category.UNAVAILABLE));
        red.enqueue(Behaviour.fail(Category.UNAVAILABLE));

        client.stream("Hello").toBytes();

        assertThat(count("tts.client.attempts", "backend", "red", "outcome", "failed", "category", "unavailable"))
                .isEqualTo(2);
        assertThat(count("tts.client.attempts", "backend", "green", "outcome", "complete"))
                .isEqualTo(1);
        assertThat(count("tts.client.retries", "backend", "red", "category", "unavailable"))
                .isEqualTo(1);
        assertThat(count("tts.client.fallbacks", "backend", "green", "category", "unavailable"))
                .isEqualTo(1);
        assertThat(registry.get("tts.client.first.audio")
                        .tags("backend", "green", "model", "small")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void request_modelOfTheUsersOwn_isOther() {
        client.synthesize(SpeechRequest.builder("Hello").model("big").build());
        client.synthesize(SpeechRequest.builder("Hello").model("secret-project").build());

        assertThat(registry.find("tts.client.requests").timers())
                .extracting(timer -> timer.getId().getTag("model"))
                .containsExactlyInAnyOrder("big", "other");
    }

    @Test
    void request_modelThatTheBackendWasMadeWith_isNamed() {
        var made = new DelegatingBackend(red) {
            @Override
            public TtsCapabilities capabilities() {
                return TtsCapabilities.builder("red", AudioFormat.linear16(16_000))
                        .models("quick")
                        .build();
            }
        };
        try (TtsClient own =
                TtsClient.builder().backend(made).meterRegistry(registry).build()) {
            own.synthesize(SpeechRequest.builder("Hello").model("quick").build());
        }

        assertThat(count("tts.client.attempts", "backend", "red", "model", "quick"))
                .isEqualTo(1);
    }

    @Test
    void requests_ofAnyIdTextVoiceModelAndStyle_leadToNoMoreMeters() {
        client.synthesize(distinct(0));
        Set<Meter.Id> first = ids();
        for (int i = 1; i < 20; i++) {
            client.synthesize(distinct(i));
        }

        assertThat(ids()).isEqualTo(first);
        assertThat(first.toString()).doesNotContain("distinct");
    }

    private static SpeechRequest distinct(int number) {
        String value = "distinct-" + number;
        return SpeechRequest.builder("Hello, " + value)
                .requestId(value)
                .voice(value)
                .model(value)
                .with(options -> options.style(value))
                .build();
    }

    private Set<Meter.Id> ids() {
        return registry.getMeters().stream().map(Meter::getId).collect(Collectors.toSet());
    }

    @Test
    void attempts_failedAfterAudio_areWastedByTheirBackendAndPaidFor() {
        red.always(Behaviour.speak().failAt(640, Category.UNAVAILABLE)); // 20 ms

        client.synthesize("Hello");

        assertThat(count("tts.client.audio.wasted", "backend", "red")).isEqualTo(2 * 0.02);
        assertThat(count("tts.client.audio.wasted", "backend", "green")).isZero();
        assertThat(count("tts.client.characters", "backend", "red", "outcome", "failed"))
                .isEqualTo(2.0 * "Hello".length());
        assertThat(count("tts.client.characters", "backend", "green", "outcome", "complete"))
                .isEqualTo("Hello".length());
    }

    @Test
    void attempt_cancelledWhileItIsRead_isNoFailure() {
        red.enqueue(Behaviour.speak().stallAt(640));
        AudioStream stream = client.stream(UNCACHED);
        stream.read();
        var reading = CompletableFuture.supplyAsync(() -> catchThrowableOfType(TtsException.class, stream::read));

        stream.close();

        assertThat(Requests.get(reading).category()).isEqualTo(Category.CANCELLED);

        assertCancelled();
    }

    @Test
    void attempt_closedEarly_isNoSuccess() {
        red.always(Behaviour.speak().chunks(640));
        try (AudioStream stream = client.stream(UNCACHED)) {
            stream.read();
        }

        assertCancelled();
    }

    private void assertCancelled() {
        assertThat(registry.find("tts.client.attempts").counters())
                .singleElement()
                .satisfies(attempts -> assertThat(attempts.getId().getTags())
                        .contains(Tag.of("outcome", "cancelled"), Tag.of("category", "none")));
        assertThat(count("tts.client.characters", "backend", "red", "outcome", "cancelled"))
                .isEqualTo("Hello there".length());
    }

    @Test
    void attempt_ofARecordingWhoseFirstListenerLeaves_endsAsTheRecordingDoes() {
        red.always(Behaviour.speak().chunks(640));
        AudioStream first = client.stream("Hello there");
        try (AudioStream second = client.stream("Hello there")) {
            first.read();
            first.close();
            second.toBytes();
        }

        assertThat(registry.find("tts.client.attempts").counters())
                .singleElement()
                .satisfies(attempts ->
                        assertThat(attempts.getId().getTag("outcome")).isEqualTo("complete"));
    }

    @Test
    void request_readInPart_wastesTheRest() {
        red.always(Behaviour.speak().chunks(640));
        try (AudioStream stream = client.stream(UNCACHED)) {
            stream.read();
            assertThat(registry.get("tts.client.streams.active").gauge().value())
                    .isEqualTo(1);
        }

        assertThat(registry.get("tts.client.streams.active").gauge().value()).isZero();
        assertThat(registry.get("tts.client.requests")
                        .tags("outcome", "cancelled")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void clients_ofOneRegistry_shareItsGauges() {
        try (TtsClient other = TtsClient.builder()
                        .backend(FakeBackend.create())
                        .meterRegistry(registry)
                        .build();
                AudioStream one = client.stream("Hello");
                AudioStream two = other.stream("Hello")) {
            assertThat(registry.get("tts.client.streams.active").gauge().value())
                    .isEqualTo(2);
            assertThat(two.format()).isEqualTo(one.format());
        }
    }

    @Test
    void meters_allThatHappens_areThoseOfTheDocument() throws IOException {
        everythingHappens();

        Set<String> found = new TreeSet<>();
        registry.getMeters().forEach(meter -> found.add(row(meter)));
        assertThat(found).isEqualTo(documented());
    }

    /** Name, type, unit and names of tags, as in the document; meters that differ in values only are one. */
    private static String row(Meter meter) {
        String type =
                meter.getId().getType().name().toLowerCase(Locale.ROOT).replace("distribution_summary", "summary");
        String unit = meter.getId().getBaseUnit() == null ? "" : meter.getId().getBaseUnit();
        String tags = meter.getId().getTags().stream().map(Tag::getKey).sorted().collect(Collectors.joining(", "));
        return meter.getId().getName() + " " + type + " [" + unit + "] " + tags;
    }

    private static Set<String> documented() throws IOException {
        Set<String> rows = new TreeSet<>();
        for (String line : Files.readAllLines(OPERATIONS)) {
            if (line.startsWith("| `tts.client.")) {
                String[] cells = line.split("\\|", -1);
                String tags =
                        Set.of(cells[4].strip().split(", ")).stream().sorted().collect(Collectors.joining(", "));
                rows.add(cells[1].strip().replace("`", "") + " " + cells[2].strip() + " [" + cells[3].strip() + "] "
                        + tags);
            }
        }
        return rows;
    }

    @Test
    void dashboardAndAlerts_eachMetricTheyUse_isOneOfTheDocument() throws IOException {
        for (String file : DASHBOARDS) {
            Set<String> used = Pattern.compile("\\btts_client_\\w+")
                    .matcher(Files.readString(OPERATIONS.resolveSibling(file)))
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(used).as(file).isNotEmpty().isSubsetOf(exported().keySet());
        }
    }

    @Test
    void dashboardAndAlerts_eachLabelTheyUse_isATagOfItsMetric() throws IOException {
        Pattern selected = Pattern.compile("(tts_client_\\w+)\\{([^}]*)}");
        Pattern summed = Pattern.compile("by \\(([^)]*)\\) \\((?:rate|increase)\\((tts_client_\\w+)");
        Map<String, Set<String>> exported = exported();
        for (String file : DASHBOARDS) {
            String text = Files.readString(OPERATIONS.resolveSibling(file));
            List<MatchResult> selections = selected.matcher(text).results().toList();
            List<MatchResult> sums = summed.matcher(text).results().toList();
            assertThat(selections).as(file).isNotEmpty();
            assertThat(sums).as(file).isNotEmpty();
            for (MatchResult each : selections) {
                List<String> labels = Pattern.compile("(\\w+)(?==|!=|!~)")
                        .matcher(each.group(2))
                        .results()
                        .map(MatchResult::group)
                        .toList();
                assertThat(exported.get(each.group(1)))
                        .as(each.group())
                        .isNotNull()
                        .containsAll(labels);
            }
            for (MatchResult each : sums) {
                assertThat(exported.get(each.group(2)))
                        .as(each.group())
                        .isNotNull()
                        .contains(each.group(1).split(", ", -1));
            }
        }
    }

    /** What Prometheus calls the meters of the document, with their labels. */
    private static Map<String, Set<String>> exported() throws IOException {
        Map<String, Set<String>> exported = new TreeMap<>();
        for (String row : documented()) {
            String[] parts = row.split(" ", 4); // name, type, [unit], tags
            String name = parts[0].replace('.', '_');
            String unit = parts[2].substring(1, parts[2].length() - 1);
            String base = unit.isEmpty() || name.endsWith(unit) ? name : name + "_" + unit;
            Set<String> tags = new TreeSet<>(Set.of(parts[3].split(", ", -1)));
            switch (parts[1]) {
                case "counter" -> exported.put(base + "_total", tags);
                case "gauge" -> exported.put(base, tags);
                default -> {
                    exported.put(base + "_count", tags);
                    exported.put(base + "_sum", tags);
                }
            }
            if (parts[1].equals("timer")) {
                Set<String> withBounds = new TreeSet<>(tags);
                withBounds.add("le");
                exported.put(base + "_bucket", withBounds);
            }
        }
        return exported;
    }

    @Test
    void meters_eachOfTheDocument_hasARowThatSaysWhatToDo() throws IOException {
        Set<String> explained = new TreeSet<>();
        for (String line : Files.readAllLines(OPERATIONS)) {
            if (line.matches("\\| `(?!tts\\.)[a-z.]+`(, `[a-z.]+`)* \\| .*")) {
                String[] cells = line.split("\\|", -1);
                assertThat(cells).as(line).hasSize(5);
                assertThat(cells[2]).as(line).isNotBlank();
                assertThat(cells[3]).as(line).isNotBlank();
                for (String name : cells[1].strip().replace("`", "").split(", ", -1)) {
                    explained.add("tts.client." + name);
                }
            }
        }

        assertThat(explained)
                .isEqualTo(documented().stream()
                        .map(row -> row.substring(0, row.indexOf(' ')))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private void everythingHappens() {
        client.stream("Hello").toBytes();
        client.stream("Hello").toBytes(); // a hit
        red.enqueue(Behaviour.fail(Category.UNAVAILABLE)); // a retry
        red.enqueue(Behaviour.fail(Category.CONNECTION)); // a fallback
        client.synthesize("Goodbye");
        red.enqueue(Behaviour.speak().stallAt(640));
        AudioStream holding = client.stream("One"); // one runs, one waits, one is refused
        CompletableFuture<AudioStream> waiting = client.streamAsync(SpeechRequest.of("Two"));
        while (registry.get("tts.client.queue.depth")
                        .tag("backend", "red")
                        .gauge()
                        .value()
                == 0) {
            Thread.onSpinWait();
        }
        assertThat(client.synthesize("Three").report().backend()).contains("green");
        holding.close();
        Requests.get(waiting).close();
        assertThat(count("tts.client.rejections", "backend", "red", "category", "rate_limit"))
                .isEqualTo(1);
        red.always(Behaviour.fail(Category.CONNECTION));
        green.always(Behaviour.fail(Category.INVALID_REQUEST));
        for (int i = 0;
                i < 20
                        && registry.get("tts.client.breaker.state")
                                        .tag("backend", "red")
                                        .gauge()
                                        .value()
                                < 2;
                i++) {
            String text = "Failing " + i;
            assertThat(catchThrowableOfType(TtsException.class, () -> client.synthesize(text)))
                    .isNotNull();
        }
        assertThat(registry.get("tts.client.breaker.state")
                        .tag("backend", "red")
                        .gauge()
                        .value())
                .isEqualTo(2);
    }
}
