// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.audio.Encoding;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.ProviderOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What only Deepgram understands, for all requests of a {@link Deepgram} or for one. Immutable; equal by content. */
public final class DeepgramOptions implements ProviderOptions {
    static final int LOWEST_BIT_RATE = 4_000;
    static final int HIGHEST_BIT_RATE = 650_000;

    private static final DeepgramOptions NONE = builder().build();

    private final boolean rest;
    private final @Nullable Boolean mipOptOut;
    private final @Nullable Integer expressivity;
    private final @Nullable Integer bitRate;
    private final List<String> tags;
    private final List<Map.Entry<String, String>> parameters;

    private DeepgramOptions(Builder builder) {
        rest = builder.rest;
        mipOptOut = builder.mipOptOut;
        expressivity = builder.expressivity;
        bitRate = builder.bitRate;
        tags = List.copyOf(builder.tags);
        parameters = List.copyOf(builder.parameters);
    }

    /** Nothing set. */
    public static DeepgramOptions none() {
        return NONE;
    }

    /** Starts with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String backend() {
        return Deepgram.NAME;
    }

    /** How lively, how many bits, and what this library does not know; over which way the audio comes changes nothing in it. */
    @Override
    public Optional<String> audioKey() {
        return Optional.of(expressivity
                + (bitRate == null ? "" : "@" + bitRate)
                + parameters.stream()
                        .map(parameter -> withLength(parameter.getKey()) + withLength(parameter.getValue()))
                        .collect(Collectors.joining()));
    }

    private static String withLength(String value) {
        return " " + value.length() + ":" + value;
    }

    /** These, and what {@code defaults} set where nothing is set here. */
    DeepgramOptions withDefaults(DeepgramOptions defaults) {
        return mergedWith(defaults).build();
    }

    /** As defaults of a request that may be for something else: without what such a voice, or such an encoding, has not at all. */
    DeepgramOptions applyingTo(Product product, Encoding encoding) {
        boolean hasExpressivity = expressivity == null || product == Product.FLUX;
        boolean hasBitRate = bitRate == null || BitRates.of(encoding, product).isPresent();
        if (hasExpressivity && hasBitRate) {
            return this;
        }
        Builder applying = NONE.mergedWith(this);
        applying.expressivity = hasExpressivity ? expressivity : null;
        applying.bitRate = hasBitRate ? bitRate : null;
        return applying.build();
    }

    private Builder mergedWith(DeepgramOptions defaults) {
        Builder merged = builder();
        merged.rest = rest || defaults.rest;
        merged.mipOptOut = mipOptOut != null ? mipOptOut : defaults.mipOptOut;
        merged.expressivity = expressivity != null ? expressivity : defaults.expressivity;
        merged.bitRate = bitRate != null ? bitRate : defaults.bitRate;
        merged.tags.addAll(tags.isEmpty() ? defaults.tags : tags);
        merged.parameters.addAll(parameters);
        Set<String> own = Set.copyOf(parameters.stream().map(Map.Entry::getKey).toList());
        defaults.parameters.stream()
                .filter(parameter -> !own.contains(parameter.getKey()))
                .forEach(merged.parameters::add);
        return merged;
    }

    /** Whether the audio comes over REST rather than a WebSocket. */
    public boolean rest() {
        return rest;
    }

    /** Whether the request stays out of Deepgram's programme for improving models. */
    public boolean mipOptOut() {
        return mipOptOut != null && mipOptOut;
    }

    /** How lively a Flux voice speaks; empty for its own way. */
    public OptionalInt expressivity() {
        return expressivity == null ? OptionalInt.empty() : OptionalInt.of(expressivity);
    }

    /** How many bits a second of compressed audio has; empty for the service's own choice. */
    public OptionalInt bitRate() {
        return bitRate == null ? OptionalInt.empty() : OptionalInt.of(bitRate);
    }

    /** The labels that usage reports show. */
    public List<String> tags() {
        return tags;
    }

