// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.text.SegmentLimits;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Cuts a text into the pieces that the backend takes, and speaks them in strict order: the next one is made while the current
 * one is delivered. A text that is still being written is cut as it comes, unless the backend takes it so itself.
 */
public final class SegmentingLayer extends DelegatingBackend {
    private final SegmentingPolicy policy;
    private final Executor executor;

    /** {@code executor} makes the pieces ahead; it is not shut down. */
    public SegmentingLayer(TtsBackend delegate, SegmentingPolicy policy, Executor executor) {
        super(delegate);
        this.policy = policy;
        this.executor = executor;
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        TtsCapabilities capabilities = capabilities();
        boolean isGrowing = synthesis.text().isGrowing();
        Optional<SegmentLimits> limits = capabilities.segmentLimits();
        if (isGrowing ? capabilities.growingText() : limits.isEmpty() || keepsTextWhole(synthesis)) {
            return super.stream(synthesis);
        }
        Locale language =
                synthesis.options().language().map(Locale::forLanguageTag).orElse(Locale.ROOT);
        if (isGrowing) {
            var segments = new GrowingSegments(synthesis.text().cursor(), growing(limits), language);
            return SegmentedSource.open(delegate(), synthesis, segments, policy, executor);
        }
        var segments = new WholeSegments(synthesis.text().text(), limits.orElseThrow(), language);
        return segments.hasSeveral()
                ? SegmentedSource.open(delegate(), synthesis, segments, policy, executor)
                : super.stream(synthesis);
    }

    /** The backend's limits, with an early first piece even where it asks for none. */
    private SegmentLimits growing(Optional<SegmentLimits> limits) {
        SegmentLimits ours = policy.growing();
        if (limits.isEmpty()) {
            return ours;
        }
        SegmentLimits its = limits.get();
        if (its.firstTarget() > 0) {
            return its;
        }
        int target = Math.min(ours.firstTarget(), its.maxCodePoints());
        return its.toBuilder()
                .firstSegment(Math.min(ours.firstMinimum(), target), target)
                .build();
    }

    private boolean keepsTextWhole(Synthesis synthesis) {
        String name = capabilities().backend();
        return synthesis.options().provider().values().stream()
                .anyMatch(
                        options -> options.keepsTextWhole() && options.backend().equals(name));
    }
}
