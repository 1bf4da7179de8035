// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.fuzz.Pieces;
import java.io.ByteArrayInputStream;

class AnswerReaderFuzz {
    @FuzzTest
    void read_anyBytes_areHeardTheSameHoweverTheyCome(byte[] bytes) {
        Heard whole = Heard.of(new ByteArrayInputStream(bytes));

        assertThat(whole.audio().length()).isLessThanOrEqualTo(bytes.length);
        whole.assertSameInPieces(Heard.of(Pieces.stream(bytes, 1)));
        whole.assertSameInPieces(Heard.of(Pieces.stream(bytes, 40)));
    }
}
