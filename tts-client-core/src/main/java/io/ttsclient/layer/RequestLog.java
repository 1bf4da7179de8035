// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.speech.SpeechListener.Outcome;
import io.ttsclient.speech.SpeechReport;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line for each request, at its end, with the keys that docs/operations.md lists: at INFO if it failed or another backend than the
 * first was asked, at DEBUG otherwise.
 */
final class RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.ttsclient.request");

    private RequestLog() {}

    static void write(Synthesis synthesis, Outcome outcome, @Nullable Category failure) {
        boolean special = outcome == Outcome.FAILED || synthesis.journal().hasFallenBack();
        Level level = special ? Level.INFO : Level.DEBUG;
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        SpeechReport report = synthesis.journal().report();
        LoggingEventBuilder line = LOG.atLevel(level)
                .addKeyValue("requestId", synthesis.requestId())
                .addKeyValue("outcome", lower(outcome))
                .addKeyValue("category", failure == null ? "none" : lower(failure))
                .addKeyValue("backend", report.backend().orElse("none"))
                .addKeyValue("characters", synthesis.text().text().length())
                .addKeyValue("attempts", report.attempts().size())
                .addKeyValue("audioMillis", report.audioDuration().toMillis());
        line = addMillis(line, "firstAudioMillis", report.timeToFirstAudio());
        addMillis(line, "totalMillis", report.total()).log("Request ended");
    }

    private static LoggingEventBuilder addMillis(LoggingEventBuilder line, String key, Optional<Duration> value) {
        return value.map(duration -> line.addKeyValue(key, duration.toMillis())).orElse(line);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
