// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import java.util.List;
import java.util.Optional;

/** The fake keeps the contract, and the kit lets a backend pass that keeps it. */
// @start region="conformance"
class FakeBackendConformanceTest extends TtsBackendConformance {
    @Override
    protected TtsBackend backend() {
        return WellBehavedFake.that(Behaviour.speak());
    }

    @Override
    protected Optional<TtsBackend> hangingBackend() {
        return Optional.of(WellBehavedFake.that(Behaviour.hang()));
    }

    @Override
    protected Optional<TtsBackend> stallingBackend() {
        return Optional.of(WellBehavedFake.that(Behaviour.speak().stallAt(2_000)));
    }

    @Override
    protected List<FailureCase> failureCases() {
        return List.of(
                new FailureCase(
                        "too many requests",
                        Category.RATE_LIMIT,
                        () -> WellBehavedFake.that(Behaviour.fail(Category.RATE_LIMIT))),
                new FailureCase(
                        "a connection that breaks in the middle",
                        Category.TRUNCATED,
                        () -> WellBehavedFake.that(Behaviour.speak().failAt(2_000, Category.TRUNCATED))));
    }

    @Override
    protected List<String> expectedVoices() {
        return List.of("alto", "bass");
    }
}
// @end
