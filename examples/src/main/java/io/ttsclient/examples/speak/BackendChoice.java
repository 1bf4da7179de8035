// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import org.jspecify.annotations.Nullable;

/**
 * Which backend the options name; null where they say nothing.
 *
 * @param provider its name
 * @param model the model it is loaded from; only of a local voice, since others are told with the request
 * @param baseUrl the address of its server
 * @param dialect what its server speaks
 */
record BackendChoice(
        String provider,
        @Nullable String model,
        @Nullable String baseUrl,
        @Nullable String dialect) {
    /** With nothing but a name. */
    static BackendChoice named(String provider) {
        return new BackendChoice(provider, null, null, null);
    }
}
