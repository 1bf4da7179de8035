// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import com.fasterxml.jackson.databind.JsonNode;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.Voice;
import io.ttsclient.transport.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Asks a server for its voices. */
final class VoiceLister {
    /** MeloTTS loads a model for it, on the first time from the network. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int HAS_NO_SUCH_ROUTE = 404;

    private final Dialect dialect;

    VoiceLister(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The voices; empty where there is no list. {@code get} asks for a path. */
    List<Voice> list(Function<String, HttpResponse> get) {
        for (String path : dialect.voices().paths()) {
            try (HttpResponse response = get.apply(path)) {
                if (response.isSuccessful()) {
                    return VoiceList.of(json(path, response), dialect.voices().field());
                }
                if (response.status() != HAS_NO_SUCH_ROUTE) {
                    throw dialect.refusals().failure(response.error());
                }
            }
        }
        return List.of();
    }

    private static JsonNode json(String path, HttpResponse response) {
        return Wire.parsed(Wire.body(response))
                .orElseThrow(() -> TtsException.builder(
                                Category.PROTOCOL, "/" + path + " answered with no list of voices in JSON")
                        .backend(VitsServer.NAME)
                        .build());
    }
}
