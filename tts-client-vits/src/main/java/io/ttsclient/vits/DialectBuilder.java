// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.error.Category;
import io.ttsclient.text.SegmentLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Collects a {@link Dialect}. Only a route is needed. Not thread-safe. */
public final class DialectBuilder {
    // Read by Dialect.
    final String name;
    final List<Route> routes = new ArrayList<>();
    final Map<Dialect.Wanted, String> encodings = new LinkedHashMap<>();
    final Map<String, String> languages = new LinkedHashMap<>();
    final List<Signature> signatures = new ArrayList<>();
    Set<Integer> elsewhere = Set.of(404);
    int sampleRate = 22_050;

    @Nullable
    String rawEncoding;

    int maxCodePoints = SegmentLimits.UNLIMITED;
    int maxEncodedBytes = SegmentLimits.UNLIMITED;
    Speed speed = Speed.fixed();
    List<String> healthPaths = List.of();
    Refusals refusals = Refusals.byStatus();
    Authentication authentication = Authentication.BEARER;

    private List<String> voicePaths = List.of();
    private String voicesField = "";
    private @Nullable Pattern voicePattern;
    private boolean substitutesVoices;
    private boolean listsSomeVoices;

    DialectBuilder(String name) {
        if (!name.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("name: '" + name + "', allowed lower case letters, digits and hyphens");
        }
        this.name = name;
    }

    /** How speech is asked for. Of several, for generations of the server, the first one that the server has counts. */
    public DialectBuilder route(Route value) {
        routes.add(value);
        return this;
    }

    /** What a server answers where it has not that route but another one; 404 unless set. */
    public DialectBuilder elsewhere(int... statuses) {
        elsewhere = IntStream.of(statuses).boxed().collect(Collectors.toUnmodifiableSet());
        return this;
    }

    /** The rate of its audio in Hz, as far as one knows before there is any; 22050 unless set. A WAV says its own. */
    public DialectBuilder sampleRate(int value) {
        sampleRate = value;
        return this;
    }

    /** What the server calls an encoding, for {@link Value#ENCODING}; the first one is the default. */
    public DialectBuilder encoding(Encoding encoding, Container container, String value) {
        encodings.put(new Dialect.Wanted(encoding, container), value);
        return this;
    }

    /** What the server calls 16-bit samples without a header, for {@link Delivery#PCM}; it sends none unless set. */
    public DialectBuilder rawEncoding(String value) {
        rawEncoding = value;
        return this;
    }

    /** The longest text that it takes at once, in code points; no bound unless set. Longer ones are cut. */
    public DialectBuilder maxCodePoints(int value) {
        maxCodePoints = value;
        return this;
    }

    /** The longest text that it takes in an address, in bytes as they are percent-encoded; no bound unless set. */
    public DialectBuilder maxEncodedBytes(int value) {
        maxEncodedBytes = value;
        return this;
    }

    /** How it takes the speed; {@link Speed#fixed()} unless set. */
    public DialectBuilder speed(Speed value) {
        speed = value;
        return this;
    }

    /**
     * A language that it speaks, for {@link Value#LANGUAGE}. Without any, it is told the primary language of the request's tag.
     *
     * @param tag a primary language, such as {@code ja}
     * @param value what the server calls it
     */
    public DialectBuilder language(String tag, String value) {
        languages.put(tag, value);
        return this;
    }

    /** Where it lists its voices: the first of these paths that it has counts. */
    public DialectBuilder voices(String... paths) {
        voicePaths = List.of(paths);
        return this;
    }

    /** The field of the list that counts, where there are several kinds of voices in it. */
    public DialectBuilder voicesIn(String field) {
        voicesField = field;
        return this;
    }

    /** How the ids of its voices look, a regular expression; others are refused before any I/O. */
    public DialectBuilder voicesLike(String regex) {
        voicePattern = Pattern.compile(regex);
        return this;
    }

    /**
     * It takes voices too that are not on its list, such as other names for them. Otherwise one that is not on a list which was asked for
     * is refused.
     */
    public DialectBuilder listsSomeVoices() {
        listsSomeVoices = true;
        return this;
    }

    /** It speaks with its default voice where it does not know the one that was asked for, and does not say so. */
    public DialectBuilder substitutesVoices() {
        substitutesVoices = true;
        return this;
    }

    VoiceRules voiceRules() {
        return new VoiceRules(voicePaths, voicesField, voicePattern, substitutesVoices, !listsSomeVoices);
    }

    /** Where it tells its health: the first of these paths that it has counts. */
    public DialectBuilder health(String... paths) {
        healthPaths = List.of(paths);
        return this;
    }

    /**
     * What only such a server answers to a GET of {@code path}: a regular expression to be found in it. For probing, where a second one
     * is asked only of a server that nothing has fitted yet.
     */
    DialectBuilder knownBy(String path, String regex) {
        signatures.add(new Signature(path, Pattern.compile(regex), Signature.ANY));
        return this;
    }

    /** The same for a {@code path} that costs others something: asked only of a server that answers its root with {@code rootStatus}. */
    DialectBuilder knownBy(String path, String regex, int rootStatus) {
        signatures.add(new Signature(path, Pattern.compile(regex), rootStatus));
        return this;
    }

    /** What a status means, where it is not the usual thing. */
    public DialectBuilder refusal(int status, Category category) {
        refusals = refusals.with(status, category);
        return this;
    }

    /** A status that means wrong input if the error has these words in it, in any case. */
    public DialectBuilder badInput(int status, String words) {
        refusals = refusals.withBadInput(status, words);
        return this;
    }

    /** A status that may mean wrong input, so that the same is not asked again. */
    public DialectBuilder maybeBadInput(int status) {
        refusals = refusals.withMaybeBadInput(status);
        return this;
    }

    /** The header of the key; {@link Authentication#BEARER} unless set. */
    public DialectBuilder authentication(Authentication value) {
        authentication = value;
        return this;
    }

    /** The dialect. */
    public Dialect build() {
        if (routes.isEmpty()) {
            throw new IllegalStateException("route: none, a dialect needs one");
        }
        if (encodings.isEmpty()) {
            encoding(Encoding.LINEAR16, Container.RAW, "wav");
        }
        return new Dialect(this);
    }
}
