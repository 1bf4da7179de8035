// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.gemini;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.testkit.FakeBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Writes the body of an answer of status 200 as the families of models write it. What a text is longer than they can speak they
 * leave out: streams of 3.1 break off after a minute with {@code OTHER}, and everything else after eleven with {@code MAX_TOKENS}. A
 * stream of 2.5 is one event.
 */
final class AnswerJson {
    private static final int CHARS_PER_SECOND = 15; // of real speech; that of the emulator is faster
    private static final int STREAM_CHARS = 60 * CHARS_PER_SECOND;
    private static final int ANSWER_CHARS = 655 * CHARS_PER_SECOND;

    private final GeminiReply reply;
    private final GeminiRequest request;
    private final AudioFormat format;
    private final boolean verbatim;
    private final int maxChars;

    AnswerJson(GeminiReply reply, GeminiRequest request) {
        this.reply = reply;
        this.request = request;
        format = request.format().orElse(AudioFormat.linear16(24_000));
        verbatim = !is("gemini-2.5") && !is("gemini-3.1");
        maxChars = request.streaming() && is("gemini-3.1") ? STREAM_CHARS : ANSWER_CHARS;
    }

    private boolean is(String family) {
        return request.model().startsWith(family);
    }

    String write() {
        var objects = new ArrayList<String>();
        if (reply.instead != null) {
            objects.add(reply.instead);
        } else if (reply.blockReason != null) {
            objects.add("{\"promptFeedback\":{\"blockReason\":\"" + reply.blockReason + "\"}," + usage() + "}");
        } else if (request.streaming()) {
            addEvents(objects);
        } else {
            objects.add(whole());
        }
        if (!request.streaming()) {
            return String.join("\n", objects);
        }
        var events = new StringBuilder();
        objects.forEach(object -> events.append("data: ").append(object).append("\r\n\r\n"));
        return events.toString();
    }

    private void addEvents(List<String> objects) {
        byte[] audio = audio();
        if (reply.text != null) {
            objects.add(candidate(text(), "", ""));
        }
        int size = is("gemini-2.5") ? Math.max(1, audio.length) : reply.eventBytes;
        for (int at = 0; at < audio.length; at += size) {
            byte[] piece = Arrays.copyOfRange(audio, at, Math.min(audio.length, at + size));
            objects.add(candidate(part(piece), "", ""));
        }
        if (reply.failure != null) {
            objects.add(reply.failure.json());
        } else if (reply.finishReason != null) {
            objects.add(candidate("", finish(), "," + usage()));
        }
    }

    private String whole() {
        byte[] audio = audio();
        String text = reply.text == null ? "" : text() + (audio.length == 0 ? "" : ",");
        String parts = text + (audio.length == 0 ? "" : part(audio));
        String body = candidate(parts, reply.finishReason == null ? "" : finish(), "," + usage());
        return reply.failure == null ? body : body + "\n" + reply.failure.json();
    }

    private byte[] audio() {
        byte[] samples = reply.audio(request, format);
        if (breaksOff()) {
            int frames = samples.length / format.bytesPerFrame();
            int spoken = (int) ((long) frames * maxChars / request.transcript().length());
            samples = Arrays.copyOf(samples, spoken * format.bytesPerFrame());
        }
        return isWav() ? FakeBackend.wavOf(samples, format) : samples;
    }

    private boolean breaksOff() {
        return request.transcript().length() > maxChars;
    }

    private boolean isWav() {
        return reply.wav || verbatim && request.format().isEmpty() && !request.streaming();
    }

    private String candidate(String parts, String more, String behind) {
        String content = parts.isEmpty() ? "{}" : "{\"role\":\"model\",\"parts\":[" + parts + "]}";
        return "{\"candidates\":[{\"content\":" + content + more + ",\"index\":0}]" + behind + ",\"modelVersion\":\""
                + request.model() + "\",\"responseId\":\"emulated-"
                + request.transcript().length() + "\"}";
    }

    private String finish() {
        String reason = reply.finishReason;
        if (breaksOff()) {
            reason = maxChars == STREAM_CHARS ? "OTHER" : "MAX_TOKENS";
        }
        return ",\"finishReason\":\"" + reason + "\"";
    }

    private String text() {
        return "{\"text\":\"" + reply.text + "\"}";
    }

    private String part(byte[] audio) {
        return "{\"inlineData\":{\"mimeType\":\"" + mimeType() + "\",\"data\":\""
                + Base64.getEncoder().encodeToString(audio) + "\"}}";
    }

    private String mimeType() {
        if (reply.mimeType != null) {
            return reply.mimeType;
        }
        if (isWav()) {
            return "audio/wav";
        }
        return switch (format.encoding()) {
            case MULAW -> "audio/mulaw;rate=8000";
            case ALAW -> "audio/alaw;rate=8000";
            default ->
                is("gemini-2.5")
                        ? "audio/L16;codec=pcm;rate=24000"
                        : is("gemini-3.1") ? "audio/l16; rate=24000; channels=1" : "audio/l16";
        };
    }

    private static String usage() {
        return "\"usageMetadata\":{\"promptTokenCount\":11,\"candidatesTokenCount\":50,\"totalTokenCount\":61,"
                + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":11}],"
                + "\"candidatesTokensDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":50}],\"serviceTier\":\"standard\"}";
    }
}
