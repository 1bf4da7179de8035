// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows on a terminal how much has been spoken, in a line that is written over and gone at the end. */
final class Progress extends DelegatingSource {
    private static final String CLEAR_LINE = "\r\u001B[K";
    private static final Duration STEP = Duration.ofMillis(500);

    private final PrintStream terminal;
    private long bytes;
    private Duration shown = Duration.ZERO;

    private Progress(AudioStream stream, PrintStream terminal) {
        super(stream);
        this.terminal = terminal;
    }

    /** {@code stream}, whose reading shows on {@code terminal}. */
    static AudioStream of(AudioStream stream, PrintStream terminal) {
        return AudioStream.of(new Progress(stream, terminal), Runnable::run, stream::report);
    }

    @Override
    public @Nullable AudioChunk read() {
        AudioChunk chunk = super.read();
        if (chunk != null && !format().encoding().isCompressed()) {
            bytes += chunk.size();
            show(format().durationOf(bytes));
        }
        return chunk;
    }

    private void show(Duration spoken) {
        if (spoken.minus(shown).compareTo(STEP) >= 0) {
            shown = spoken;
            terminal.print(CLEAR_LINE + seconds(spoken) + " spoken");
            terminal.flush();
        }
    }

    @Override
    protected void onEnd() {
        if (!shown.isZero()) {
            terminal.print(CLEAR_LINE);
            terminal.flush();
        }
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }
}
