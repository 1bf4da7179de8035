// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.text.Speakable;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** Puts a request into a server's words, and refuses before any I/O what the server would not take. */
final class Utterances {
    private final Dialect dialect;
    private final TtsCapabilities capabilities;

    Utterances(Dialect dialect, TtsCapabilities capabilities) {
        this.dialect = dialect;
        this.capabilities = capabilities;
    }

    Utterance of(Synthesis synthesis) {
        SpeechOptions options = synthesis.options();
        AudioFormat format = format(synthesis);
        return new Utterance(
                text(synthesis),
                options.voice().orElse(null),
                options.model().orElse(null),
                null,
                speed(options),
                dialect.encoding(format),
                format);
    }

    private AudioFormat format(Synthesis synthesis) {
        AudioFormat wanted = synthesis.options().format().orElse(capabilities.defaultFormat());
        if (!capabilities.formats().contains(wanted)) {
            throw synthesis
                    .failure(
                            Category.UNSUPPORTED,
                            "format: " + wanted + ", " + dialect + " servers make " + capabilities.formats())
                    .origin(Origin.CLIENT)
                    .build();
        }
        return wanted;
    }

    private String text(Synthesis synthesis) {
        String given = synthesis.text().text();
        if (!Speakable.anythingIn(given)) {
            throw new NothingToSpeakException("text: nothing to pronounce in " + given.length() + " chars");
        }
        String text = Normalizer.normalize(withoutLoneSurrogates(given), Normalizer.Form.NFC);
        int codePoints = text.codePointCount(0, text.length());
        if (codePoints > dialect.maxCodePoints()) {
            throw TtsException.invalidRequest("text: " + codePoints + " code points, allowed 1 to "
                    + dialect.maxCodePoints() + " for " + dialect);
        }
        return text;
    }

    /** Half a character is no character, and no UTF-8. */
    private static String withoutLoneSurrogates(String text) {
        if (text.codePoints().noneMatch(Utterances::isSurrogate)) {
            return text;
        }
        return text.codePoints()
                .map(c -> isSurrogate(c) ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private @Nullable Object speed(SpeechOptions options) {
        if (options.speed().isEmpty()) {
            return null;
        }
        double speed = options.speed().getAsDouble();
        if (!dialect.speed().allows(speed)) {
            throw TtsException.invalidRequest(
                    "speed: " + speed + ", allowed " + dialect.speed().range() + " for " + dialect);
        }
        return dialect.speed().wire(speed).value();
    }
}
