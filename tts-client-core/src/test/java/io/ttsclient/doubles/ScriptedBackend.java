// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.doubles;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.speech.AudioSource;
import java.util.function.Function;

/** A backend that answers as a test wrote it down, in step with its contract or not. */
public final class ScriptedBackend implements TtsBackend {
    private final TtsCapabilities capabilities;
    private final Function<Synthesis, AudioSource> answer;

    public ScriptedBackend(TtsCapabilities capabilities, Function<Synthesis, AudioSource> answer) {
        this.capabilities = capabilities;
        this.answer = answer;
    }

    /** One named {@code scripted} that says it makes {@code format}. */
    public ScriptedBackend(AudioFormat format, Function<Synthesis, AudioSource> answer) {
        this(TtsCapabilities.builder("scripted", format).build(), answer);
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        return answer.apply(synthesis);
    }

    @Override
    public TtsCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
