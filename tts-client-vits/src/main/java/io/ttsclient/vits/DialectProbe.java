// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.error.TtsException;
import io.ttsclient.transport.HttpRequest;
import io.ttsclient.transport.HttpResponse;
import io.ttsclient.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a server harmless things, in order to tell what it speaks. */
final class DialectProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Transport transport;
    private final String baseUrl;

    DialectProbe(Transport transport, String baseUrl) {
        this.transport = transport;
        this.baseUrl = baseUrl;
    }

    /** The known dialects that fit, in their order. What else a dialect is known by is only asked where nothing has fitted. */
    List<Suggestion> suggestions() {
        List<Suggestion> byFirst = suggestions(0);
        return byFirst.isEmpty() ? suggestions(1) : byFirst;
    }

    private List<Suggestion> suggestions(int skipped) {
        var suggestions = new ArrayList<Suggestion>();
        for (Dialect dialect : Dialect.builtIn()) {
            dialect.signatures().stream()
                    .skip(skipped)
                    .limit(1)
                    .filter(this::fits)
                    .map(signature -> new Suggestion(dialect, "by what /" + signature.path() + " answers"))
                    .forEach(suggestions::add);
        }
        return suggestions;
    }

    private boolean fits(Signature signature) {
        boolean mayBeAsked = signature.rootStatus() == Signature.ANY
                || get("").filter(root -> root.status() == signature.rootStatus())
                        .isPresent();
        return mayBeAsked
                && get(signature.path())
                        .filter(answer -> answer.status() / 100 == 2)
                        .filter(answer ->
                                signature.answer().matcher(answer.body()).find())
                        .isPresent();
    }

    private record Answer(int status, String body) {}

    /** Empty where there is none in time. */
    private Optional<Answer> get(String path) {
        HttpRequest request = HttpRequest.get(baseUrl).path(path).build();
        try (HttpResponse response = transport.execute(VitsServer.NAME, request, PATIENCE)) {
            return Optional.of(new Answer(response.status(), new String(Wire.body(response), StandardCharsets.UTF_8)));
        } catch (TtsException e) {
            return switch (e.category()) {
                // A route that hangs says nothing about the others.
                case TIMEOUT -> Optional.empty();
                default -> throw e;
            };
        }
    }
}
