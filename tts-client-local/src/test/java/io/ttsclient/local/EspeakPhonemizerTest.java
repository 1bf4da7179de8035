// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.testkit.LeakCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class EspeakPhonemizerTest {
    private static final Duration PATIENT = Duration.ofMinutes(1);

    @TempDir
    static Path classes;

    /** Copied out, so that the program starts the same way from a class path and from a module. */
    @BeforeAll
    static void copyTheFake() throws IOException {
        Path target = classes.resolve("io/ttsclient/local/FakeEspeak.class");
        Files.createDirectories(target.getParent());
        try (InputStream in = FakeEspeak.class.getResourceAsStream("FakeEspeak.class")) {
            Files.copy(in, target);
        }
    }

    private static EspeakPhonemizer fake(String voice, Duration timeout) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return EspeakPhonemizer.builder(voice)
                .command(List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        classes.toString(),
                        FakeEspeak.class.getName()))
                .timeout(timeout)
                .build();
    }

    private static Consumer<Throwable> isCategory(Category category) {
        return failure -> assertThat(((TtsException) failure).category()).isEqualTo(category);
    }

    private static String symbols(List<PhonemeRun> runs) {
        return runs.stream().map(PhonemeRun::symbols).collect(Collectors.joining());
    }

    @Test
    void phonemize_clauses_keepTheirMarks() {
        try (Phonemizer espeak = fake("echo", PATIENT)) {
            String text = "One two, three: four; \u00ABfive\u00BB \u2026 six? Seven";

            List<PhonemeRun> runs = espeak.phonemize(text);

            assertThat(symbols(runs)).isEqualTo("one two, three: four; five, six?seven.");
            assertThat(runs.stream()
                            .filter(run -> Character.isLetter(run.symbols().charAt(0)))
                            .map(run -> text.substring(run.start(), run.end()).toLowerCase(java.util.Locale.ROOT)))
                    .containsExactly("one", "two", "three", "four", "five", "six", "seven");
            assertThat(espeak.phonemize("again")).hasSize(2);
        }
    }

    @Test
    void phonemize_wordsJoinedOrSplit_areOneRun() {
        try (Phonemizer espeak = fake("merge", PATIENT)) {
            List<PhonemeRun> runs = espeak.phonemize("on the mat, yes.");

            assertThat(runs.get(0)).isEqualTo(new PhonemeRun("onthemat", 0, 10));
            assertThat(symbols(runs)).isEqualTo("onthemat, yes.");
        }
        try (Phonemizer espeak = fake("lines", PATIENT)) {
            assertThat(symbols(espeak.phonemize("a b c. d"))).isEqualTo("a b c d.");
        }
    }

    @Test
    void phonemize_languageSwitches_areTakenOut() {
        try (Phonemizer espeak = fake("switch", PATIENT)) {
            assertThat(symbols(espeak.phonemize("Hello"))).isEqualTo("hello.");
        }
    }

    @Test
    void phonemize_composedSymbols_areDecomposed() {
        try (Phonemizer espeak = fake("composed", PATIENT)) {
            assertThat(symbols(espeak.phonemize("x"))).isEqualTo("a\u0303.");
        }
    }

    @Test
    void phonemize_emptyAnswers_leaveTheOthersInStep() {
        try (Phonemizer espeak = fake("echo", PATIENT)) {
            assertThat(symbols(espeak.phonemize("One! quiet! two?"))).isEqualTo("one!two?");
            assertThat(symbols(espeak.phonemize("three"))).isEqualTo("three.");
            assertThat(espeak.phonemize("quiet")).isEmpty();
        }
    }

    @Test
    void phonemize_garbage_isPassedOnWithoutLosingStep() {
        try (Phonemizer espeak = fake("garbage", PATIENT)) {
            assertThat(espeak.phonemize("one. two.")).isNotEmpty();
            assertThat(espeak.phonemize("three.")).isNotEmpty();
        }
    }

    @Test
    void phonemize_manyTexts_askOneProcess_andClosingEndsIt() {
        String first;
        try (Phonemizer espeak = fake("pid", PATIENT)) {
            first = symbols(espeak.phonemize("x"));
            assertThat(symbols(espeak.phonemize("y"))).isEqualTo(first);
        }
        assertThat(handle(first)).isEmpty();
    }

    @Test
    void phonemize_processDiedWhileIdle_isReplacedUnnoticed() {
        try (Phonemizer espeak = fake("pid", PATIENT)) {
            String first = symbols(espeak.phonemize("x"));
            ProcessHandle process = handle(first).get(0);
            process.destroyForcibly();
            process.onExit().join();

            assertThat(symbols(espeak.phonemize("y"))).isNotEqualTo(first);
        }
    }

    @Test
    void phonemize_processDiesOnTheText_failsAndTheNextWorks() {
        try (Phonemizer espeak = fake("echo", PATIENT)) {
            assertThatThrownBy(() -> espeak.phonemize("please die"))
                    .satisfies(isCategory(Category.NOT_FOUND))
                    .hasMessageContaining("voice \"echo\"")
                    .hasMessageNotContaining("please");
            assertThat(symbols(espeak.phonemize("one"))).isEqualTo("one.");
        }
    }

    @Test
    void phonemize_noAnswer_failsAfterTheTimeoutAndTheNextWorks() {
        try (Phonemizer espeak = fake("echo", Duration.ofSeconds(4))) {
            assertThatThrownBy(() -> espeak.phonemize("please hang"))
                    .satisfies(isCategory(Category.TIMEOUT))
                    .hasMessageStartingWith("espeak-ng did not answer within PT4S");
            assertThat(symbols(espeak.phonemize("one"))).isEqualTo("one.");
        }
    }

    @Test
    void phonemize_unknownVoice_failsNamingIt() {
        try (Phonemizer espeak = fake("dead", PATIENT)) {
            assertThatThrownBy(() -> espeak.phonemize("one"))
                    .satisfies(isCategory(Category.NOT_FOUND))
                    .hasMessageContaining("voice \"dead\"")
                    .hasMessageContaining("--voices");
        }
    }

    @Test
    void phonemize_notInstalled_saysWhatToInstall() {
        try (Phonemizer espeak = EspeakPhonemizer.builder("de")
                .command(Path.of("no-such-program"))
                .build()) {
            assertThatThrownBy(() -> espeak.phonemize("eins"))
                    .satisfies(isCategory(Category.UNSUPPORTED))
                    .hasMessageContaining("no-such-program")
                    .hasMessageContaining("apt install espeak-ng");
            assertThat(espeak).hasToString("EspeakPhonemizer[de, no-such-program]");
        }
    }

    @Test
    void phonemize_afterClose_isRefused() {
        Phonemizer espeak = fake("echo", PATIENT);
        espeak.close();
        espeak.close();

        assertThatThrownBy(() -> espeak.phonemize("one"))
                .satisfies(isCategory(Category.CLOSED))
                .hasMessageContaining("closed");
        assertThat(espeak.phonemize("...")).isEmpty();
    }

    @Test
    void close_whileWaitingForAnAnswer_endsTheWait() {
        Phonemizer espeak = fake("pid", PATIENT);
        ProcessHandle process = handle(symbols(espeak.phonemize("x"))).get(0);
        CompletableFuture<List<PhonemeRun>> waiting = CompletableFuture.supplyAsync(() -> espeak.phonemize("hang"));

        espeak.close();

        assertThatThrownBy(waiting::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .satisfies(isCategory(Category.CLOSED));
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void close_interrupted_keepsTheInterruptAndEndsTheProcess() {
        Phonemizer espeak = fake("pid", PATIENT);
        ProcessHandle process = handle(symbols(espeak.phonemize("x"))).get(0);

        Thread.currentThread().interrupt();
        espeak.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(process.onExit()).succeedsWithin(PATIENT);
    }

    @Test
    void phonemize_manyThreads_takeTurns() throws Exception {
        try (Phonemizer espeak = fake("echo", PATIENT)) {
            ExecutorService executor = Executors.newFixedThreadPool(6);
            try {
                List<Future<Boolean>> results = new ArrayList<>();
                for (int thread = 0; thread < 6; thread++) {
                    String word = "word" + thread;
                    results.add(executor.submit(() -> IntStream.range(0, 50)
                            .allMatch(i -> symbols(espeak.phonemize(word + ", quiet, " + word))
                                    .equals(word + ", " + word + "."))));
                }
                for (Future<Boolean> result : results) {
                    assertThat(result.get()).isTrue();
                }
            } finally {
                executor.shutdownNow();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-h", "de de", "de;ls", "\u00E4", "--stdin"})
    void builder_notAVoice_isRefused(String voice) {
        assertThatThrownBy(() -> EspeakPhonemizer.builder(voice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("voice:");
    }

    @Test
    void builder_timeoutOutOfRange_isRefused() {
        EspeakPhonemizer.Builder builder = EspeakPhonemizer.builder("en-us");

        assertThatThrownBy(() -> builder.timeout(Duration.ZERO)).hasMessageContaining("timeout: PT0S, allowed PT0.01S");
        assertThatThrownBy(() -> builder.timeout(Duration.ofHours(1))).hasMessageContaining("timeout: PT1H");
    }

    private static List<ProcessHandle> handle(String pidAndMark) {
        long pid = Long.parseLong(pidAndMark.substring(0, pidAndMark.length() - 1));
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).stream().toList();
    }
}
