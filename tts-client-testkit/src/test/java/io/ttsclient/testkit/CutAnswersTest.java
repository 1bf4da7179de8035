// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.error.Category;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CutAnswersTest {
    private static final ServerAnswer ANSWER = ServerAnswer.of(200).body("audio");

    @RegisterExtension
    final SeededRandom random = new SeededRandom();

    @Test
    void assertNoneSucceeds_backendThatNoticesNothing_isFound() {
        assertThatThrownBy(() -> CutAnswers.assertNoneSucceeds(ANSWER, random, baseUrl -> FakeBackend.create()))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("an answer that is cut after 0 bytes was a success");
    }

    @Test
    void assertNoneSucceeds_anotherCategory_isFound() {
        FakeBackend fake = FakeBackend.create();
        fake.enqueue(Behaviour.speak());
        fake.enqueue(Behaviour.speak().failAt(1_280, Category.TRUNCATED));
        fake.always(Behaviour.fail(Category.INVALID_REQUEST));

        assertThatThrownBy(() -> CutAnswers.assertNoneSucceeds(ANSWER, random, baseUrl -> fake))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("cut after 1 bytes");
    }

    @Test
    void assertNoneSucceeds_noAudioInTheWhole_isFound() {
        FakeBackend fake = FakeBackend.create();
        fake.always(Behaviour.noAudio());

        assertThatThrownBy(() -> CutAnswers.assertNoneSucceeds(ANSWER, random, baseUrl -> fake))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("bytes of audio in the whole answer");
    }
}
