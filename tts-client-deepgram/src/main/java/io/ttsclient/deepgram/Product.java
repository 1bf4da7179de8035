// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

/** Deepgram's two kinds of voices, which speak two protocols. */
enum Product {
    /** Aura and Aura-2: a text buffer that is spoken when it is flushed. */
    AURA("v1/speak"),
    /** Flux: turns that the server keeps count of. */
    FLUX("v2/speak");

    private final String path;

    Product(String path) {
        this.path = path;
    }

    /** Which one has this model. */
    static Product of(String model) {
        return model.startsWith("flux-") ? FLUX : AURA;
    }

    /** The path of the address, for WebSockets and REST alike. */
    String path() {
        return path;
    }
}
