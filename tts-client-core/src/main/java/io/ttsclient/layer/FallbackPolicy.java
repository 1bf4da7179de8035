// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

/**
 * When another backend is asked, beyond what the category of a failure says.
 *
 * @param afterContentRejected whether another backend is asked to speak a text that one refused to speak
 */
public record FallbackPolicy(boolean afterContentRejected) {
    private static final FallbackPolicy DEFAULT = new FallbackPolicy(false);

    /** A text that one backend refuses is offered to no other. */
    public static FallbackPolicy defaults() {
        return DEFAULT;
    }
}
