// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.TtsException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolEncoderTest {
    private static final String JSON = """
            {"audio": {"sample_rate": 16000},
             "phoneme_type": "%s",
             "phoneme_id_map": {"_": [0], "^": [1], "$": [2], " ": [3], ",": [8], ".": [10], "a": [14], "c": [16], "d": [17],
                "h": [20], "l": [24], "w": [35], "x": [61, 62, 63], "\u0259": [59], "\u02c8": [120], "\u02d0": [122],
                "\u028a": [100], "\u0327": [140], "a\u026a": [90]},
             "vowel_clusters": [["a", "\u026a"]]}
            """;

    private static SymbolEncoder encoder(String phonemeType) {
        return new SymbolEncoder(
                VoiceConfigReader.read(JSON.formatted(phonemeType).getBytes(StandardCharsets.UTF_8), "test"));
    }

    private static PhonemeIds encode(String... symbols) {
        return encoder("espeak").encode(runs(symbols));
    }

    /** Each run is one char of the text. */
    private static List<PhonemeRun> runs(String... symbols) {
        return IntStream.range(0, symbols.length)
                .mapToObj(i -> new PhonemeRun(symbols[i], i, i + 1))
                .toList();
    }

    @Test
    void encode_goldenSentence_isBeginPadThenEachSymbolAndPadThenEnd() {
        assertThat(encode("h\u0259l\u02c8a", ".").ids())
                .containsExactly(1, 0, 20, 0, 59, 0, 24, 0, 120, 0, 14, 0, 10, 0, 2);
    }

    @Test
    void encode_oneSymbol_hasThePadBehindTheBeginningAndNoneAtTheEnd() {
        assertThat(encode("a,").ids()).containsExactly(1, 0, 14, 0, 8, 0, 2);
    }

    @Test
    void encode_nSymbols_givesTwiceNPlusThree() {
        assertThat(encode("a".repeat(49) + ".").ids()).hasSize(103);
    }

    @Test
    void encode_severalIdsForASymbol_onePadFollowsThemAll() {
        assertThat(encode("xa.").ids()).containsExactly(1, 0, 61, 62, 63, 0, 14, 0, 10, 0, 2);
    }

    @Test
    void encode_composedLetter_isDecomposed() {
        assertThat(encode("\u00e7a.").ids()).containsExactly(1, 0, 16, 0, 140, 0, 14, 0, 10, 0, 2);
    }

    @Test
    void encode_cluster_isOneSymbol() {
        assertThat(encode("ha\u026aa.").ids()).containsExactly(1, 0, 20, 0, 90, 0, 14, 0, 10, 0, 2);
    }

    @Test
    void encode_runs_knowWhereEachWordIs() {
        PhonemeIds encoded = encode("h\u0259", " ", "\u02c8a.");
        assertThat(encoded.words()).containsExactly(new PhonemeIds.Word(0, 1, 2, 6), new PhonemeIds.Word(2, 3, 8, 12));
    }

    @Test
    void encode_severalRunsForOneStretchOfText_areOneWord() {
        var runs = List.of(
                new PhonemeRun("a", 0, 2),
                new PhonemeRun(" ", 0, 2),
                new PhonemeRun("d", 0, 2),
                new PhonemeRun("l", 3, 4));
        assertThat(encoder("espeak").encode(runs).words())
                .containsExactly(new PhonemeIds.Word(0, 2, 2, 8), new PhonemeIds.Word(3, 4, 8, 10));
    }

    @Test
    void encode_unknownPunctuationAndWhiteSpace_isLeftOutAndCounted() {
        PhonemeIds encoded = encode("a", "\u2014", "\t", "\u00bf", "d.");
        assertThat(encoded.ids()).containsExactly(1, 0, 14, 0, 17, 0, 10, 0, 2);
        assertThat(encoded.skipped()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"^", "_", "$"})
    void encode_symbolThatControlsTheModel_isNeverTakenFromPhonemes(String control) {
        PhonemeIds encoded = encode("a" + control + "d.");
        assertThat(encoded.ids()).containsExactly(1, 0, 14, 0, 17, 0, 10, 0, 2);
        assertThat(encoded.skipped()).isEqualTo(1);
    }

    @Test
    void encode_unknownPhonemes_areNamedEachOnce() {
        assertThat(Thrown.by(Category.UNSUPPORTED, () -> encode("a\u0283", "\u0292\u0283", "\ud835\udd18")))
                .hasMessageContaining("U+0283, U+0292, U+1D518");
    }

    @Test
    void encode_unknownCharactersOfTheText_areNotShown() {
        TtsException failure =
                Thrown.by(Category.UNSUPPORTED, () -> encoder("text").encode(runs("a\u0436\u0438\u0436", "\u4f60")));
        assertThat(failure.toString())
                .contains("3 different characters", "CYRILLIC", "HAN")
                .doesNotContain("\u0436", "U+0436", "\u4f60");
    }

    @Test
    void encode_textWithCapitalThatTheVoiceKnowsOnlySmall_isTheSmallOne() {
        assertThat(encoder("text").encode(runs("AD.")).ids()).containsExactly(1, 0, 14, 0, 17, 0, 10, 0, 2);
    }

    @Test
    void encode_phonemeCapital_isNotTheSmallOne() {
        assertThatThrownBy(() -> encode("A")).hasMessageContaining("U+0041");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", ".", ", .", "\u2026", "\u2014 ?!", "\ud83d\ude00"})
    void encode_nothingToPronounce_saysSo(String symbols) {
        assertThatThrownBy(() -> encode(symbols)).isInstanceOf(NothingToSpeakException.class);
    }

    @Test
    void encode_noRuns_isNothingToPronounce() {
        assertThatThrownBy(() -> encode()).isInstanceOf(NothingToSpeakException.class);
    }

    @Test
    void encode_asMuchAsOneRunTakes_isTaken() {
        assertThat(encode("a".repeat(SymbolEncoder.MAX_IDS / 2 - 3) + ".").ids())
                .hasSize(SymbolEncoder.MAX_IDS - 1);
    }

    @Test
    void encode_moreThanOneRunTakes_isRefusedWithTheNumbers() {
        assertThat(Thrown.by(Category.INVALID_REQUEST, () -> encode("a".repeat(SymbolEncoder.MAX_IDS / 2 - 1) + ".")))
                .hasMessageContaining("10003")
                .hasMessageContaining("at most 10000");
    }

    @Test
    void encode_loneSurrogate_isAnUnknownCharacter() {
        PhonemeIds encoded = encode("a\ud83d", "d.");
        assertThat(encoded.ids()).containsExactly(1, 0, 14, 0, 17, 0, 10, 0, 2);
        assertThat(encoded.skipped()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a ", "a, a", "a\u2014"})
    void encode_endsWithoutPunctuation_getsAFullStop(String symbols) {
        assertThat(encode(symbols).ids()).endsWith(10, 0, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,", "a, ", "a.", "a. ,"})
    void encode_endsWithPunctuation_isLeftAsItIs(String symbols) {
        assertThat(encode(symbols).ids()).hasSize(2 * symbols.length() + 3);
    }

    @Test
    void encode_voiceWithoutFullStop_endsAsItEnds() {
        var config = VoiceConfigReader.read(
                JSON.replace("\".\": [10],", "").formatted("espeak").getBytes(StandardCharsets.UTF_8), "test");
        PhonemeIds encoded = new SymbolEncoder(config).encode(runs("a"));
        assertThat(encoded.ids()).containsExactly(1, 0, 14, 0, 2);
        assertThat(encoded.skipped()).isZero();
    }

    @Test
    void encode_soundWithoutPlaceInTheText_isSaidAndNoWord() {
        var run = new PhonemeRun("a.", 3, 3);
        PhonemeIds encoded = encoder("espeak").encode(List.of(run));
        assertThat(encoded.ids()).containsExactly(1, 0, 14, 0, 10, 0, 2);
        assertThat(encoded.words()).isEmpty();
    }

    @Test
    void sample_anyVoice_isAFewOfItsSounds() {
        assertThat(encoder("espeak").sample().ids())
                .startsWith(1, 0)
                .endsWith(0, 2)
                .hasSizeGreaterThan(10)
                .doesNotContain(3, 8, 10);
    }
}
