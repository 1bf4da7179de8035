// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.AudioFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The audio in an answer, taken out of what it came in. */
interface AnswerAudio {
    AudioFormat format();

    /** The next whole samples, as they arrive; null at the end. */
    @Nullable
    ByteBuffer read() throws IOException;

    /** Whether it ended before it was complete; asked after {@link #read} has returned null. */
    boolean truncated();
}
