// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.util.List;

/**
 * Where a backend gets its keys from. It is asked for every connection, so that keys can be changed while the application
 * runs. Thread-safe; as it is asked on the way to speech, it must be quick.
 */
@FunctionalInterface
public interface ApiKeySource {
    /** Always this key. */
    static ApiKeySource of(ApiKey key) {
        return of(List.of(key));
    }

    /** Always these keys, at least one; see {@link KeyRing} for how they are chosen from. */
    static ApiKeySource of(List<ApiKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("keys: 0, allowed at least 1");
        }
        List<ApiKey> copy = List.copyOf(keys);
        return new ApiKeySource() {
            @Override
            public List<ApiKey> keys() {
                return copy;
            }

            @Override
            public String toString() {
                return "ApiKeySource[" + copy.size() + " keys]";
            }
        };
    }

    /** The keys of now, the preferred one first. */
    List<ApiKey> keys();
}
