// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import java.util.List;
import java.util.Objects;

/**
 * A voice that a backend offers.
 *
 * @param id what {@link SpeechOptions.Builder#voice(String)} takes
 * @param name how people call it
 * @param languages BCP 47 tags of the languages it speaks, the main one first; empty where unknown
 * @param description what it sounds like, in the provider's words; empty where unknown
 */
public record Voice(String id, String name, List<String> languages, String description) {
    public Voice {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        languages = List.copyOf(languages);
        Objects.requireNonNull(description, "description");
    }
}
