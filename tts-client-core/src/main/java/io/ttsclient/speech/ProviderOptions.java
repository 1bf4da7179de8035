// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

/**
 * Options that only one kind of backend understands. A backend module has one final, immutable class of them; when another
 * backend serves the request they are ignored, with a warning in the log and in the report.
 */
public interface ProviderOptions {
    /** The name of the backend that understands these options, such as {@code deepgram}. */
    String backend();
}
