// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ttsclient.testkit.SeededRandom;
import io.ttsclient.text.TextPreparation.Treatment;
import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TextPreparerTest {
    private static final int ROUNDS = 4_000;

    @RegisterExtension
    final SeededRandom random = new SeededRandom();

    @Test
    void append_prose_isGivenBackAtOnceButForTheLastCharacter() {
        TextPreparer preparer = TextPreparation.speakable().start();
        assertThat(preparer.append("Hello the")).isEqualTo("Hello th");
        assertThat(preparer.append("re, **Bob**! See [the")).isEqualTo("ere, Bob! See");
        assertThat(preparer.append(" docs](http://x.y) now")).isEqualTo(" the docs no");
        assertThat(preparer.finish()).isEqualTo("w");
        assertThat(preparer.finish()).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> preparer.append("x"));
    }

    @Test
    void sourceIndex_whileGrowing_pointsIntoAllThatWasAppended() {
        TextPreparer preparer = TextPreparation.speakable().start();
        StringBuilder prepared = new StringBuilder(preparer.append("A **big"));
        prepared.append(preparer.append("** dog")).append(preparer.finish());
        assertThat(prepared).hasToString("A big dog");
        assertThat(preparer.sourceIndex(2)).isEqualTo(4);
        assertThat(preparer.sourceEnd(5)).isEqualTo(7);
        assertThat(preparer.sourceIndex(6)).isEqualTo(10);
    }

    @Test
    void flush_whatIsHeldBack_isGivenAsItStands() {
        TextPreparer preparer = TextPreparation.speakable().start();
        assertThat(preparer.append("One [li") + preparer.flush()).isEqualTo("One [li");
        assertThat(preparer.append("nk](u) **two") + preparer.flush()).isEqualTo("nk](u) two");
        assertThat(preparer.append("** \ud83d") + preparer.flush()).isEmpty();
        assertThat(preparer.append("\ude00 e") + preparer.flush()).isEqualTo(" e");
        assertThat(preparer.append("\n- item") + preparer.flush()).isEqualTo("\nitem");
        assertThat(preparer.append("\nText") + preparer.finish()).isEqualTo(".\nText");
        assertThat(preparer.sourceEnd(30)).isEqualTo(38);
    }

    @Test
    void append_anyDeltas_makesWhatTheWholeMakes() {
        for (int round = 0; round < ROUNDS; round++) {
            String text = RandomText.of(random, random.nextInt(60));
            TextPreparation settings = settings();
            TextPreparer preparer = settings.start();
            StringBuilder grown = new StringBuilder();
            int longest = 1 + random.nextInt(8);
            for (int i = 0; i < text.length(); ) {
                int end = Math.min(text.length(), i + 1 + random.nextInt(longest));
                grown.append(preparer.append(text.substring(i, end)));
                i = end;
            }
            grown.append(preparer.finish());
            PreparedText whole = settings.prepare(text);
            assertThat(grown.toString()).isEqualTo(whole.text());
            for (int i = 0; i <= grown.length(); i++) {
                assertThat(preparer.sourceIndex(i)).isEqualTo(whole.sourceIndex(i));
                assertThat(preparer.sourceEnd(i)).isEqualTo(whole.sourceEnd(i));
            }
        }
    }

    @Test
    void prepare_anyText_keepsTheOrderOfTheSource() {
        for (int round = 0; round < ROUNDS; round++) {
            String text = RandomText.of(random, random.nextInt(60));
            TextPreparation settings = settings();
            PreparedText prepared = settings.prepare(text);
            int before = 0;
            for (int i = 0; i < prepared.text().length(); i++) {
                int from = prepared.sourceIndex(i);
                int to = prepared.sourceEnd(i + 1);
                assertThat(from).isBetween(before, text.length());
                assertThat(to).isBetween(from, text.length());
                before = from;
            }
            if (settings.nfc()) {
                assertThat(Normalizer.isNormalized(prepared.text(), Normalizer.Form.NFC))
                        .isTrue();
            }
            if (settings.isOff()) {
                assertThat(prepared.text()).isEqualTo(text);
            }
        }
    }

    private TextPreparation settings() {
        Treatment[] treatments = Treatment.values();
        return switch (random.nextInt(4)) {
            case 0 -> TextPreparation.off();
            case 1 -> TextPreparation.speakable();
            default ->
                TextPreparation.builder()
                        .markdown(treatments[random.nextInt(3)])
                        .code(treatments[random.nextInt(3)])
                        .emoji(treatments[random.nextInt(3)])
                        .urls(treatments[random.nextInt(3)])
                        .clean(random.nextBoolean())
                        .nfc(random.nextBoolean())
                        .build();
        };
    }
}