    /** What else goes into the address. */
    List<Map.Entry<String, String>> parameters() {
        return parameters;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DeepgramOptions that
                && rest == that.rest
                && Objects.equals(mipOptOut, that.mipOptOut)
                && Objects.equals(expressivity, that.expressivity)
                && Objects.equals(bitRate, that.bitRate)
                && tags.equals(that.tags)
                && parameters.equals(that.parameters);
    }

    @Override
    public int hashCode() {
        return Objects.hash(rest, mipOptOut, expressivity, bitRate, tags, parameters);
    }

    /** What is set; of tags and further parameters how many, since a caller may have put anything there. */
    @Override
    public String toString() {
        return "DeepgramOptions[rest=" + rest + ", mipOptOut=" + mipOptOut + ", expressivity=" + expressivity
                + ", bitRate=" + bitRate + ", tags=" + tags.size() + ", parameters=" + parameters.size() + "]";
    }

    /** Collects {@link DeepgramOptions}. Every setter checks its value at once. Not thread-safe. */
    public static final class Builder {
        private static final int MAX_EXPRESSIVITY = 2;
        /** What this library says itself, or what would make the answer something else than audio. */
        private static final Set<String> OWN = Set.of(
                "model",
                "encoding",
                "container",
                "sample_rate",
                "speed",
                "expressivity",
                "mip_opt_out",
                "bit_rate",
                "tag",
                "callback",
                "callback_method");

        private boolean rest;
        private @Nullable Boolean mipOptOut;
        private @Nullable Integer expressivity;
        private @Nullable Integer bitRate;
        private final List<String> tags = new ArrayList<>();
        private final List<Map.Entry<String, String>> parameters = new ArrayList<>();

        private Builder() {}

        /** Fetches the audio over REST; for whole texts only. Formats that no WebSocket carries come over REST anyway. */
        public Builder rest() {
            rest = true;
            return this;
        }

        /** Stays out of Deepgram's programme for improving models ({@code mip_opt_out}), which changes the price. */
        public Builder mipOptOut(boolean value) {
            mipOptOut = value;
            return this;
        }

        /** How lively a Flux voice speaks, -2 to 2; for Flux only. */
        public Builder expressivity(int value) {
            if (Math.abs(value) > MAX_EXPRESSIVITY) {
                throw TtsException.invalidRequest("expressivity: " + value + ", allowed -2 to 2");
            }
            expressivity = value;
            return this;
        }

        /**
         * How many bits a second compressed audio has; for MP3 32000 or 48000, of Flux also 8000, 16000, 24000 and 40000; for Opus 4000
         * to 650000; for AAC 4000 to 192000. A request for another encoding, or with another rate, is refused.
         */
        public Builder bitRate(int bitsPerSecond) {
            if (bitsPerSecond < LOWEST_BIT_RATE || bitsPerSecond > HIGHEST_BIT_RATE) {
                throw TtsException.invalidRequest("bitRate: " + bitsPerSecond + ", allowed " + LOWEST_BIT_RATE + " to "
                        + HIGHEST_BIT_RATE + ", by encoding");
            }
            bitRate = bitsPerSecond;
            return this;
        }

        /** A label that usage reports show; may be given several times; not blank. */
        public Builder tag(String value) {
            tags.add(notBlank("tag", value));
            return this;
        }

        /**
         * A parameter of the address that this class does not know, sent as it is. Flux refuses the connection for one that it does not
         * know either.
         *
         * @param name not blank, and none that has a setter of its own
         */
        public Builder parameter(String name, String value) {
            if (OWN.contains(notBlank("parameter", name))) {
                throw TtsException.invalidRequest(
                        "parameter: '" + name + "', allowed any that the options do not set themselves");
            }
            parameters.add(Map.entry(name, value));
            return this;
        }

        private static String notBlank(String field, String value) {
            if (value.isBlank()) {
                throw TtsException.invalidRequest(field + ": blank, allowed any other value");
            }
            return value;
        }

        /** The options. */
        public DeepgramOptions build() {
            return new DeepgramOptions(this);
        }
    }
}
