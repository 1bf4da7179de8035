// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import java.util.Optional;

/**
 * Options that only one kind of backend understands. A backend module has one final, immutable class of them; when another
 * backend serves the request they are ignored, with a warning in the log and in the report.
 */
public interface ProviderOptions {
    /** The name of the backend that understands these options, such as {@code deepgram}. */
    String backend();

    /**
     * All that these options say about the audio, in a form that differs where the audio may differ, for a cache, which hashes it and
     * shows it nowhere. Empty unless overridden: a request with these options is then not cached.
     */
    default Optional<String> audioKey() {
        return Optional.empty();
    }

    /**
     * Whether these options are about the text as a whole, such as who says what in a dialogue, so that the text must not be cut into
     * pieces for their backend. False unless overridden.
     */
    default boolean keepsTextWhole() {
        return false;
    }
}
