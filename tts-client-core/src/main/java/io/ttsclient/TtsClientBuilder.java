// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.AttemptLayer;
import io.ttsclient.layer.BufferingLayer;
import io.ttsclient.layer.ConvertingLayer;
import io.ttsclient.layer.DeadlineLayer;
import io.ttsclient.layer.ObservationLayer;
import io.ttsclient.layer.SegmentingLayer;
import io.ttsclient.layer.SegmentingPolicy;
import io.ttsclient.layer.TextPreparationLayer;
import io.ttsclient.speech.SpeechOptions;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link TtsClient} together. Not thread-safe.
 *
 * {@snippet class="io.ttsclient.Snippets" region="builder"}
 */
public final class TtsClientBuilder {
    private static final long MAX_WHOLE_AUDIO = 256L * 1024 * 1024;

    private @Nullable TtsBackend backend;
    private SpeechOptions defaults = SpeechOptions.none();
    private SegmentingPolicy segmenting = SegmentingPolicy.defaults();
    private long maxWholeAudioBytes = MAX_WHOLE_AUDIO;
    private @Nullable ExecutorService executor;
    private @Nullable TimeSource time;

    TtsClientBuilder() {}

    /** Who speaks. The client takes it over and closes it. */
    public TtsClientBuilder backend(TtsBackend value) {
        backend = value;
        return this;
    }

    /** The options of every request that does not set them itself. */
    public TtsClientBuilder defaults(SpeechOptions value) {
        defaults = value;
        return this;
    }

    /** How long texts are spoken piece by piece. */
    public TtsClientBuilder segmenting(SegmentingPolicy value) {
        segmenting = value;
        return this;
    }

    /** The most audio that {@link TtsClient#synthesize} keeps in memory, in bytes, at least 1; 256 MiB unless set. */
    public TtsClientBuilder maxWholeAudioBytes(long value) {
        if (value < 1) {
            throw new IllegalArgumentException("maxWholeAudioBytes: " + value + ", allowed at least 1");
        }
        maxWholeAudioBytes = value;
        return this;
    }

    /**
     * Runs the async views and the pieces made ahead. Where it has no thread free, an async request waits for one, and a piece is
     * made when its turn comes. It is not shut down by the client. Without one the client has its own: virtual threads where the
     * JDK has them, daemon threads otherwise.
     */
    public TtsClientBuilder executor(ExecutorService value) {
        executor = value;
        return this;
    }

    /** The clock; it is not closed by the client. Without one the client has its own, the real one. */
    public TtsClientBuilder timeSource(TimeSource value) {
        time = value;
        return this;
    }

    /**
     * The client.
     *
     * @throws IllegalStateException if no backend was given
     * @throws TtsException with category {@code UNSUPPORTED} if the backend cannot give the default format
     */
    public TtsClient build() {
        TtsBackend speaker = backend;
        if (speaker == null) {
            throw new IllegalStateException("backend: not set, a client needs one");
        }
        requireDeliverable(speaker);
        var resources = new ClientResources(executor, time);
        return new LayeredTtsClient(layered(speaker, resources), defaults, resources);
    }

    /** The one place that says in which order the layers stand; the outermost is written first. */
    private TtsBackend layered(TtsBackend speaker, ClientResources resources) {
        return new ObservationLayer(new TextPreparationLayer(new DeadlineLayer(new BufferingLayer(
                new ConvertingLayer(new SegmentingLayer(
                        new AttemptLayer(new BufferingLayer(speaker, maxWholeAudioBytes)),
                        segmenting,
                        resources.executor())),
                maxWholeAudioBytes))));
    }

    private void requireDeliverable(TtsBackend speaker) {
        AudioFormat format = defaults.format().orElse(null);
        if (format != null && !ConvertingLayer.canDeliver(speaker.capabilities(), format)) {
            throw TtsException.builder(
                            Category.UNSUPPORTED,
                            "format: " + format + ", and "
                                    + speaker.capabilities().backend() + " makes "
                                    + speaker.capabilities().formats() + ", from which it cannot be converted")
                    .origin(Origin.CLIENT)
                    .build();
        }
    }
}
