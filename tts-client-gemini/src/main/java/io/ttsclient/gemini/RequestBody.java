// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.ttsclient.audio.AudioFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes an {@link Utterance} as JSON. Nothing is in it that the model's profile rejects: no sampling parameters, no
 * {@code systemInstruction}, and {@code speechMetadata} and {@code responseFormat} for 3.8 only.
 */
final class RequestBody {
    private static final JsonFactory JSON = new JsonFactory();
    /** How the models that take prompts are kept from answering the text, or reading the style aloud. */
    private static final String PREAMBLE = "Read aloud verbatim";

    private static final String TRANSCRIPT = "\n#### TRANSCRIPT\n";

    private final Utterance utterance;
    private final boolean vertex;
    private final JsonGenerator json;

    private RequestBody(Utterance utterance, boolean vertex, JsonGenerator json) {
        this.utterance = utterance;
        this.vertex = vertex;
        this.json = json;
    }

    /** The body; {@code vertex} says whether it goes to Vertex, which writes one field otherwise. */
    static byte[] of(Utterance utterance, boolean vertex) {
        var bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            new RequestBody(utterance, vertex, json).write();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no I/O
        }
        return bytes.toByteArray();
    }

    private void write() throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("contents");
        json.writeStartObject();
        json.writeStringField("role", "user");
        json.writeArrayFieldStart("parts");
        writeParts();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeObjectFieldStart("generationConfig");
        json.writeArrayFieldStart("responseModalities");
        json.writeString("AUDIO");
        json.writeEndArray();
        if (utterance.profile().isVerbatim()) {
            writeResponseFormat();
        }
        writeSpeechConfig();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeParts() throws IOException {
        if (!utterance.profile().isVerbatim()) {
            writePart(prompt(), null);
        } else if (utterance.isDialogue()) {
            for (DialogueLine line : utterance.options().dialogue()) {
                writePart(plain(PlainText::ofTranscript).apply(line.text()), line.speaker());
            }
        } else {
            writePart(plain(PlainText::ofTranscript).apply(utterance.text()), null);
        }
    }

    private void writePart(String text, @Nullable String speaker) throws IOException {
        json.writeStartObject();
        json.writeStringField("text", text);
        boolean styled = utterance.profile().isVerbatim() && utterance.style().isPresent();
        if (styled || speaker != null) {
            json.writeObjectFieldStart("speechMetadata");
            if (speaker != null) {
                json.writeStringField("speaker", speaker);
            }
            if (styled) {
                json.writeStringField("style", style());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private String style() {
        return PlainText.valid(utterance.style().orElse(""));
    }

    private UnaryOperator<String> plain(UnaryOperator<String> untrusted) {
        return utterance.options().trustedMarkup() ? PlainText::valid : untrusted;
    }

    /** The text with all that the older models have to be told in words. */
    private String prompt() {
        String how = utterance.style().isEmpty() ? ":" : ", in this style: " + style();
        if (!utterance.isDialogue()) {
            return PREAMBLE + how + TRANSCRIPT + plain(PlainText::ofPrompt).apply(utterance.text());
        }
        List<DialogueLine> lines = utterance.options().dialogue();
        String who = lines.stream().map(DialogueLine::speaker).distinct().collect(Collectors.joining(" and "));
        return PREAMBLE + " what " + who + " say" + how + TRANSCRIPT
                + lines.stream()
                        .map(line -> line.speaker() + ": "
                                + plain(PlainText::ofPrompt).apply(PlainText.onOneLine(line.text())))
                        .collect(Collectors.joining("\n"));
    }

    private void writeResponseFormat() throws IOException {
        if (vertex) {
            json.writeArrayFieldStart("responseFormat");
            json.writeStartObject();
        } else {
            json.writeObjectFieldStart("responseFormat");
        }
        json.writeObjectFieldStart("audio");
        json.writeStringField("mimeType", mimeType(utterance.format()));
        json.writeEndObject();
        json.writeEndObject();
        if (vertex) {
            json.writeEndArray();
        }
    }

    private static String mimeType(AudioFormat format) {
        return switch (format.encoding()) {
            case MULAW -> "AUDIO_MULAW";
            case ALAW -> "AUDIO_ALAW";
            default -> "AUDIO_L16";
        };
    }

    private void writeSpeechConfig() throws IOException {
        json.writeObjectFieldStart("speechConfig");
        if (utterance.language().isPresent()) {
            json.writeStringField("languageCode", utterance.language().get());
        }
        if (utterance.isDialogue()) {
            json.writeObjectFieldStart("multiSpeakerVoiceConfig");
            json.writeArrayFieldStart("speakerVoiceConfigs");
            for (Map.Entry<String, String> speaker :
                    utterance.options().speakers().entrySet()) {
                json.writeStartObject();
                json.writeStringField("speaker", speaker.getKey());
                writePrebuiltVoice(PrebuiltVoices.canonical(speaker.getValue()));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } else if (utterance.profile().isVerbatim()) {
            json.writeObjectFieldStart("voiceConfig");
            json.writeStringField("voice", utterance.voice());
            json.writeEndObject();
        } else {
            writePrebuiltVoice(utterance.voice());
        }
        json.writeEndObject();
    }

    private void writePrebuiltVoice(String name) throws IOException {
        json.writeObjectFieldStart("voiceConfig");
        json.writeObjectFieldStart("prebuiltVoiceConfig");
        json.writeStringField("voiceName", name);
        json.writeEndObject();
        json.writeEndObject();
    }
}
