// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a call fails with. */
final class Thrown {
    private Thrown() {}

    /** The failure of {@code call}, which has to have that category. */
    static TtsException by(Category category, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(TtsException.class);
        TtsException failure = (TtsException) thrown;
        assertThat(failure.category()).as("the category of %s", failure).isEqualTo(category);
        return failure;
    }
}
