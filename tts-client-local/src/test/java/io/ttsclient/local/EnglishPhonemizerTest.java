// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnglishPhonemizerTest {
    private final Phonemizer phonemizer = Phonemizer.english();

    private String symbols(String text) {
        return phonemizer.phonemize(text).stream().map(PhonemeRun::symbols).collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello, world | h\u0259l\u02C8o\u028A, w\u02C8\u025C\u02D0ld.",
                "The cat sat on the mat. | \u00F0\u0259 k\u02C8\u00E6t s\u02C8\u00E6t \u0251\u02D0n \u00F0\u0259 m\u02C8\u00E6t.",
                "the apple, the umbrella | \u00F0\u026A \u02C8\u00E6p\u0259l, \u00F0\u026A \u0250mb\u0279\u02C8\u025Bl\u0259.",
                "to go to a city | t\u0259 \u0261\u02C8o\u028A t\u028A \u0250 s\u02C8\u026A\u027Ei.",
                "Where to? | w\u02C8\u025B\u0279 tu\u02D0?",
                "Is it? | \u026Az \u02C8\u026At?",
                "It is. | \u026A\u027E \u02C8\u026Az.",
                "a better idea | \u0250 b\u02C8\u025B\u027E\u025A\u0279 a\u026Ad\u02C8i\u0259.",
                "button party certain | b\u02C8\u028C\u0294n\u0329 p\u02C8\u0251\u02D0\u0279\u027Ei s\u02C8\u025C\u02D0\u0294n\u0329.",
                "wanted houses | w\u02C8\u0251\u02D0nt\u1D7Bd h\u02C8a\u028Az\u1D7Bz.",
                "USA | j\u02CCu\u02D0\u02CC\u025Bs\u02C8e\u026A.",
                "ability | \u0250b\u02C8\u026Al\u1D7B\u027Ei.",
            })
    void phonemize_text_writesTheSymbolsOfTheVoice(String text, String symbols) {
        assertThat(symbols(text)).isEqualTo(symbols);
    }

    @ParameterizedTest
    @CsvSource({
        "Please record it, k\u02C8\u0254\u02D0\u0279d",
        "Record the call, k\u02C8\u0254\u02D0\u0279d",
        "a record, \u0279\u02C8\u025Bk\u025Ad",
        "I read it, \u0279\u02C8i\u02D0d",
        "she has read it, \u0279\u02C8\u025Bd",
        "a live show, l\u02C8a\u026Av",
        "I live here, l\u02C8\u026Av",
        "the go live, l\u02C8a\u026Av",
        "used to go, j\u02C8u\u02D0st",
        "I am used to it, j\u02C8u\u02D0zd",
        "no use, j\u02C8u\u02D0s",
        "we use it, j\u02C8u\u02D0z",
        "it is close, kl\u02C8o\u028As",
        "close the door, kl\u02C8o\u028Az",
        "a close friend, kl\u02C8o\u028As",
        "the close of day, kl\u02C8o\u028Az",
        "come close to it, kl\u02C8o\u028As",
        "we go live abroad, l\u02C8\u026Av",
        "to close by nine, kl\u02C8o\u028Az",
    })
    void phonemize_wordWithTwoSounds_isToldApartByItsNeighbours(String text, String symbols) {
        assertThat(symbols(text)).contains(symbols);
    }

    @Test
    void phonemize_words_haveTheirRanges() {
        String text = "Hello, big world";

        List<PhonemeRun> runs = phonemizer.phonemize(text);

        assertThat(runs)
                .extracting(run -> text.substring(run.start(), run.end()))
                .containsExactly("Hello", ",", " ", "big", " ", "world", "");
        assertThat(runs).extracting(PhonemeRun::symbols).contains(",", " ", ".");
        assertThat(runs.get(6).start()).isEqualTo(text.length());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "It costs $3.50 now. | It;costs;$3.50;now;.",
                "Dr. Smith's \u201Cnew\u201D caf\u00E9! | Dr.;Smith's;new;caf\u00E9;!",
                "Mail a.b@c.com or 555-1234, please | Mail;a.b@c.com;or;555-1234;,;please;",
                "e\u0301te\u0301 \uD83D\uDE00 ok | e\u0301te\u0301;ok;",
                "on 5 May 2024 at 3:30 pm | on;5;May;2024;at;3:30 pm;",
                "the U.S. | the;U.S.;",
                "well-known GPT-4 BlueX | well;known;GPT;4;Blue;X;",
                "Wait... what?! | Wait;...;what;?!",
                "(so) \u2014 end, | so;\u2014;end;,",
            })
    void phonemize_whatIsReadOtherwise_keepsItsRange(String text, String parts) {
        List<PhonemeRun> runs = phonemizer.phonemize(text);

        String spoken = runs.stream()
                .filter(run -> !run.symbols().equals(" "))
                .map(run -> text.substring(run.start(), run.end()))
                .collect(Collectors.joining(";"));
        assertThat(spoken).isEqualTo(parts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no mark | .",
                "a comma, | .",
                "a colon: | .",
                "question? | ?",
                "so! | !",
                "he said \"no.\" | .",
                "e.g. | ."
            })
    void phonemize_anyText_endsASentence(String text, String mark) {
        List<PhonemeRun> runs = phonemizer.phonemize(text);

        assertThat(runs.get(runs.size() - 1).symbols()).isEqualTo(mark);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "!?.",
                "\u2014",
                "\uD83D\uDE00",
                "\u4F60\u597D\u3002",
                "\u041F\u0440\u0438\u0432\u0435\u0442",
                "\uD83D"
            })
    void phonemize_nothingToPronounce_isEmpty(String text) {
        assertThat(phonemizer.phonemize(text)).isEmpty();
    }

    @Test
    void phonemize_ownWords_replaceTheBuiltIn() {
        Lexicon own = Lexicon.builder()
                .respell("hello", "goodbye")
                .phonemes("world", "\u02C8\u025Bk\u0259")
                .build();
        Phonemizer english = Phonemizer.english(own);

        String symbols = english.phonemize("Hello the world's").stream()
                .map(PhonemeRun::symbols)
                .collect(Collectors.joining());

        assertThat(symbols).startsWith("\u0261").contains("\u00F0\u026A \u02C8\u025Bk\u0259z");
        assertThat(english).hasToString("EnglishPhonemizer[Lexicon[2 words]]");
    }

    @Test
    void phonemize_ownWords_splitIntoSeveral_shareTheRange() {
        Phonemizer english = Phonemizer.english(
                Lexicon.builder().respell("nginx", "engine, x").build());

        List<PhonemeRun> runs = english.phonemize("Use nginx.");

        assertThat(runs).extracting(PhonemeRun::start).containsExactly(0, 3, 4, 9);
        assertThat(runs.get(2).symbols()).contains(",");
    }

    @Test
    void close_changesNothing() {
        phonemizer.close();
        phonemizer.close();

        assertThat(phonemizer.phonemize("still here")).isNotEmpty();
    }

    @Test
    void phonemize_anyUnicode_neverFailsAndStaysInsideTheVoice() {
        Set<Integer> known = voiceSymbols();
        Random random = new Random(42);
        for (int i = 0; i < 6_000; i++) {
            String text = i % 2 == 0 ? noise(random) : mixture(random);
            check(text, phonemizer.phonemize(text), known);
        }
    }

    private static void check(String text, List<PhonemeRun> runs, Set<Integer> known) {
        int reached = 0;
        Set<String> strange = new TreeSet<>();
        for (PhonemeRun run : runs) {
            assertThat(run.start()).as(text).isBetween(reached, text.length());
            assertThat(run.end()).as(text).isBetween(run.start(), text.length());
            reached = run.end();
            run.symbols().codePoints().filter(c -> !known.contains(c)).forEach(c -> strange.add(Character.toString(c)));
            assertThat(Normalizer.isNormalized(run.symbols(), Normalizer.Form.NFD))
                    .isTrue();
        }
        assertThat(strange).as(text).isEmpty();
        if (!runs.isEmpty()) {
            assertThat(runs.get(runs.size() - 1).symbols()).as(text).isIn(".", "!", "?");
        }
    }

    private static Set<Integer> voiceSymbols() {
        return VoiceFiles.builtIn().config().symbolIds().keySet().stream()
                .map(symbol -> symbol.codePointAt(0))
                .collect(Collectors.toSet());
    }

    private static String noise(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(60);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(6)) {
                case 0 -> text.append((char) random.nextInt(0x80));
                case 1 -> text.append((char) (0x80 + random.nextInt(0x2100)));
                case 2 -> text.append((char) random.nextInt(0x10000));
                case 3 -> text.appendCodePoint(random.nextInt(0x110000));
                case 4 -> text.append((char) ('a' + random.nextInt(26)));
                default -> text.append(" .,'-/:0123456789$%#@".charAt(random.nextInt(21)));
            }
        }
        return text.toString();
    }

    private static String mixture(Random random) {
        String[] pieces = {
            "$",
            "3.50",
            "12/05",
            "/",
            "-",
            "\u2013",
            "Dr.",
            "St.",
            "a.m.",
            "U.S.",
            "e.g.",
            "May",
            "5th",
            "'s",
            "I",
            "a",
            "HTTP",
            "iOS",
            "x86",
            "\u00BD",
            "1,234",
            "km",
            "\u00B0C",
            "%",
            "@",
            "b.com",
            "https://",
            "#",
            "<b>",
            ">",
            "&amp;",
            ":",
            "...",
            "IV",
            "Henry",
            "Mc",
            "n't",
            "\u0301",
            "00",
            "9999999999999999999",
            "(",
            ")",
            "\"",
            "\n\n",
            "the",
            "to",
            "+1",
            "555-1234",
            "2024-05-12",
            "T10:00",
            "v",
            "_",
            "\\",
            "^",
            "*",
            "=",
            "~",
            "Ph.D",
            "'",
            "90s",
            "\u03C0",
            "zz"
        };
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(12);
        for (int i = 0; i < length; i++) {
            text.append(pieces[random.nextInt(pieces.length)]).append(random.nextInt(3) == 0 ? "" : " ");
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "un",
                "ly",
                "1.",
                "a.",
                "a-",
                "1-",
                "111,",
                "1",
                "a/",
                "<a",
                "(",
                "A",
                "\u0301",
                "'a",
                "_",
                "a@",
                "9/",
                "$1",
                "x1",
                "ab'",
                "ness",
                "i",
                "\uD83D\uDE00",
                "Dr. ",
                "I. ",
                "- \n",
                "th",
                "zz"
            })
    void phonemize_veryLongRuns_areReadWithoutOverflow(String unit) {
        String text = unit.repeat(8_000);

        check(
                unit,
                phonemizer.phonemize(text).stream()
                        .map(run -> new PhonemeRun(run.symbols(), 0, 0))
                        .toList(),
                voiceSymbols());
    }

    @Test
    void phonemize_manyThreads_allGetTheSame() throws Exception {
        List<String> texts = List.of(
                "On 12/05/2024 Dr. Smith paid $3.50 for GPT-4.",
                "Blorked snorfles hovered.",
                "Is it? The apple.",
                "NASA's API");
        List<List<PhonemeRun>> expected =
                texts.stream().map(phonemizer::phonemize).toList();
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                results.add(executor.submit(() -> IntStream.range(0, 200)
                        .allMatch(i -> phonemizer.phonemize(texts.get(i % 4)).equals(expected.get(i % 4)))));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void phonemeRun_unusableValues_areRefused() {
        assertThatThrownBy(() -> new PhonemeRun("", 0, 1)).hasMessageStartingWith("symbols");
        assertThatThrownBy(() -> new PhonemeRun("a", -1, 1)).hasMessageStartingWith("range: -1 to 1");
        assertThatThrownBy(() -> new PhonemeRun("a", 2, 1)).hasMessageStartingWith("range: 2 to 1");
    }

    @Test
    void toString_neverShowsText() {
        assertThat(new PhonemeRun("ab", 3, 5)).hasToString("PhonemeRun[3..5, 2 chars]");
    }
}
