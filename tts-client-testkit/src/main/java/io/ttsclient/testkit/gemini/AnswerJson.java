// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.gemini;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.testkit.FakeBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Writes the body of a successful answer as the families of models write it. */
final class AnswerJson {
    private final GeminiReply reply;
    private final GeminiRequest request;
    private final AudioFormat format;
    private final boolean verbatim;

    AnswerJson(GeminiReply reply, GeminiRequest request) {
        this.reply = reply;
        this.request = request;
        format = request.format().orElse(AudioFormat.linear16(24_000));
        verbatim = !request.model().startsWith("gemini-2.5") && !request.model().startsWith("gemini-3.1");
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
        for (int at = 0; at < audio.length; at += reply.eventBytes) {
            byte[] piece = Arrays.copyOfRange(audio, at, Math.min(audio.length, at + reply.eventBytes));
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
        return isWav() ? FakeBackend.wavOf(samples, format) : samples;
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
        return ",\"finishReason\":\"" + reply.finishReason + "\"";
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
                request.model().startsWith("gemini-2.5")
                        ? "audio/L16;codec=pcm;rate=24000"
                        : request.model().startsWith("gemini-3.1") ? "audio/l16; rate=24000; channels=1" : "audio/l16";
        };
    }

    private static String usage() {
        return "\"usageMetadata\":{\"promptTokenCount\":11,\"candidatesTokenCount\":50,\"totalTokenCount\":61,"
                + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":11}],"
                + "\"candidatesTokensDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":50}],\"serviceTier\":\"standard\"}";
    }
}
