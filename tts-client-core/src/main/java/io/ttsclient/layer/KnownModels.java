// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import java.util.Optional;
import java.util.Set;

/** The models that tags name: what a request may say is without bounds, and so would be the meters that it leads to. */
public record KnownModels(Set<String> names) {
    public KnownModels {
        names = Set.copyOf(names);
    }

    /** The tag's value: {@code other} for one that is not known, {@code none} where there is none. */
    public String tag(Optional<String> model) {
        return model.map(name -> names.contains(name) ? name : "other").orElse("none");
    }
}
