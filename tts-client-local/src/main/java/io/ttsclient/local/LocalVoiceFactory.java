// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.error.TtsException;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final String KNOWN = "model, speaker, phonemizer, threads, maxConcurrentRuns, sentencePauseMillis,"
            + " paragraphPauseMillis, noiseScale, noiseWidth and nativeCache";

    /** For {@link java.util.ServiceLoader}. */
    public LocalVoiceFactory() {}

    @Override
    public String name() {
        return LocalVoice.NAME;
    }

    @Override
    public TtsBackend create(Map<String, String> properties) {
        LocalVoiceBuilder builder = LocalVoice.builder();
        properties.forEach((name, value) -> set(builder, name, value));
        return builder.build();
    }

    private static void set(LocalVoiceBuilder builder, String name, String value) {
        try {
            switch (name) {
                case "model" -> builder.model(Path.of(value));
                case "speaker" -> builder.speaker(value);
                case "phonemizer" -> builder.phonemizerNamed(value);
                case "threads" -> builder.threads(Integer.parseInt(value));
                case "maxConcurrentRuns" -> builder.maxConcurrentRuns(Integer.parseInt(value));
                case "sentencePauseMillis" -> builder.sentencePause(Duration.ofMillis(Long.parseLong(value)));
                case "paragraphPauseMillis" -> builder.paragraphPause(Duration.ofMillis(Long.parseLong(value)));
                case "noiseScale" -> builder.noiseScale(Double.parseDouble(value));
                case "noiseWidth" -> builder.noiseWidth(Double.parseDouble(value));
                case "nativeCache" -> builder.nativeCache(Path.of(value));
                default ->
                    throw TtsException.invalidRequest(
                            "'" + name + "' is no setting of the backend " + LocalVoice.NAME + "; there are " + KNOWN);
            }
        } catch (NumberFormatException e) {
            throw TtsException.invalidRequest(name + ": '" + value + "' is no number");
        } catch (IllegalArgumentException e) { // out of range, or no path
            throw TtsException.invalidRequest(name + ": " + e.getMessage());
        }
    }
}
