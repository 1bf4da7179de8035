// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.text.Speakable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one request asks for, checked against what its model's profile takes.
 *
 * @param voice the id of the voice, or those of both speakers for people to read
 * @param format what the model is asked for: what it makes unasked where its family makes nothing else
 * @param text as it came; {@code lines} instead, where it is a dialogue
 */
record Utterance(
        String model,
        GeminiProfile profile,
        String voice,
        Optional<String> language,
        Optional<String> style,
        AudioFormat format,
        String text,
        GeminiOptions options) {
    /** What a model takes well below its limit in tokens, whatever the script. */
    static final int MAX_BYTES = 4_000;

    /** Reads {@code synthesis}; what it does not say is as {@code defaults} say. */
    static Utterance of(Synthesis synthesis, Defaults defaults) {
        SpeechOptions options = synthesis.options();
        GeminiOptions own = options.provider(GeminiOptions.class).orElse(GeminiOptions.none());
        String model = options.model().map(Endpoint::requireModel).orElse(defaults.model());
        GeminiProfile profile = model.equals(defaults.model()) ? defaults.profile() : GeminiProfile.of(model);
        AudioFormat wanted = options.format().orElse(GeminiProfile.PCM);
        var utterance = new Utterance(
                model,
                profile,
                own.dialogue().isEmpty()
                        ? PrebuiltVoices.canonical(options.voice().orElse(defaults.voice()))
                        : both(own),
                options.language(),
                options.style(),
                profile.formats().contains(wanted) ? wanted : GeminiProfile.PCM,
                synthesis.text().text(),
                own);
        utterance.require(synthesis, wanted, defaults.profile().formats());
        return utterance;
    }

    /**
     * What a backend was built with.
     *
     * @param profile that of {@code model}
     */
    record Defaults(String model, GeminiProfile profile, String voice) {}

    private static String both(GeminiOptions options) {
        return options.speakers().values().stream().sorted().collect(Collectors.joining(", "));
    }

    private void require(Synthesis synthesis, AudioFormat wanted, List<AudioFormat> promised) {
        if (!Speakable.anythingIn(text)) {
            throw new NothingToSpeakException("text: nothing to pronounce in its " + text.length() + " chars");
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw TtsException.invalidRequest("text: " + bytes + " bytes of UTF-8, allowed 1 to " + MAX_BYTES);
        }
        if (isDialogue() && !text.equals(DialogueLine.text(options.dialogue()))) {
            throw TtsException.invalidRequest(
                    "text: not that of the dialogue, allowed DialogueLine.text(lines) without preparation");
        }
        if (!promised.contains(wanted)) {
            throw unsupported(synthesis, "format: " + wanted + ", allowed " + promised);
        }
        if (PrebuiltVoices.isLibraryVoice(voice) && !profile.isVerbatim()) {
            throw unsupported(synthesis, "voice: a library voice, allowed prebuilt voices with the model " + model);
        }
    }

    private static TtsException unsupported(Synthesis synthesis, String message) {
        return synthesis
                .failure(Category.UNSUPPORTED, message)
                .origin(Origin.CLIENT)
                .build();
    }

    boolean isDialogue() {
        return !options.dialogue().isEmpty();
    }

    /** The ids and lengths only. */
    @Override
    public String toString() {
        return "Utterance[" + model + ", " + voice + ", " + text.length() + " chars]";
    }
}
