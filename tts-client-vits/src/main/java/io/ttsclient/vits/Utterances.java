// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.text.Speakable;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a request into a server's words, and refuses before any I/O what the server would not take, or silently replace. */
final class Utterances {
    private static final String UNRESERVED = "-._~";

    private final Dialect dialect;
    private final List<AudioFormat> formats;
    private final Delivery delivery;

    /** {@code formats} is what may be asked for, the default first. */
    Utterances(Dialect dialect, List<AudioFormat> formats, Delivery delivery) {
        this.dialect = dialect;
        this.formats = formats;
        this.delivery = delivery;
    }

    Utterance of(Synthesis synthesis) {
        SpeechOptions options = synthesis.options();
        AudioFormat format = format(synthesis);
        var utterance = new Utterance(
                text(synthesis),
                options.voice().map(voice -> name("voice", voice)).orElse(null),
                options.model().map(model -> model(synthesis, model)).orElse(null),
                options.language().map(tag -> language(synthesis, tag)).orElse(null),
                speed(synthesis),
                encoding(format),
                format,
                delivery);
        if (options.style().isPresent()) {
            synthesis.journal().warning("style ignored: " + dialect + " servers take no directions");
        }
        return utterance;
    }

    private AudioFormat format(Synthesis synthesis) {
        AudioFormat wanted = synthesis.options().format().orElse(formats.get(0));
        if (!formats.contains(wanted)) {
            throw refusal(
                    synthesis,
                    Category.UNSUPPORTED,
                    "format: " + wanted + ", a " + dialect + " server is asked for " + formats);
        }
        return wanted;
    }

    private @Nullable String encoding(AudioFormat format) {
        boolean samples = format.encoding() == Encoding.LINEAR16 && format.container() == Container.RAW;
        return samples && delivery == Delivery.PCM ? dialect.rawEncoding().orElseThrow() : dialect.encoding(format);
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
        int encoded = encodedLength(text);
        if (encoded > dialect.maxEncodedBytes()) {
            throw TtsException.invalidRequest("text: " + encoded + " bytes in an address, allowed 1 to "
                    + dialect.maxEncodedBytes() + " for " + dialect);
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

    /** Bytes of {@code text} in a query. */
    private static int encodedLength(String text) {
        int length = 0;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
            length += plain || UNRESERVED.indexOf(b) >= 0 ? 1 : 3;
        }
        return length;
    }

    private String model(Synthesis synthesis, String model) {
        if (!dialect.sends(Value.MODEL)) {
            throw refusal(
                    synthesis,
                    Category.NOT_FOUND,
                    "model: '" + model + "', a " + dialect + " server speaks with the model that it was started with");
        }
        return name("model", model);
    }

    private static String name(String field, String value) {
        if (ServerPath.isLike(value)) {
            throw TtsException.invalidRequest(
                    field + ": '" + value + "' looks like a file on the server, allowed names");
        }
        return value;
    }

    private String language(Synthesis synthesis, String tag) {
        return dialect.language(tag)
                .orElseThrow(() -> refusal(
                        synthesis,
                        Category.UNSUPPORTED,
                        "language: " + tag + ", allowed " + dialect.languages() + " for " + dialect));
    }

    private @Nullable Object speed(Synthesis synthesis) {
        if (synthesis.options().speed().isEmpty()) {
            return null;
        }
        double asked = synthesis.options().speed().getAsDouble();
        if (!dialect.speed().allows(asked)) {
            throw TtsException.invalidRequest(
                    "speed: " + asked + ", allowed " + dialect.speed().range() + " for " + dialect);
        }
        Speed.Wire wire = dialect.speed().wire(asked);
        if (Math.abs(wire.factor() - asked) > 0.01) {
            synthesis
                    .journal()
                    .warning("speed: " + asked + ", the nearest that the server has is '" + wire.value() + "'");
        }
        return wire.value();
    }

    private static TtsException refusal(Synthesis synthesis, Category category, String message) {
        return synthesis.failure(category, message).origin(Origin.CLIENT).build();
    }
}
