// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.text.SegmentLimits;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Cuts a text into the pieces that the backend takes, and speaks them in strict order: the next one is made while the current
 * one is delivered.
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
        Optional<SegmentLimits> limits = capabilities().segmentLimits();
        if (limits.isEmpty() || keepsTextWhole(synthesis)) {
            return super.stream(synthesis);
        }
        Locale language =
                synthesis.options().language().map(Locale::forLanguageTag).orElse(Locale.ROOT);
        var segments = new SegmentIterator(synthesis.text().text(), limits.get(), language);
        if (!segments.hasSeveral()) {
            return super.stream(synthesis);
        }
        return SegmentedSource.open(delegate(), synthesis, segments, policy, executor);
    }

    private boolean keepsTextWhole(Synthesis synthesis) {
        String name = capabilities().backend();
        return synthesis.options().provider().values().stream()
                .anyMatch(
                        options -> options.keepsTextWhole() && options.backend().equals(name));
    }
}
