// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.transport.HttpError;
import io.ttsclient.transport.StatusCategories;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a server's refusals mean: the usual categories of the status, except that some servers answer bad input with a 500.
 * Where the words tell, it is {@code INVALID_REQUEST}; where it only may be so, the same request is not tried again.
 */
final class Refusals {
    private final StatusCategories statuses;
    private final List<BadInput> badInputs;
    private final Set<Integer> maybeBadInput;

    private record BadInput(int status, String words) {}

    private Refusals(StatusCategories statuses, List<BadInput> badInputs, Set<Integer> maybeBadInput) {
        this.statuses = statuses;
        this.badInputs = badInputs;
        this.maybeBadInput = maybeBadInput;
    }

    static Refusals byStatus() {
        return new Refusals(StatusCategories.defaults(), List.of(), Set.of());
    }

    Refusals with(int status, Category category) {
        return new Refusals(statuses.with(status, category), badInputs, maybeBadInput);
    }

    Refusals withBadInput(int status, String words) {
        var more = new ArrayList<>(badInputs);
        more.add(new BadInput(status, words));
        return new Refusals(statuses, List.copyOf(more), maybeBadInput);
    }

    Refusals withMaybeBadInput(int status) {
        var more = new HashSet<>(maybeBadInput);
        more.add(status);
        return new Refusals(statuses, badInputs, Set.copyOf(more));
    }

    TtsException failure(HttpError error) {
        boolean badInput =
                badInputs.stream().anyMatch(bad -> bad.status() == error.status() && error.says(bad.words()));
        if (badInput) {
            return error.failure(Category.INVALID_REQUEST).build();
        }
        TtsException.Builder failure = error.failure(statuses.of(error.status()));
        return (maybeBadInput.contains(error.status()) ? failure.notRetryable() : failure).build();
    }
}
