// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.error;

/** What took too long. */
public enum TimeoutPhase {
    /** Making a connection. */
    CONNECT,
    /** From the start of an attempt to its first audio. */
    FIRST_AUDIO,
    /** Between two chunks of audio. */
    STALL,
    /** The caller's whole time, from the call to the last chunk. */
    TOTAL,
    /** Ending what runs while closing. */
    CLOSE
}
