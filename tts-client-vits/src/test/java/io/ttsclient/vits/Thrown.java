// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a call fails with. */
final class Thrown {
    private Thrown() {}

    static TtsException by(Category category, ThrowingCallable call) {
        TtsException failure = catchThrowableOfType(TtsException.class, call);
        assertThat(failure).as("a failure with " + category).isNotNull();
        assertThat(failure.category()).as("of %s", failure).isEqualTo(category);
        return failure;
    }
}
