// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

/** What a cache had for a piece of text. */
public enum CacheResult {
    /** The audio, in memory. */
    HIT,
    /** The audio, in its store. */
    STORED,
    /** Another request for the same audio, which is shared while it is being made. */
    SHARED,
    /** Nothing. */
    MISS
}
