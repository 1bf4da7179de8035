// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import org.jspecify.annotations.Nullable;

/** Reads a {@link TextSource} once, from its beginning to its end, as it is written. One thread at a time uses it. */
public interface TextCursor {
    /** What comes next; null if nothing was written since, and after {@link TextEvent.Kind#END}. Never waits. */
    @Nullable
    TextEvent poll();
}
