// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.Voice;
import io.ttsclient.transport.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Asks a server for its voices. */
final class VoiceLister {
    /** MeloTTS loads a model for it, on the first time from the network. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final ObjectMapper JSON = new ObjectMapper();
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
        try {
            return JSON.readTree(Wire.body(response));
        } catch (JacksonException e) {
            // Its message quotes the body.
            throw TtsException.builder(Category.PROTOCOL, "/" + path + " answered with no list of voices in JSON")
                    .backend(VitsServer.NAME)
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }
}
