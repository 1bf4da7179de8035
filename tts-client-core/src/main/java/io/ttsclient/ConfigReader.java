// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.audio.Gain;
import io.ttsclient.backend.Settings;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.error.Faults;
import io.ttsclient.layer.AdmissionPolicy;
import io.ttsclient.layer.AttemptTimeouts;
import io.ttsclient.speech.Priority;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.text.TextPreparation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds in values by name what a {@link TtsClientConfig} says. It asks for every name that there is, whatever is set, so that the names
 * that it asks for are those that there are.
 */
final class ConfigReader {
    private static final Duration USUAL_GRACE = Duration.ofMinutes(10);
    private static final int DAY = 86_400_000; // in milliseconds
    private static final double MAX_SPEED = 4;
    private static final double MAX_DECIBELS = 40;
    private static final Pattern BACKEND = Pattern.compile("backends\\.(\\d{1,3})\\..+");
    private static final Pattern SETTING = Pattern.compile("backends\\.(\\d{1,3})\\.settings\\.(.+)");

    /** A text that is left as it is, or made {@linkplain TextPreparation#speakable() speakable}. */
    private enum Preparation {
        OFF,
        SPEAKABLE
    }

    private final Faults faults;
    private final Function<String, TtsBackendFactory> factories;
    private final Set<String> names;
    private final Map<Integer, Map<String, String>> ofBackends = new TreeMap<>();
    private final Settings settings;
    private final PolicyReader policies;
    private final List<Consumer<TtsClientBuilder>> steps = new ArrayList<>();

    private ConfigReader(Map<String, String> values, Function<String, TtsBackendFactory> factories, Faults faults) {
        this.faults = faults;
        this.factories = factories;
        names = new TreeSet<>(values.keySet());
        var others = new TreeMap<String, String>();
        values.forEach((name, value) -> {
            Matcher setting = SETTING.matcher(name);
            if (setting.matches()) {
                ofBackends
                        .computeIfAbsent(Integer.valueOf(setting.group(1)), unknown -> new TreeMap<>())
                        .put(setting.group(2), value);
            } else {
                others.put(name, value);
            }
        });
        settings = new Settings(others, faults);
        policies = new PolicyReader(settings, faults, names);
    }

    /**
     * What {@code values} say, with the backends that {@code factories} make.
     *
     * @throws io.ttsclient.error.TtsException that names all that is wrong with them, and what is in {@code faults} already
     */
    static TtsClientConfig read(
            Map<String, String> values, Function<String, TtsBackendFactory> factories, Faults faults) {
        TtsClientConfig config = new ConfigReader(values, factories, faults).config();
        faults.throwIfAny();
        return config;
    }

    /** All names that there are but those of the backends' own settings; the first backend stands for all. */
    static List<String> known() {
        var reader = new ConfigReader(Map.of("backends.0.backend", "any"), TtsBackendFactory::named, new Faults());
        reader.config();
        return reader.settings.known();
    }

    private TtsClientConfig config() {
        defaults();
        AdmissionPolicy admission = policies.admission("admission.", null);
        set(admission, TtsClientBuilder::admission);
        AttemptTimeouts timeouts = policies.attemptTimeouts("attemptTimeouts.", null);
        set(timeouts, TtsClientBuilder::attemptTimeouts);
        List<BackendConfig> backends = backends(admission, timeouts);
        set(policies.retry(), TtsClientBuilder::retry);
        set(policies.circuitBreaker(), TtsClientBuilder::circuitBreaker);
        set(policies.fallback(), TtsClientBuilder::fallbackPolicy);
        set(policies.segmenting(), TtsClientBuilder::segmenting);
        set(policies.cache(), TtsClientBuilder::cacheConfig);
        settings.number("maxWholeAudioBytes", 1, Long.MAX_VALUE)
                .ifPresent(value -> set(value, TtsClientBuilder::maxWholeAudioBytes));
        Duration grace = settings.millis("reloadGraceMillis", 0, DAY).orElse(USUAL_GRACE);
        settings.end();
        return new TtsClientConfig(backends, steps, grace, names);
    }

