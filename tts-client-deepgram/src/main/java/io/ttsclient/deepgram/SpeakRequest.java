// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.transport.HttpRequest;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of Deepgram, checked before any I/O. Equal by content: sockets are kept by it.
 *
 * @param speed null for the voice's own
 */
record SpeakRequest(
        String model, AudioFormat format, @Nullable BigDecimal speed, DeepgramOptions options) {
    // Flux knows steps of 0.05 only; Aura-2 has these bounds in its documentation.
    private static final BigDecimal FLUX_STEP = new BigDecimal("0.05");
    private static final double FLUX_SLOWEST = 0.5;
    private static final double AURA_SLOWEST = 0.7;
    private static final double FASTEST = 1.5;
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    /** What {@code asked} and the defaults of the backend come to. */
    static SpeakRequest of(SpeechOptions asked, @Nullable String defaultModel, DeepgramOptions defaults) {
        String model = model(asked, defaultModel);
        Product product = Product.of(model);
        AudioFormat format = asked.format().orElse(Formats.DEFAULT);
        requireMade(format, product);
        DeepgramOptions applying = defaults.applyingTo(product, format.encoding());
        DeepgramOptions options = asked.provider(DeepgramOptions.class)
                .map(own -> own.withDefaults(applying))
                .orElse(applying);
        requireBitRate(options, format, product);
        if (product == Product.AURA && options.expressivity().isPresent()) {
            throw unsupported("expressivity: only Flux voices have it, " + model + " is none");
        }
        return new SpeakRequest(model, format, speed(asked.speed(), product), options);
    }

    private static String model(SpeechOptions asked, @Nullable String defaultModel) {
        Optional<String> named = asked.voice().or(asked::model);
        asked.model().filter(model -> !model.equals(named.orElse(model))).ifPresent(model -> {
            throw TtsException.invalidRequest("model: '" + model + "' beside the voice '" + named.orElse("")
                    + "', allowed one of them: each of Deepgram's models is one voice");
        });
        String model = named.orElseGet(() -> defaultModel(asked.language(), defaultModel));
        if (!isModel(model)) {
            throw TtsException.invalidRequest(
                    "voice: " + model.length() + " chars, allowed 1 to 128 letters, digits, dots, colons and hyphens");
        }
        return model;
    }

    /** Whether this may be the name of a model. */
    static boolean isModel(String name) {
        return MODEL.matcher(name).matches();
    }

    private static String defaultModel(Optional<String> language, @Nullable String defaultModel) {
        Optional<String> tag =
                language.map(asked -> Locale.forLanguageTag(asked).getLanguage());
        if (defaultModel != null && (tag.isEmpty() || tag.equals(KnownVoices.languageOf(defaultModel)))) {
            return defaultModel;
        }
        return KnownVoices.defaultFor(tag.orElse("en"))
                .orElseThrow(() -> unsupported("language: " + language.orElse("") + ", Deepgram has voices for "
                        + String.join(", ", KnownVoices.languages())));
    }

    private static void requireMade(AudioFormat format, Product product) {
        if (!Formats.overRest(product).contains(format)) {
            throw unsupported("format: " + format + ", allowed " + Formats.overRest(product));
        }
    }

    private static void requireBitRate(DeepgramOptions options, AudioFormat format, Product product) {
        if (options.bitRate().isEmpty()) {
            return;
        }
        int asked = options.bitRate().getAsInt();
        BitRates made = BitRates.of(format.encoding(), product)
                .orElseThrow(() -> unsupported("bitRate: " + asked + ", " + format.encoding() + " has none to choose"));
        if (!made.has(asked)) {
            throw unsupported("bitRate: " + asked + ", allowed " + made + " for " + format.encoding());
        }
    }

    private static @Nullable BigDecimal speed(OptionalDouble asked, Product product) {
        if (asked.isEmpty() || asked.getAsDouble() == 1) {
            return null;
        }
        double speed = asked.getAsDouble();
        double slowest = product == Product.FLUX ? FLUX_SLOWEST : AURA_SLOWEST;
        if (speed < slowest || speed > FASTEST) {
            throw unsupported("speed: " + speed + ", allowed " + slowest + " to " + FASTEST);
        }
        BigDecimal exact = BigDecimal.valueOf(speed);
        if (product == Product.FLUX && exact.remainder(FLUX_STEP).signum() != 0) {
            throw unsupported("speed: " + speed + ", allowed steps of " + FLUX_STEP);
        }
        return exact;
    }

    private static TtsException unsupported(String message) {
        return TtsException.builder(Category.UNSUPPORTED, message)
                .backend(Deepgram.NAME)
                .origin(Origin.CLIENT)
                .build();
    }

    Product product() {
        return Product.of(model);
    }

    /** Whether only REST makes this. */
    boolean needsRest() {
        return options.rest() || !Formats.overSocket(product()).contains(format);
    }

    /** The same for a socket that serves any speed, where the speed can be changed on the socket. */
    SpeakRequest socketKey() {
        return product() == Product.FLUX && speed != null ? new SpeakRequest(model, format, null, options) : this;
    }

    /** Refuses what a growing text cannot have. */
    void requireGrowing() {
        if (needsRest()) {
            throw unsupported("text: still growing, which takes a WebSocket and one of the formats "
                    + Formats.overSocket(product()));
        }
    }

    /** Adds what a WebSocket's address says. */
    HttpRequest.Builder socketAddress(HttpRequest.Builder address) {
        address.query("model", model)
                .query("encoding", name(format.encoding()))
                .query("sample_rate", Integer.toString(format.sampleRate()));
        return common(address);
    }

    /** Adds what a REST address says; what does not apply to an encoding is refused there, so it is left out. */
    HttpRequest.Builder restAddress(HttpRequest.Builder address) {
        Encoding encoding = format.encoding();
        address.query("model", model).query("encoding", name(encoding));
        if (!encoding.isCompressed()) {
            address.query("container", format.container() == Container.WAV ? "wav" : "none");
        } else if (encoding == Encoding.OPUS) {
            address.query("container", "ogg");
        }
        if (!encoding.isCompressed() || encoding == Encoding.FLAC) {
            address.query("sample_rate", Integer.toString(format.sampleRate()));
        }
        options.bitRate().ifPresent(rate -> address.query("bit_rate", Integer.toString(rate)));
        return common(address);
    }

    private HttpRequest.Builder common(HttpRequest.Builder address) {
        if (speed != null) {
            address.query("speed", speed.stripTrailingZeros().toPlainString());
        }
        options.expressivity().ifPresent(value -> address.query("expressivity", Integer.toString(value)));
        if (options.mipOptOut()) {
            address.query("mip_opt_out", "true");
        }
        options.tags().forEach(tag -> address.query("tag", tag));
        options.parameters().forEach(parameter -> address.query(parameter.getKey(), parameter.getValue()));
        return address;
    }

    private static String name(Encoding encoding) {
        return encoding.name().toLowerCase(Locale.ROOT);
    }
}
