// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.gemini;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.testkit.gemini.JsonReader.InvalidArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Gemini takes, by family of models: everything that it is documented or reported to reject is rejected here, and so is every
 * field that its families do not have.
 */
final class RequestRules {
    private static final Set<String> VOICES = Set.of(
            "Zephyr",
            "Puck",
            "Charon",
            "Kore",
            "Fenrir",
            "Leda",
            "Orus",
            "Aoede",
            "Callirrhoe",
            "Autonoe",
            "Enceladus",
            "Iapetus",
            "Umbriel",
            "Algieba",
            "Despina",
            "Erinome",
            "Algenib",
            "Rasalgethi",
            "Laomedeia",
            "Achernar",
            "Alnilam",
            "Schedar",
            "Gacrux",
            "Pulcherrima",
            "Achird",
            "Zubenelgenubi",
            "Vindemiatrix",
            "Sadachbia",
            "Sadaltager",
            "Sulafat");
    private static final int SPEAKERS = 2;

    private final String model;
    private final boolean streaming;
    private final boolean vertex;
    private final String key;
    private final boolean verbatim;

    private final List<String> parts = new ArrayList<>();
    private final List<String> speakers = new ArrayList<>();
    private final List<String> voices = new ArrayList<>();
    private Optional<String> style = Optional.empty();
    private Optional<String> language = Optional.empty();
    private Optional<AudioFormat> format = Optional.empty();

    RequestRules(String model, boolean streaming, boolean vertex, String key) {
        this.model = model;
        this.streaming = streaming;
        this.vertex = vertex;
        this.key = key;
        verbatim = !model.startsWith("gemini-2.5") && !model.startsWith("gemini-3.1");
    }

    /** The request, if it is one that Gemini takes. */
    GeminiRequest read(@Nullable Object body) throws InvalidArgument {
        JsonReader request =
                JsonReader.of("request", body, "contents", "generationConfig", "systemInstruction", "safetySettings");
        if (request.has("systemInstruction")) {
            throw new InvalidArgument("Developer instruction is not enabled for this model");
        }
        readContents(request.list("contents"));
        readConfig(request);
        requireKnownSpeakers();
        return new GeminiRequest(model, streaming, vertex, parts, speakers, style, voices, language, format, key);
    }

    private void readContents(List<?> contents) throws InvalidArgument {
        requireCount("contents", contents, 1);
        JsonReader content = JsonReader.of("contents[0]", contents.get(0), "role", "parts");
        if (!content.optionalString("role").orElse("user").equals("user")) {
            throw new InvalidArgument("Please use a valid role: user");
        }
        String[] known = verbatim ? new String[] {"text", "speechMetadata"} : new String[] {"text"};
        for (Object each : content.list("parts")) {
            JsonReader part = JsonReader.of("contents[0].parts", each, known);
            String text = part.string("text");
            if (text.isBlank()) {
                throw new InvalidArgument("the text of a part is blank");
            }
            parts.add(text);
            if (part.has("speechMetadata")) {
                JsonReader metadata = part.object("speechMetadata", "speaker", "style");
                style = metadata.optionalString("style");
                metadata.optionalString("speaker").ifPresent(speakers::add);
            }
        }
        if (parts.isEmpty()) {
            throw new InvalidArgument("contents.parts must not be empty.");
        }
    }

    private void readConfig(JsonReader request) throws InvalidArgument {
        // temperature, topP, topK, candidateCount and the like are not among them: 3.8 rejects those, and a voice needs
        // none.
        String[] known = verbatim
                ? new String[] {"responseModalities", "speechConfig", "responseFormat"}
                : new String[] {"responseModalities", "speechConfig"};
        JsonReader config = request.object("generationConfig", known);
        if (!config.list("responseModalities").equals(List.of("AUDIO"))) {
            throw new InvalidArgument("The requested combination of response modalities is not supported by the model");
        }
        if (config.has("responseFormat")) {
            format = Optional.of(format(config));
        }
        if (config.has("speechConfig")) {
            readSpeech(config.object("speechConfig", "voiceConfig", "multiSpeakerVoiceConfig", "languageCode"));
        } else if (model.startsWith("gemini-3.1")) {
            throw new InvalidArgument("Request contains an invalid argument.");
        }
    }

    private AudioFormat format(JsonReader config) throws InvalidArgument {
        JsonReader outer;
        if (vertex) {
            List<?> formats = config.list("responseFormat");
            requireCount("responseFormat", formats, 1);
            outer = JsonReader.of("responseFormat[0]", formats.get(0), "audio");
        } else {
            outer = config.object("responseFormat", "audio");
        }
        String type = outer.object("audio", "mimeType", "sampleRate").string("mimeType");
        return switch (type) {
            case "AUDIO_L16", "AUDIO_WAV" -> AudioFormat.linear16(24_000);
            case "AUDIO_MULAW" -> AudioFormat.mulaw(8_000);
            case "AUDIO_ALAW" -> AudioFormat.alaw(8_000);
            default -> throw new InvalidArgument("Invalid value at 'response_format.audio.mime_type'");
        };
    }

    private void readSpeech(JsonReader speech) throws InvalidArgument {
        language = speech.optionalString("languageCode");
        boolean several = speech.has("multiSpeakerVoiceConfig");
        if (!several && !speech.has("voiceConfig") && model.startsWith("gemini-2.5")) {
            return; // it has a voice of its own
        }
        if (several == speech.has("voiceConfig")) {
            throw new InvalidArgument("Exactly one of voice_config and multi_speaker_voice_config has to be set");
        }
        if (!several) {
            readVoice(speech, verbatim);
            return;
        }
        List<?> configs =
                speech.object("multiSpeakerVoiceConfig", "speakerVoiceConfigs").list("speakerVoiceConfigs");
        requireCount("speaker_voice_configs", configs, SPEAKERS);
        var named = new ArrayList<String>();
        for (Object each : configs) {
            JsonReader config = JsonReader.of("speaker_voice_configs", each, "speaker", "voiceConfig");
            named.add(config.string("speaker"));
            readVoice(config, false);
        }
        if (verbatim
                ? !named.containsAll(speakers) || speakers.size() != parts.size()
                : !named.stream().allMatch(this::isInPrompt)) {
            throw new InvalidArgument("The speakers of the turns and those of the voices differ");
        }
    }

    private boolean isInPrompt(String speaker) {
        return parts.get(0).contains("\n" + speaker + ": ");
    }

    private void readVoice(JsonReader config, boolean anyVoice) throws InvalidArgument {
        String[] known =
                anyVoice ? new String[] {"voice", "prebuiltVoiceConfig"} : new String[] {"prebuiltVoiceConfig"};
        JsonReader voiceConfig = config.object("voiceConfig", known);
        String voice = voiceConfig.has("voice")
                ? voiceConfig.string("voice")
                : voiceConfig.object("prebuiltVoiceConfig", "voiceName").string("voiceName");
        if (!VOICES.contains(voice) && !(anyVoice && voice.startsWith("voice"))) {
            throw new InvalidArgument("Voice name is not supported. Allowed voice names are: " + VOICES);
        }
        voices.add(voice);
    }

    private void requireKnownSpeakers() throws InvalidArgument {
        if (voices.size() < SPEAKERS && !speakers.isEmpty()) {
            throw new InvalidArgument("A speaker is only allowed with multi_speaker_voice_config");
        }
    }

    private static void requireCount(String name, List<?> list, int count) throws InvalidArgument {
        if (list.size() != count) {
            throw new InvalidArgument("Invalid number of " + name + ": " + list.size() + ", expected " + count);
        }
    }
}
