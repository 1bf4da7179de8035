// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.Voice;
import io.ttsclient.transport.HttpResponse;
import java.nio.charset.StandardCharsets;
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
                    return read(path, Wire.body(response));
                }
                if (response.status() != HAS_NO_SUCH_ROUTE) {
                    throw dialect.refusals().failure(response.error());
                }
            }
        }
        return List.of();
    }

    private List<Voice> read(String path, byte[] body) {
        return Wire.parsed(body)
                .map(json -> VoiceList.of(json, dialect.voices().field()))
                .or(() -> VoiceList.ofLines(new String(body, StandardCharsets.UTF_8)))
                .orElseThrow(
                        () -> TtsException.builder(Category.PROTOCOL, "/" + path + " answered with no list of voices")
                                .backend(VitsServer.NAME)
                                .build());
    }
}
