// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.error.TtsException;
import io.ttsclient.text.SegmentLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a kind of server speaks: its routes and fields, its limits, how it takes the speed, where it tells its health. Immutable.
 *
 * <p>The constants are the known ones. One of your own takes a few lines:
 *
 * {@snippet class="io.ttsclient.vits.Snippets" region="dialect"}
 */
public final class Dialect {
    /** {@code POST /v1/audio/speech}, as OpenAI and many self-hosted servers have it. */
    public static final Dialect OPENAI_SPEECH = OpenAiSpeech.dialect();

    private static final List<Dialect> BUILT_IN = List.of(OPENAI_SPEECH);

    private final String name;
    private final List<Route> routes;
    private final int sampleRate;
    private final Map<Wanted, String> encodings;
    private final int maxCodePoints;
    private final Speed speed;
    private final List<String> healthPaths;
    private final Authentication authentication;

    /** What may be asked for. */
    private record Wanted(Encoding encoding, Container container) {}

    private Dialect(Builder builder) {
        name = builder.name;
        routes = List.copyOf(builder.routes);
        sampleRate = builder.sampleRate;
        encodings = new LinkedHashMap<>(builder.encodings);
        maxCodePoints = builder.maxCodePoints;
        speed = builder.speed;
        healthPaths = builder.healthPaths;
        authentication = builder.authentication;
    }

    /**
     * Starts one of your own.
     *
     * @param name in messages; lower case with hyphens
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** The known ones. */
    public static List<Dialect> builtIn() {
        return BUILT_IN;
    }

    /**
     * The known one of that name, such as {@code openai-speech}.
     *
     * @throws TtsException with category {@code INVALID_REQUEST} and the names there are, if it is not among them
     */
    public static Dialect named(String name) {
        return BUILT_IN.stream()
                .filter(dialect -> dialect.name.equals(name))
                .findFirst()
                .orElseThrow(() -> TtsException.invalidRequest("dialect: '" + name + "', allowed "
                        + String.join(", ", BUILT_IN.stream().map(Dialect::name).toList())));
    }

    /** Its name, such as {@code openai-speech}. */
    public String name() {
        return name;
    }

    List<Route> routes() {
        return routes;
    }

    int sampleRate() {
        return sampleRate;
    }

    /** What a server may be asked for, the default first, at {@code rate} Hz. */
    List<AudioFormat> formats(int rate) {
        return encodings.keySet().stream()
                .map(wanted -> new AudioFormat(wanted.encoding(), wanted.container(), rate, 1))
                .toList();
    }

    /** What the server calls {@code format}; empty where there is no choice. */
    String encoding(AudioFormat format) {
        return encodings.getOrDefault(new Wanted(format.encoding(), format.container()), "");
    }

    int maxCodePoints() {
        return maxCodePoints;
    }

    Speed speed() {
        return speed;
    }

    List<String> healthPaths() {
        return healthPaths;
    }

    Authentication authentication() {
        return authentication;
    }

    @Override
    public String toString() {
        return name;
    }

    /** Collects a {@link Dialect}. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final List<Route> routes = new ArrayList<>();
        private final Map<Wanted, String> encodings = new LinkedHashMap<>();
        private int sampleRate = 22_050;
        private int maxCodePoints = SegmentLimits.UNLIMITED;
        private Speed speed = Speed.fixed();
        private List<String> healthPaths = List.of();
        private Authentication authentication = Authentication.BEARER;

        private Builder(String name) {
            if (!name.matches("[a-z][a-z0-9-]*")) {
                throw new IllegalArgumentException(
                        "name: '" + name + "', allowed lower case letters, digits and hyphens");
            }
            this.name = name;
        }

        /** How speech is asked for. */
        public Builder route(Route value) {
            routes.add(value);
            return this;
        }

        /** The rate of its audio in Hz, as far as one knows before there is any; 22050 unless set. A WAV says its own. */
        public Builder sampleRate(int value) {
            sampleRate = value;
            return this;
        }

        /** What the server calls an encoding, for {@link Value#ENCODING}; the first one is the default. */
        public Builder encoding(Encoding encoding, Container container, String value) {
            encodings.put(new Wanted(encoding, container), value);
            return this;
        }

        /** The longest text that it takes at once, in code points; no bound unless set. Longer ones are cut. */
        public Builder maxCodePoints(int value) {
            maxCodePoints = value;
            return this;
        }

        /** How it takes the speed; {@link Speed#fixed()} unless set. */
        public Builder speed(Speed value) {
            speed = value;
            return this;
        }

        /** Where it tells its health: the first of these paths that it has counts. */
        public Builder health(String... paths) {
            healthPaths = List.of(paths);
            return this;
        }

        /** The header of the key; {@link Authentication#BEARER} unless set. */
        public Builder authentication(Authentication value) {
            authentication = value;
            return this;
        }

        /** The dialect. */
        public Dialect build() {
            if (routes.isEmpty()) {
                throw new IllegalStateException("route: none, a dialect needs one");
            }
            if (encodings.isEmpty()) {
                encodings.put(new Wanted(Encoding.LINEAR16, Container.RAW), "");
            }
            return new Dialect(this);
        }
    }
}
