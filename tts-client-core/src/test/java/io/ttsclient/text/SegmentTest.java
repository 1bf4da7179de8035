// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ttsclient.text.Segment.Boundary;
import org.junit.jupiter.api.Test;

class SegmentTest {
    @Test
    void constructor_rangeThatDoesNotHoldTheText_isRefusedWithoutTheText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Segment("secret", 3, 8, Boundary.END))
                .withMessageContaining("3 to 8")
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException().isThrownBy(() -> new Segment("a", -1, 0, Boundary.END));
        assertThatIllegalArgumentException().isThrownBy(() -> new Segment("", 2, 1, Boundary.END));
    }

    @Test
    void toString_neverShowsTheText() {
        assertThat(new Segment("secret", 3, 9, Boundary.CLAUSE)).hasToString("Segment[3..9, CLAUSE]");
    }
}
