// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.gemini;

import io.ttsclient.audio.AudioFormat;
import java.util.List;
import java.util.Optional;

/**
 * A request that the emulator took.
 *
 * @param model the id of the model
 * @param streaming whether a stream was asked for
 * @param vertex whether it came in Vertex's form
 * @param parts the texts, one for each part
 * @param speakers who says each part, in dialogues with 3.8
 * @param style the style beside the text, with 3.8
 * @param voices the voice, or the two of a dialogue
 * @param language the language code
 * @param format what was asked for; empty where nothing was, with the models before 3.8
 * @param key the credential
 */
public record GeminiRequest(
        String model,
        boolean streaming,
        boolean vertex,
        List<String> parts,
        List<String> speakers,
        Optional<String> style,
        List<String> voices,
        Optional<String> language,
        Optional<AudioFormat> format,
        String key) {
    private static final String TRANSCRIPT = "#### TRANSCRIPT\n";

    public GeminiRequest {
        parts = List.copyOf(parts);
        speakers = List.copyOf(speakers);
        voices = List.copyOf(voices);
    }

    /** What is to be heard: the parts, without what a prompt says before its transcript. */
    public String transcript() {
        String text = String.join("\n", parts);
        int at = text.indexOf(TRANSCRIPT);
        return at < 0 ? text : text.substring(at + TRANSCRIPT.length());
    }
}
