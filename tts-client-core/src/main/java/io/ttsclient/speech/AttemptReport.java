// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import io.ttsclient.error.Category;
import io.ttsclient.speech.SpeechListener.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One try of one backend to speak one piece of the text. Immutable. */
public final class AttemptReport {
    private final String backend;
    private final @Nullable String model;
    private final @Nullable String voice;
    private final int charactersSent;
    private final Duration audioDuration;
    private final Duration audioDelivered;
    private final @Nullable Outcome outcome;
    private final @Nullable Category failure;
    private final @Nullable String providerRequestId;

    /**
     * As recorded; {@code model}, {@code voice}, {@code outcome}, {@code failure} and {@code providerRequestId} are null where there is
     * none.
     */
    public AttemptReport(
            String backend,
            @Nullable String model,
            @Nullable String voice,
            int charactersSent,
            Duration audioDuration,
            Duration audioDelivered,
            @Nullable Outcome outcome,
            @Nullable Category failure,
            @Nullable String providerRequestId) {
        this.backend = backend;
        this.model = model;
        this.voice = voice;
        this.charactersSent = charactersSent;
        this.audioDuration = audioDuration;
        this.audioDelivered = audioDelivered;
        this.outcome = outcome;
        this.failure = failure;
        this.providerRequestId = providerRequestId;
    }

    /** The name of the backend. */
    public String backend() {
        return backend;
    }

    /** The model that it was asked for by name. */
    public Optional<String> model() {
        return Optional.ofNullable(model);
    }

    /** The voice that the backend used, where it said so. */
    public Optional<String> voice() {
        return Optional.ofNullable(voice);
    }

    /** How many {@code char}s of text went to the backend, as providers bill them. */
    public int charactersSent() {
        return charactersSent;
    }

    /** How long the audio plays that it gave, delivered or not; zero until its end and where its encoding does not tell. */
    public Duration audioDuration() {
        return audioDuration;
    }

    /**
     * How much of that reached the caller; an estimate, since silence that belongs to no attempt may be among what the caller got. Zero
     * until the attempt's end.
     */
    public Duration audioDelivered() {
        return audioDelivered;
    }

    /**
     * How it ended: {@code COMPLETE} if all its audio was read, {@code CANCELLED} if the rest was not wanted any more. Empty until it
     * has: one that makes audio for several requests may go on after the request that began it.
     */
    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** Why the attempt failed, {@code CANCELLED} if the caller left while it was waited for; empty if it did not. */
    public Optional<Category> failure() {
        return Optional.ofNullable(failure);
    }

    /** The provider's own id of the request. */
    public Optional<String> providerRequestId() {
        return Optional.ofNullable(providerRequestId);
    }

    @Override
    public String toString() {
        return "AttemptReport[" + backend + ", voice=" + voice + ", charactersSent=" + charactersSent + ", "
                + (failure == null ? "ok" : failure)
                + (providerRequestId == null ? "" : ", providerRequestId=" + providerRequestId) + "]";
    }
}
