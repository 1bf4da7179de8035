// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class PreparedTextTest {
    @Test
    void sourceIndex_copiedText_pointsAtTheSameChars() {
        String source = "## The **big** [red](https://example.com) dog 😀 ran";
        PreparedText prepared = TextPreparation.speakable().prepare(source);
        assertThat(prepared.text()).isEqualTo("The big red dog ran");
        for (String word : List.of("The", "big", "red", "dog", "ran")) {
            int start = prepared.text().indexOf(word);
            int from = prepared.sourceIndex(start);
            int to = prepared.sourceEnd(start + word.length());
            assertThat(source.substring(from, to)).isEqualTo(word);
        }
    }

    @Test
    void sourceIndex_replacedText_pointsAtWhatItReplaces() {
        String source = "see https://www.example.com/x ok";
        PreparedText prepared = TextPreparation.speakable().prepare(source);
        assertThat(prepared.text()).isEqualTo("see example.com ok");
        for (int i = 4; i < 15; i++) {
            assertThat(prepared.sourceIndex(i)).isEqualTo(4);
            assertThat(prepared.sourceEnd(i + 1)).isEqualTo(29);
        }
        assertThat(prepared.sourceIndex(15)).isEqualTo(29);
    }

    @Test
    void sourceIndex_composedCharacter_pointsAtItsParts() {
        PreparedText prepared = TextPreparation.speakable().prepare("Vie\u0323\u0302t");
        assertThat(prepared.text()).isEqualTo("Việt");
        assertThat(prepared.sourceIndex(2)).isEqualTo(2);
        assertThat(prepared.sourceEnd(3)).isEqualTo(5);
        assertThat(prepared.sourceIndex(3)).isEqualTo(5);
    }

    @Test
    void sourceIndex_replacementOfTheSameLength_stillStandsForTheWhole() {
        PreparedText prepared = TextPreparation.builder().clean(true).build().prepare("a\n \n \nb");
        assertThat(prepared.text()).isEqualTo("a\n\nb");
        assertThat(prepared.sourceIndex(1)).isEqualTo(1);
        assertThat(prepared.sourceIndex(2)).isEqualTo(1);
        PreparedText same = TextPreparation.builder().clean(true).build().prepare("a\r\rb");
        assertThat(same.text()).isEqualTo("a\n\nb");
        assertThat(same.sourceIndex(2)).isEqualTo(1);
        assertThat(same.sourceEnd(2)).isEqualTo(3);
        assertThat(same.sourceIndex(3)).isEqualTo(3);
    }

    @Test
    void sourceIndex_ends_areInRange() {
        PreparedText prepared = TextPreparation.speakable().prepare(" *a* ");
        assertThat(prepared.text()).isEqualTo("a");
        assertThat(prepared.sourceIndex(0)).isEqualTo(2);
        assertThat(prepared.sourceIndex(1)).isEqualTo(3);
        assertThat(prepared.sourceEnd(0)).isZero();
        PreparedText empty = TextPreparation.speakable().prepare("---");
        assertThat(empty.sourceIndex(0)).isZero();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> prepared.sourceIndex(2));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> prepared.sourceEnd(-1));
    }

    @Test
    void toString_neverShowsTheText() {
        assertThat(TextPreparation.off().prepare("secret")).hasToString("PreparedText[6 chars]");
    }
}
