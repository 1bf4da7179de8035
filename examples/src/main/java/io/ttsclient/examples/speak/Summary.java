// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.SpeechReport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a call of the program went, as {@code --json} prints it. What is not known is null.
 *
 * @param category of a failure; null where there was none
 * @param message why it failed, or what was done
 */
record Summary(
        @Nullable String requestId,
        @Nullable String provider,
        @Nullable String voice,
        @Nullable Duration timeToFirstAudio,
        Duration audio,
        int attempts,
        @Nullable String category,
        String message) {

    /** Without a request. */
    static Summary withoutRequest(@Nullable String provider, @Nullable String category, String message) {
        return new Summary(null, provider, null, null, Duration.ZERO, 0, category, message);
    }

    static Summary of(SpeechReport report, @Nullable String category, String message) {
        return new Summary(
                report.requestId(),
                report.backend().orElse(null),
                report.voice().orElse(null),
                report.timeToFirstAudio().orElse(null),
                report.audioDuration(),
                report.attempts().size(),
                category,
                message);
    }

    /** Of a failure before there was any audio. */
    static Summary of(TtsException failure, @Nullable String category, String message) {
        return new Summary(
                failure.requestId().orElse(null),
                failure.backend().orElse(null),
                null,
                null,
                failure.audioDelivered(),
                failure.attempts(),
                category,
                message);
    }

    /** One line of ASCII. All keys are there but {@code category}, which only failures have. */
    String toJson() {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("requestId", requestId)
                .put("provider", provider)
                .put("voice", voice)
                .put("timeToFirstAudioMillis", timeToFirstAudio == null ? null : timeToFirstAudio.toMillis())
                .put("audioMillis", audio.toMillis())
                .put("attempts", attempts);
        if (category != null) {
            json.put("category", category);
        }
        json.put("message", message);
        try {
            return new ObjectMapper()
                    .writer()
                    .with(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings and numbers cannot fail to become JSON", e);
        }
    }
}
