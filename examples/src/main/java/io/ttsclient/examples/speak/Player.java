// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.LineSink;
import io.ttsclient.speech.AudioStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;
import org.jspecify.annotations.Nullable;

/** Plays on a loudspeaker. */
final class Player implements Output {
    private static final String HINT = "; write a file with -o speech.wav";
    private static final int BITS = 16;

    private final Loudspeaker loudspeaker;
    /** What plays now, for {@link #close} from another thread. */
    private final AtomicReference<@Nullable SourceDataLine> playing = new AtomicReference<>();

    Player(Loudspeaker loudspeaker) {
        if (!loudspeaker.exists()) {
            throw new UsageException("no audio device to play on" + HINT);
        }
        this.loudspeaker = loudspeaker;
    }

    @Override
    public void take(AudioStream speech) {
        try (SourceDataLine line = line(speech.format())) {
            playing.set(line);
            speech.transferTo(LineSink.to(line));
        } catch (IOException e) {
            throw new UsageException("the audio device: " + e.getMessage() + HINT);
        }
    }

    private SourceDataLine line(AudioFormat format) {
        var linear = new javax.sound.sampled.AudioFormat(format.sampleRate(), BITS, format.channels(), true, false);
        try {
            return loudspeaker.line(linear);
        } catch (LineUnavailableException | IllegalArgumentException e) {
            throw new UsageException("the audio device does not play " + format + HINT);
        }
    }

    @Override
    public String name() {
        return "played";
    }

    @Override
    public void close() {
        SourceDataLine line = playing.getAndSet(null);
        if (line != null) {
            line.close();
        }
    }
}
