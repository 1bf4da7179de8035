// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.fuzz.Pieces;
import io.ttsclient.speech.Voice;
import io.ttsclient.testkit.TestSynthesis;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

class VoiceListFuzz {
    @FuzzTest
    void read_anyBytes_areTheSameVoicesHoweverTheyCome(byte[] bytes) {
        Optional<List<Voice>> whole = read(new ByteArrayInputStream(bytes));

        assertThat(read(Pieces.stream(bytes, 1))).isEqualTo(whole);
        assertThat(read(Pieces.stream(bytes, 40))).isEqualTo(whole);
        List<Voice> voices = whole.orElse(List.of());
        assertThat(voices).extracting(Voice::id).doesNotHaveDuplicates();
        assertThat(voices).allSatisfy(voice -> {
            assertThat(voice.id()).isNotBlank();
            assertThat(voice.name()).isNotBlank();
        });
    }

    /** Empty where it is no JSON. */
    private static Optional<List<Voice>> read(InputStream in) {
        try {
            return Optional.of(VoiceList.read(TestSynthesis.of("Hello."), in));
        } catch (TtsException e) {
            assertThat(e.category()).isEqualTo(Category.PROTOCOL);
            assertThat(e).hasMessageStartingWith("the list of models is no JSON [PROTOCOL, ");
            return Optional.empty();
        }
    }
}
