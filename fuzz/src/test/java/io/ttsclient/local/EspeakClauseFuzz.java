// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

class EspeakClauseFuzz {
    private static final int LINE_BYTES = 1_000; // of espeak-ng

    /** An odd number of bytes is UTF-8, an even one UTF-16, which may have halves of characters. */
    @FuzzTest
    void of_anyText_isInLinesThatLeaveNothingOut(byte[] bytes) {
        String text = new String(bytes, bytes.length % 2 == 1 ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16BE);

        List<EspeakClause> clauses = EspeakClause.of(text);

        int reached = 0;
        for (EspeakClause clause : clauses) {
            assertThat(clause.start()).isGreaterThanOrEqualTo(reached);
            assertThat(text.substring(reached, clause.start()).codePoints()).noneMatch(Character::isLetterOrDigit);
            assertThat(clause.end()).isGreaterThan(clause.start());
            assertThat(clause.markEnd()).isBetween(clause.end(), text.length());
            assertThat(clause.mark()).matches("[,:;.!?]?");
            assertThat(clause.line().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(LINE_BYTES);
            assertThat(clause.line().codePoints()).noneMatch(EspeakClauseFuzz::isTrouble);
            reached = clause.end();
        }
        assertThat(text.substring(reached).codePoints()).noneMatch(Character::isLetterOrDigit);
    }

    private static boolean isTrouble(int c) {
        boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return half || Character.isISOControl(c) || c == '[' || c == ']';
    }
}
