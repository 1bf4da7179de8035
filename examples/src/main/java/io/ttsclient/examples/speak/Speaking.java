// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.TtsClient;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechReport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Speaks one text into one output. */
final class Speaking {
    private final Surroundings surroundings;
    private final Reporter reporter;
    private final Interruption interruption;
    private @Nullable AudioStream speech;

    Speaking(Surroundings surroundings, Reporter reporter, Interruption interruption) {
        this.surroundings = surroundings;
        this.reporter = reporter;
        this.interruption = interruption;
    }

    /**
     * Speaks, and says so.
     *
     * @param begin gives the speech of a client
     * @param output as {@link Output#of} takes it
     * @throws UsageException if the output cannot be used
     * @throws TtsException if there is no speech
     */
    void speak(Function<TtsClient, AudioStream> begin, @Nullable String output, Supplier<TtsClient> open) {
        interruption.begin();
        try (Output destination = Output.of(output, surroundings);
                TtsClient client = open.get()) {
            interruption.onInterrupt(client::close);
            interruption.onInterrupt(destination::close);
            try (AudioStream stream = begin.apply(client)) {
                speech = stream;
                destination.take(surroundings.progress() ? Progress.of(stream, surroundings.err()) : stream);
                tell(destination, stream);
            }
        }
    }

    private void tell(Output destination, AudioStream stream) {
        SpeechReport report = stream.report();
        report.warnings().forEach(reporter::warn);
        String message =
                destination.name() + ": " + Progress.seconds(report.audioDuration()) + " of " + stream.format();
        if (surroundings.progress()) {
            surroundings.err().println(message);
        }
        reporter.succeeded(Summary.of(report, null, message));
    }

    /** What is known about the speech; null before there was any. */
    @Nullable
    SpeechReport report() {
        return speech == null ? null : speech.report();
    }
}
