// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.transport.HttpResponse;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the headers of an answer over REST tell beside its id: {@code dg-model-name} who has spoken, {@code dg-char-count} how much
 * is billed, {@code dg-warnings} what the service did not like. They may lack, and hold anything.
 */
final class RestHeaders {
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");
    /** A code among words, which may quote the text and are not shown. */
    private static final Pattern CODE = Pattern.compile("\\b[A-Z]+(_[A-Z]+)+\\b");

    private RestHeaders() {}

    /** Puts them into the report; {@code characters} is how many were sent. */
    static void takeDown(HttpResponse response, Synthesis synthesis, int characters) {
        synthesis.attempt().sent(billed(response).orElse(characters));
        response.header("dg-model-name")
                .filter(SpeakRequest::isModel)
                .ifPresent(model -> synthesis.attempt().voice(model));
        response.header("dg-warnings").filter(told -> !told.isBlank()).ifPresent(told -> {
            var codes = CODE.matcher(told).results().map(MatchResult::group).distinct();
            String all = String.join(", ", codes.toList());
            synthesis.journal().warning("Deepgram warned, " + (all.isEmpty() ? "(no code)" : all));
        });
    }

    /** What Deepgram counts: it leaves out its own controls. */
    private static Optional<Integer> billed(HttpResponse response) {
        return response.header("dg-char-count")
                .map(String::strip)
                .filter(count -> COUNT.matcher(count).matches())
                .map(Integer::valueOf);
    }
}
