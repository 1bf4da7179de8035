// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.backend.Settings;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.error.Faults;
import java.nio.file.Path;
import java.util.Map;

/**
 * Makes a {@link LocalVoice} from configuration, under the name {@code local}. The settings are those of
 * {@link LocalVoiceBuilder}; none is needed:
 *
 * <ul>
 *   <li>{@code model}: path of the {@code .onnx} file; the built-in voice without it
 *   <li>{@code speaker}: who speaks when a request names no voice
 *   <li>{@code phonemizer}: {@code english} or {@code espeak}, where the voice's own choice is not wanted
 *   <li>{@code threads}, {@code maxConcurrentRuns}: 1 to 256
 *   <li>{@code sentencePauseMillis}, {@code paragraphPauseMillis}: 0 to 10000
 *   <li>{@code noiseScale}, {@code noiseWidth}: 0 to 2
 *   <li>{@code nativeCache}: path of a folder
 * </ul>
 */
public final class LocalVoiceFactory implements TtsBackendFactory {
    /** For {@link java.util.ServiceLoader}. */
    public LocalVoiceFactory() {}

    @Override
    public String name() {
        return LocalVoice.NAME;
    }

    @Override
    public TtsBackend create(Map<String, String> properties) {
        return Faults.refusing(faults -> read(properties, faults)).build();
    }

    @Override
    public void check(Map<String, String> properties, Faults faults) {
        read(properties, faults);
    }

    private static LocalVoiceBuilder read(Map<String, String> properties, Faults faults) {
        var settings = new Settings(properties, faults);
        LocalVoiceBuilder builder = LocalVoice.builder();
        settings.text("model", path -> builder.model(Path.of(path)));
        settings.text("speaker", builder::speaker);
        settings.text("phonemizer", builder::phonemizerNamed);
        settings.integer("threads", 1, LocalVoiceBuilder.MAX_THREADS).ifPresent(builder::threads);
        settings.integer("maxConcurrentRuns", 1, LocalVoiceBuilder.MAX_THREADS).ifPresent(builder::maxConcurrentRuns);
        long longest = LocalVoiceBuilder.MAX_PAUSE.toMillis();
        settings.millis("sentencePauseMillis", 0, longest).ifPresent(builder::sentencePause);
        settings.millis("paragraphPauseMillis", 0, longest).ifPresent(builder::paragraphPause);
        settings.decimal("noiseScale", 0, LocalVoiceBuilder.MAX_NOISE).ifPresent(builder::noiseScale);
        settings.decimal("noiseWidth", 0, LocalVoiceBuilder.MAX_NOISE).ifPresent(builder::noiseWidth);
        settings.text("nativeCache", path -> builder.nativeCache(Path.of(path)));
        settings.end();
        return builder;
    }
}