    private <T> void set(@Nullable T value, BiConsumer<TtsClientBuilder, T> setter) {
        if (value != null) {
            steps.add(builder -> setter.accept(builder, value));
        }
    }

    private List<BackendConfig> backends(@Nullable AdmissionPolicy admission, @Nullable AttemptTimeouts timeouts) {
        int count = names.stream()
                .map(BACKEND::matcher)
                .filter(Matcher::matches)
                .mapToInt(backend -> Integer.parseInt(backend.group(1)) + 1)
                .max()
                .orElse(0);
        if (count == 0) {
            faults.add("backends", "not set, a client needs one");
        }
        var backends = new ArrayList<BackendConfig>();
        for (int i = 0; i < count; i++) {
            Map<String, String> own = ofBackends.getOrDefault(i, Map.of());
            String place = "backends." + i + ".";
            TtsBackendFactory factory = factory(place, own);
            SpeechOptions options = options(place + "options.");
            OptionalDouble decibels = settings.decimal(place + "gainDecibels", -MAX_DECIBELS, MAX_DECIBELS);
            AdmissionPolicy ownAdmission = policies.admission(place + "admission.", admission);
            AttemptTimeouts ownTimeouts = policies.attemptTimeouts(place + "attemptTimeouts.", timeouts);
            if (factory != null) {
                Gain gain = decibels.isPresent() ? Gain.ofDecibels(decibels.getAsDouble()) : null;
                backends.add(new BackendConfig(factory, own, options, gain, ownAdmission, ownTimeouts));
            }
        }
        return backends;
    }

    private @Nullable TtsBackendFactory factory(String place, Map<String, String> own) {
        String field = place + "backend";
        Optional<String> name = settings.text(field);
        if (name.isEmpty()) {
            faults.add(field, "not set, allowed the name of a backend");
            return null;
        }
        TtsBackendFactory factory = policies.make(field, () -> factories.apply(name.get()));
        if (factory != null) {
            factory.check(own, faults.within(setting -> place + "settings." + setting));
        }
        return factory;
    }

    private SpeechOptions options(String place) {
        SpeechOptions.Builder options = SpeechOptions.builder();
        settings.text(place + "voice", options::voice);
        settings.text(place + "model", options::model);
        settings.decimal(place + "speed", 1 / MAX_SPEED, MAX_SPEED).ifPresent(options::speed);
        settings.text(place + "style", options::style);
        return options.build();
    }

    private void defaults() {
        SpeechOptions.Builder options = SpeechOptions.builder();
        settings.text("defaults.language", options::language);
        format().ifPresent(options::format);
        settings.millis("defaults.timeoutMillis", 1, DAY).ifPresent(options::timeout);
        settings.choice("defaults.priority", Priority.class).ifPresent(options::priority);
        settings.flag("defaults.cacheable").ifPresent(options::cacheable);
        settings.choice("defaults.textPreparation", Preparation.class)
                .map(wanted -> wanted == Preparation.OFF ? TextPreparation.off() : TextPreparation.speakable())
                .ifPresent(options::textPreparation);
        settings.flag("defaults.trimSilence").ifPresent(options::trimSilence);
        if (policies.isSet("defaults.")) {
            set(options.build(), TtsClientBuilder::defaults);
        }
    }

    private Optional<AudioFormat> format() {
        String place = "defaults.format.";
        Optional<Encoding> encoding = settings.choice(place + "encoding", Encoding.class);
        Optional<Container> container = settings.choice(place + "container", Container.class);
        OptionalInt sampleRate = settings.integer(place + "sampleRate", 4_000, 192_000);
        OptionalInt channels = settings.integer(place + "channels", 1, 2);
        if (!policies.isSet(place)) {
            return Optional.empty();
        }
        if (encoding.isEmpty()) {
            faults.add(place + "encoding", "not set, a format needs one");
        }
        if (sampleRate.isEmpty()) {
            faults.add(place + "sampleRate", "not set, a format needs one");
        }
        if (encoding.isEmpty() || sampleRate.isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(policies.make(
                place + "container",
                () -> new AudioFormat(
                        encoding.get(), container.orElse(Container.RAW), sampleRate.getAsInt(), channels.orElse(1))));
    }
}
