// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

/** Who goes first where requests have to queue. */
public enum Priority {
    /** Somebody is waiting for the sound. */
    LIVE,
    /** Somebody may soon wait for it. */
    PREFETCH,
    /** Nobody waits. */
    BATCH
}
