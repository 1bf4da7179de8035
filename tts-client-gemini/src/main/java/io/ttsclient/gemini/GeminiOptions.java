// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.error.Faults;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.ProviderOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What only Gemini understands. Immutable. */
public final class GeminiOptions implements ProviderOptions {
    private static final GeminiOptions NONE = builder().build();

    private final boolean trustedMarkup;
    private final List<DialogueLine> dialogue;
    private final Map<String, String> speakers;

    private GeminiOptions(Builder builder) {
        trustedMarkup = builder.trustedMarkup;
        dialogue = builder.dialogue;
        speakers = Map.copyOf(builder.speakers);
    }

    /** Nothing set. */
    static GeminiOptions none() {
        return NONE;
    }

    /** Starts with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String backend() {
        return Gemini.NAME;
    }

    /** A dialogue is spoken as a whole: whoever cut its text would not know who says what. */
    @Override
    public boolean keepsTextWhole() {
        return !dialogue.isEmpty();
    }

    @Override
    public Optional<String> audioKey() {
        String lines = dialogue.stream()
                .map(line -> line.speaker() + ":" + line.text().length() + ":" + line.text())
                .collect(Collectors.joining("\n"));
        String voices = new TreeMap<>(speakers)
                .entrySet().stream()
                        .map(speaker ->
                                speaker.getKey() + ":" + speaker.getValue().length() + ":" + speaker.getValue())
                        .collect(Collectors.joining("\n"));
        return Optional.of(trustedMarkup + "\n" + voices + "\n" + lines);
    }

    /** Whether tags in the text are performed. */
    public boolean trustedMarkup() {
        return trustedMarkup;
    }

    /** Who says what; empty where one voice speaks. */
    public List<DialogueLine> dialogue() {
        return dialogue;
    }

    /** The voices of the speakers, by their names. */
    public Map<String, String> speakers() {
        return speakers;
    }

    /** Without what is said. */
    @Override
    public String toString() {
        return "GeminiOptions[trustedMarkup=" + trustedMarkup + ", " + dialogue.size() + " lines of " + speakers + "]";
    }

    /** Collects {@link GeminiOptions}. Not thread-safe. */
    public static final class Builder {
        private static final int SPEAKERS = 2;

        private boolean trustedMarkup;
        private List<DialogueLine> dialogue = List.of();
        private final Map<String, String> speakers = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Whether tags in the text are performed: {@code <laugh>}, {@code <short pause>} and {@code |mhm|} with 3.8,
         * {@code [whispers]} with the models before. False unless set: then the characters that make tags are replaced, so that a
         * text from anywhere is read as it is and performs nothing.
         */
        public Builder trustedMarkup(boolean value) {
            trustedMarkup = value;
            return this;
        }

        /**
         * Lines that two speakers say in turn, in one request. The text of the request is {@link DialogueLine#text}, at most 4000
         * bytes of UTF-8; it is not cut into pieces.
         */
        public Builder dialogue(List<DialogueLine> lines) {
            dialogue = List.copyOf(lines);
            return this;
        }

        /** The voice of one of the two speakers of a dialogue, a prebuilt one. */
        public Builder speaker(String name, String voice) {
            DialogueLine.requireName(name);
            if (voice.isBlank()) {
                throw TtsException.invalidRequest("voice: blank, allowed the id of a prebuilt voice");
            }
            if (PrebuiltVoices.isLibraryVoice(voice)) {
                throw TtsException.invalidRequest("voice: a library voice, allowed prebuilt voices in a dialogue");
            }
            speakers.put(name, voice);
            return this;
        }

        /**
         * The options.
         *
         * @throws TtsException with category {@code INVALID_REQUEST} if the dialogue and its speakers do not fit together
         */
        public GeminiOptions build() {
            var faults = new Faults();
            if (!dialogue.isEmpty() || !speakers.isEmpty()) {
                check(faults);
            }
            faults.throwIfAny();
            return new GeminiOptions(this);
        }

        private void check(Faults faults) {
            if (dialogue.isEmpty()) {
                faults.add("dialogue", "0 lines, allowed at least 1 with speakers");
            }
            if (speakers.size() != SPEAKERS) {
                faults.add("speakers", speakers.size() + ", allowed " + SPEAKERS);
                return; // which lines have one does not matter yet
            }
            List<String> unknown = dialogue.stream()
                    .map(DialogueLine::speaker)
                    .filter(speaker -> !speakers.containsKey(speaker))
                    .distinct()
                    .map(speaker -> "'" + speaker + "'")
                    .toList();
            if (!speakers.isEmpty() && !unknown.isEmpty()) {
                faults.add(
                        "speaker",
                        String.join(", ", unknown) + " of a line, allowed those that have a voice: "
                                + speakers.keySet());
            }
        }
    }
}
