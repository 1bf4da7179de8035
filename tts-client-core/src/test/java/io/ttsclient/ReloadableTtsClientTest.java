// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Health;
import io.ttsclient.doubles.Console;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(LeakCheck.class)
class ReloadableTtsClientTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(16_000);
    private static final String KEY = "sk-hush-0123";
    private static final Duration GRACE = Duration.ofMillis(1_500);

    private final List<FakeFactory.Made> made = FakeFactory.none();
    private final VirtualTime time = new VirtualTime();
    private String written = file("red", "");
    private final ReloadableTtsClient client =
            ReloadableTtsClient.open(() -> config(written), builder -> builder.timeSource(time));

    @AfterEach
    void close() {
        client.close();
        made.forEach(one -> one.backend().awaitReleased());
        made.forEach(one -> awaitClosed(one.backend())); // one that is replaced is closed by a thread of its own
        assertThat(made).allMatch(one -> one.backend().closes() == 1);
    }

    private static String file(String backend, String more) {
        return "{\"backends\": [{\"backend\": \"" + backend + "\", \"settings\": {\"apiKey\": \"" + KEY
                + "\"}}], \"reloadGraceMillis\": 1500" + more + "}";
    }

    private TtsClientConfig config(String json) {
        return TtsClientConfig.of(ConfigText.json(json), Map.of(), name -> FakeFactory.named(name, made));
    }

    private FakeBackend backend(int generation) {
        return made.get(generation).backend();
    }

    private static byte[] audioOf(String text) {
        return FakeBackend.audioOf(text, FORMAT);
    }

    private void awaitClosed(FakeBackend backend) {
        while (!backend.isClosed()) {
            Thread.onSpinWait(); // on a thread of the client
        }
    }

    private static void assertClosed(@Nullable Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.CLOSED));
    }

    @Test
    void reload_source_isAskedAndCounts() {
        written = file("green", "");

        client.reload();

        assertThat(client.synthesize("Hello").report().backend()).hasValue("green");
        assertThat(client.capabilities().backend()).isEqualTo("green");
        assertThat(client.toString())
                .startsWith("ReloadableTtsClient(TtsClient(")
                .contains("FakeBackend[green");
        awaitClosed(backend(0));
    }

    @Test
    void reload_keysLimitsOrderAndVoices_change() {
        client.reload(config("""
            {"backends": [
              {"backend": "green", "settings": {"apiKey": "new"}, "options": {"voice": "emerald"},
               "admission": {"maxConcurrent": 1, "maxQueued": 0}},
              {"backend": "red", "settings": {"apiKey": "old"}, "options": {"voice": "scarlet"}}
            ]}
            """));

        assertThat(made).extracting(one -> one.settings().get("apiKey")).containsExactly(KEY, "new", "old");
        backend(1).enqueue(Behaviour.speak().stallAt(640));
        try (AudioStream first = client.stream("One");
                AudioStream second = client.stream("Two")) {
            assertThat(first.report().backend()).hasValue("green");
            assertThat(first.report().voice()).hasValue("emerald");
            assertThat(second.report().backend()).as("above the limit").hasValue("red");
            assertThat(second.report().voice()).hasValue("scarlet");
        }
    }

    @Test
    void reload_wrongConfiguration_keepsTheLastGoodOneAndSaysWhy() {
        PrintStream standardError = System.err;
        var printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            written = file("green", ", \"retry\": {\"maxAttempts\": 99}, \"apiKey\": \"" + KEY + "\"");

            assertThatThrownBy(client::reload)
                    .hasMessageStartingWith("2 faults: retry.maxAttempts: '99', allowed whole numbers from 1 to 10;"
                            + " apiKey: unknown");
            assertThatThrownBy(() -> client.reload(config("{\"backends\": [{\"backend\": \"green\","
                            + " \"settings\": {\"apiKey\": \"" + KEY + "\", \"broken\": true}}]}")))
                    .hasMessageStartingWith("backends.0.settings.model: it is not there");
        } finally {
            System.setErr(standardError);
        }

        assertThat(client.synthesize("Hello").report().backend()).hasValue("red");
        assertThat(made).hasSize(1);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains(
                        "Configuration 1 is not taken, what was there before stays: 2 faults: retry.maxAttempts: '99'")
                .contains("Configuration 2 is not taken, what was there before stays: backends.0.settings.model")
                .doesNotContain(KEY);
    }

    @Test
    void reload_sourceWithABug_isThrownAndLoggedWithoutItsMessage() {
        PrintStream standardError = System.err;
        var printed = new ByteArrayOutputStream();
        Supplier<TtsClientConfig> source = () -> {
            throw new IllegalStateException("cannot decrypt " + KEY);
        };
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (ReloadableTtsClient other = ReloadableTtsClient.open(new OnceThen(config(written), source))) {
            assertThatThrownBy(other::reload).isInstanceOf(IllegalStateException.class);
        } finally {
            System.setErr(standardError);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("class java.lang.IllegalStateException")
                .doesNotContain(KEY);
    }

    /** Gives a configuration once, and then what {@code later} gives. */
    private static final class OnceThen implements Supplier<TtsClientConfig> {
        private final Supplier<TtsClientConfig> later;
        private @Nullable TtsClientConfig first;

        OnceThen(TtsClientConfig first, Supplier<TtsClientConfig> later) {
            this.first = first;
            this.later = later;
        }

        @Override
        public TtsClientConfig get() {
            TtsClientConfig now = first;
            first = null;
            return now == null ? later.get() : now;
        }
    }

    @Test
    void open_wrongConfiguration_fails() {
        assertThatThrownBy(() -> ReloadableTtsClient.open(() -> config("{}")))
                .hasMessageStartingWith("backends: not set");
    }

    @Test
    void reload_streamThatRuns_endsOnTheFormerClientWhichIsThenClosed() {
        try (AudioStream audio = client.stream("Your table is ready.")) {
            written = file("green", "");
            client.reload();

            assertThat(client.synthesize("Hello").report().backend()).hasValue("green");
            assertThat(backend(0).isClosed()).isFalse();
            assertThat(audio.toBytes()).isEqualTo(audioOf("Your table is ready."));
        }
        awaitClosed(backend(0));
        assertThat(time.scheduled())
                .as("nothing waits for the end of the grace any more")
                .isZero();
    }

    @Test
    void reload_sessionThatIsOpen_goesOnWithTurnsOnTheFormerClient() {
        SpeechSession session = client.open(SpeechOptions.none());
        client.reload(config(file("green", "")));

        for (String text : List.of("One.", "Two.")) {
            session.write(text);
            session.finish();
            assertThat(session.audio().toBytes()).isEqualTo(audioOf(text));
        }
        assertThat(backend(0).calls()).hasSize(2);
        assertThat(backend(0).isClosed()).isFalse();
        assertThat(backend(1).calls()).isEmpty();

        session.close();
        awaitClosed(backend(0));
    }

    @Test
    void reload_graceIsOver_whatStillRunsEndsAsClosed() {
        backend(0).enqueue(Behaviour.speak().chunks(640).endless());
        AudioStream audio = client.stream("Hello");
        SpeechSession session = client.open();
        client.reload(config(file("green", "")));

        time.advance(GRACE.minusMillis(1));
        assertThat(audio.iterator().next().size()).isPositive();
        assertThat(backend(0).isClosed()).isFalse();
        time.advance(Duration.ofMillis(1));

        awaitClosed(backend(0));
        assertClosed(catchThrowable(audio::toBytes));
        assertClosed(catchThrowable(() -> session.write("Hello")));
        assertThat(client.synthesize("Hello").report().backend()).hasValue("green");
    }

    @Test
    void reload_twice_eachFormerClientEndsByItself() {
        backend(0).enqueue(Behaviour.speak().chunks(640).endless());
        try (AudioStream audio = client.stream("Hello")) {
            client.reload(config(file("green", "")));
            client.reload(config(file("blue", "")));

            awaitClosed(backend(1));
            assertThat(backend(0).isClosed()).isFalse();
            assertThat(audio.iterator().next().size()).isPositive();
        }
        awaitClosed(backend(0));
    }

    @Test
    void reload_aLaterOneIsThereFirst_theLaterOneCounts() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var slow = new OnceThen(config(written), () -> {
            begun.countDown();
            awaitQuietly(goOn);
            return config(file("blue", ""));
        });
        try (Console console = Console.open();
                ReloadableTtsClient other = ReloadableTtsClient.open(slow)) {
            CompletableFuture<Void> earlier = CompletableFuture.runAsync(other::reload);
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

            other.reload(config(file("green", "")));
            goOn.countDown();
            earlier.get(20, TimeUnit.SECONDS);

            assertThat(other.synthesize("Hello").report().backend()).hasValue("green");
            assertThat(console.text())
                    .contains("Configuration 2 is taken: TtsClientConfig[[green")
                    .doesNotContain("Configuration 1 is taken");
            FakeFactory.Made blue = made.get(made.size() - 1);
            assertThat(blue.backend().capabilities().backend()).isEqualTo("blue");
            assertThat(blue.backend().isClosed()).isTrue();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void reload_closedMeanwhile_closesWhatItHasMade() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var source = new OnceThen(config(written), () -> {
            begun.countDown();
            awaitQuietly(goOn);
            return config(file("blue", ""));
        });
        ReloadableTtsClient other = ReloadableTtsClient.open(source);
        CompletableFuture<Throwable> reload = CompletableFuture.supplyAsync(() -> catchThrowable(other::reload));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

        other.close();
        goOn.countDown();

        assertClosed(reload.get(20, TimeUnit.SECONDS));
        assertThat(made).hasSize(3).filteredOn(one -> one.backend().isClosed()).hasSize(2);
        assertClosed(catchThrowable(other::reload));
        assertThat(made).hasSize(3);
    }

    @Test
    void close_formerClientThatStillRuns_isClosedToo() {
        backend(0).enqueue(Behaviour.speak().chunks(640).endless());
        AudioStream audio = client.stream("Hello");
        client.reload(config(file("green", "")));

        client.close();

        assertThat(made).allMatch(one -> one.backend().isClosed());
        assertClosed(catchThrowable(audio::toBytes));
        assertClosed(catchThrowable(() -> client.synthesize("Hello")));
        assertThat(client.streamAsync(SpeechRequest.of("Hello"))).isCompletedExceptionally();
        assertThat(client.health().status()).isEqualTo(Health.Status.DOWN);
    }

    @Test
    void closeWithGrace_formerAndCurrentClient_letsBothEnd() throws Exception {
        AudioStream former = client.stream("Your table is ready.");
        client.reload(config(file("green", "")));
        AudioStream current = client.stream("Please follow me.");
        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> client.close(Duration.ofMinutes(1)));
        time.awaitScheduled(2); // the end of both graces

        assertClosed(catchThrowable(() -> client.stream("Hello")));
        assertThat(closing).isNotDone();
        assertThat(former.toBytes()).isEqualTo(audioOf("Your table is ready."));
        assertThat(current.toBytes()).isEqualTo(audioOf("Please follow me."));
        closing.get(20, TimeUnit.SECONDS);
        assertThatThrownBy(() -> client.close(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyCall_goesToTheClientOfNow() throws Exception {
        client.reload(config(file("green", ", \"cache\": {\"maxBytes\": 100000}")));
        SpeechRequest request = SpeechRequest.of("Hello");

        client.prewarm();
        client.preload(List.of(request));
        assertThat(client.voices()).isEmpty();
        assertThat(client.health().status()).isNotEqualTo(Health.Status.DOWN);
        assertThat(client.healthOfEach()).hasSize(1);
        assertThat(client.probe()).hasSize(1);
        assertThat(client.streamAsync(request).get(20, TimeUnit.SECONDS).toBytes())
                .isEqualTo(audioOf("Hello"));
        assertThat(client.synthesizeAsync(request).get(20, TimeUnit.SECONDS).toBytes())
                .isEqualTo(audioOf("Hello"));

        assertThat(backend(1).prewarms()).isEqualTo(1);
        assertThat(backend(1).calls()).as("made once, for the cache").hasSize(1);
        assertThat(backend(0).calls()).isEmpty();
    }

    @Test
    void reload_sameCache_keepsItsAudio() {
        String cache = ", \"cache\": {\"maxBytes\": 100000}";
        client.reload(config(file("red", cache)));
        client.preload(List.of(SpeechRequest.of("Hello")));

        client.reload(config(file("red", cache + ", \"retry\": {\"maxAttempts\": 1}")));
        client.synthesize("Hello");
        assertThat(backend(2).calls()).as("known from before").isEmpty();

        client.reload(config(file("red", ", \"cache\": {\"maxBytes\": 200000}")));
        client.synthesize("Hello");
        assertThat(backend(3).calls()).as("another cache").hasSize(1);
    }

    @Test
    void reload_sameDirectory_keepsWhatIsInMemoryToo(@TempDir Path folder) throws IOException {
        String cache =
                ", \"cache\": {\"maxBytes\": 100000, \"directory\": \"" + folder + "\", \"directoryMaxBytes\": 100000}";
        client.reload(config(file("red", cache)));
        client.preload(List.of(SpeechRequest.of("Hello")));
        client.reload(config(file("red", cache + ", \"retry\": {\"maxAttempts\": 1}")));
        List<Path> stored = audioIn(folder);
        while (stored.isEmpty()) { // nobody waits for the disk
            stored = audioIn(folder);
        }
        Files.delete(stored.get(0));

        client.synthesize("Hello");

        assertThat(backend(2).calls()).as("known from before").isEmpty();
    }

    private static List<Path> audioIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".audio")).toList();
        }
    }

    @Test
    void reload_meters_goOn() {
        var registry = new SimpleMeterRegistry();
        try (ReloadableTtsClient metered =
                ReloadableTtsClient.open(() -> config(written), builder -> builder.meterRegistry(registry))) {
            metered.synthesize("Hello");
            written = file("green", "");
            metered.reload();
            metered.synthesize("Hello");
        }

        assertThat(registry.get("tts.client.requests")
                        .tag("backend", "red")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("tts.client.requests")
                        .tag("backend", "green")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("tts.client.streams.active").gauge().value()).isZero();
    }

    @Test
    void reload_gaugesOfBackends_areThoseOfTheClientThatCounts() {
        var registry = new SimpleMeterRegistry();
        Supplier<Double> red = () -> registry.get("tts.client.breaker.state")
                .tag("backend", "red")
                .gauge()
                .value();
        String impatient =
                ", \"retry\": {\"maxAttempts\": 1}, \"circuitBreaker\": {\"window\": 1, \"minimumAttempts\": 1}";
        String broken = file("red", impatient).replace("\"}}", "\", \"behaviour\": \"UNAVAILABLE\"}}");
        try (ReloadableTtsClient metered =
                ReloadableTtsClient.open(() -> config(broken), builder -> builder.meterRegistry(registry))) {
            assertThatThrownBy(() -> metered.synthesize("Hello")).isInstanceOf(TtsException.class);
            assertThat(red.get()).as("open").isEqualTo(2);

            metered.reload(config(file("red", impatient)));
            assertThat(red.get()).as("of the new one").isZero();

            metered.reload(config(broken));
            assertThatThrownBy(() -> metered.synthesize("Hello")).isInstanceOf(TtsException.class);
            assertThat(red.get()).isEqualTo(2);
            metered.reload(config(file("green", "")));
            assertThat(red.get()).as("there is none any more").isZero();
        }
    }

    @Test
    void reload_formerBackendThatCannotBeClosed_isLogged() {
        PrintStream standardError = System.err;
        var printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            client.reload(config(file("green", "").replace("\"}}", "\", \"unclosable\": true}}")));
            client.reload(config(file("blue", "")));
            while (!printed.toString(StandardCharsets.UTF_8)
                    .contains("A client that was replaced could not be closed")) {
                Thread.onSpinWait(); // on a thread of the client
            }
        } finally {
            System.setErr(standardError);
        }

        assertThat(backend(1).isClosed()).isTrue();
        assertThat(client.synthesize("Hello").report().backend()).hasValue("blue");
    }

    @Test
    void besides_setsABackend_isRefused() {
        FakeBackend other = FakeBackend.create();

        assertThatThrownBy(() -> ReloadableTtsClient.open(() -> config(written), builder -> builder.backend(other)))
                .hasMessageStartingWith("backend: set beside a configuration");
    }
}
