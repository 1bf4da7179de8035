// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.TtsClient;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Deadline;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechSession;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The audio of a text that arrives while it is spoken: a thread of its own writes it, since nothing ends a wait for input. */
final class SpokenInput extends DelegatingSource {
    private final SpeechSession session;
    private final IncomingText text;
    private final TimeSource time = TimeSource.system();
    private volatile @Nullable RuntimeException broken; // why no more text is spoken
    private boolean sounds;

    private SpokenInput(SpeechSession session, AudioStream audio, IncomingText text) {
        super(audio);
        this.session = session;
        this.text = text;
    }

    /**
     * Speaks {@code text}; what is wrong with it comes out of the audio. The timeout of a turn begins with its text, here that of
     * {@code options} counts the wait for it too.
     */
    static AudioStream open(TtsClient client, SpeechOptions options, IncomingText text) {
        SpeechSession session = client.open(options);
        AudioStream audio = session.audio();
        var spoken = new SpokenInput(session, audio, text);
        var writer = new Thread(spoken::write, "speak-input");
        writer.setDaemon(true);
        writer.start();
        options.timeout().ifPresent(spoken::endAfter);
        return AudioStream.of(spoken, Runnable::run, audio::report);
    }

    private void write() {
        try {
            session.write(text);
            session.finish();
        } catch (TtsException e) {
            // The audio has ended, and says why.
        } catch (RuntimeException e) {
            breakOff(e);
        }
    }

    private void endAfter(Duration timeout) {
        Deadline deadline = Deadline.after(timeout, time);
        time.schedule(timeout, () -> breakOff(deadline.failure().build()));
    }

    private void breakOff(RuntimeException why) {
        broken = why;
        session.close();
    }

    @Override
    public AudioFormat format() {
        return withText(super::format);
    }

    @Override
    public @Nullable AudioChunk read() {
        AudioChunk chunk = withText(super::read);
        if (chunk == null && !sounds) {
            throw new UsageException("text: nothing to speak");
        }
        sounds = true;
        return chunk;
    }

    private <T extends @Nullable Object> T withText(Supplier<T> audio) {
        try {
            return audio.get();
        } catch (TtsException e) {
            RuntimeException why = broken;
            throw why == null ? e : why;
        }
    }

    @Override
    protected void onEnd() {
        time.close();
        session.close();
    }
}
