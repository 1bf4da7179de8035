// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import io.ttsclient.error.TtsException;
import org.jspecify.annotations.Nullable;

/** A credential. Its value appears in no string form, message or log. Immutable; equal by content. */
public final class ApiKey {
    private final String value;

    private ApiKey(String value) {
        this.value = value;
    }

    /**
     * A key, without the blanks around it that a file or an environment variable may have added.
     *
     * @param value visible ASCII characters, at least one; null, as from a variable that is not set, is refused like any other
     *     wrong value
     * @throws TtsException with category {@code INVALID_REQUEST}; its message says how long the value is, never what it is
     */
    public static ApiKey of(@Nullable String value) {
        if (value == null) {
            throw TtsException.invalidRequest("apiKey: not set, allowed visible ASCII characters");
        }
        String key = value.strip();
        // What else there may be would break the header that it is sent in, or smuggle in another one.
        if (key.isEmpty() || key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw TtsException.invalidRequest("apiKey: " + (key.isEmpty() ? "blank" : key.length() + " chars")
                    + ", allowed visible ASCII characters without blanks");
        }
        return new ApiKey(key);
    }

    /** The secret itself, to be put into a header and nowhere else. */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ApiKey key && key.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "ApiKey[redacted]";
    }
}
