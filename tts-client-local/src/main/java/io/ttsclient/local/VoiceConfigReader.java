// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ttsclient.error.TtsException;
import io.ttsclient.local.VoiceConfig.PhonemeType;
import io.ttsclient.local.VoiceConfig.Scales;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;

/** Reads a {@link VoiceConfig}; what Piper's own reader has defaults for may be missing. */
final class VoiceConfigReader {
    static final String BEGIN = "^";
    static final String PAD = "_";
    static final String END = "$";

    private static final int DEFAULT_HOP_LENGTH = 256;
    private static final Scales DEFAULT_SCALES = new Scales(0.667f, 1, 0.8f);
    private static final int MIN_SAMPLE_RATE = 4_000;
    private static final int MAX_SAMPLE_RATE = 192_000;
    private static final int MAX_SPEAKERS = 100_000;
    private static final int MAX_SCALE = 10;

    private final String file;
    private final Json root;

    private VoiceConfigReader(String file, Json root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads {@code json}.
     *
     * @param file the name of the file, for messages
     * @throws TtsException with category {@code UNSUPPORTED} if it is not the config of a voice that can be spoken
     */
    static VoiceConfig read(byte[] json, String file) {
        return new VoiceConfigReader(file, parse(json, file)).config();
    }

    private static Json parse(byte[] json, String file) {
        try {
            Json root = Json.parse(json);
            if (root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            throw Failures.unsupported(
                    file + " is not JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw Failures.unsupported(file + " is not JSON", e);
        }
        throw Failures.unsupported(file + " is not a JSON object");
    }

    private VoiceConfig config() {
        Map<String, long[]> symbolIds = symbolIds();
        int speakerCount = integer(root.get("num_speakers"), "num_speakers", 1, 1, MAX_SPEAKERS);
        return new VoiceConfig(
                sampleRate(),
                integer(root.get("hop_length"), "hop_length", DEFAULT_HOP_LENGTH, 1, MAX_SAMPLE_RATE),
                phonemeType(),
                espeakVoice().orElse(null),
                language(),
                symbolIds,
                clusters(symbolIds),
                speakers(speakerCount),
                speakerCount,
                integer(root.get("default_speaker_id"), "default_speaker_id", 0, 0, speakerCount - 1),
                scales());
    }

    private int sampleRate() {
        Json found = root.get("audio").get("sample_rate");
        if (found.isMissing()) {
            throw invalid("audio.sample_rate", found, MIN_SAMPLE_RATE + " to " + MAX_SAMPLE_RATE + " Hz");
        }
        int rate = integer(found, "audio.sample_rate", 0, MIN_SAMPLE_RATE, MAX_SAMPLE_RATE);
        return rate == 22_500 ? 22_050 : rate; // a slip in some published voices
    }

    private PhonemeType phonemeType() {
        String type = root.get("phoneme_type").text().orElse("espeak");
        return switch (type) {
            case "espeak" -> PhonemeType.ESPEAK;
            case "text" -> PhonemeType.TEXT;
            default ->
                throw Failures.unsupported(file + ": phoneme_type is '" + type
                        + "', and voices of the types espeak and text can be spoken");
        };
    }

    private Optional<String> espeakVoice() {
        return root.get("espeak").get("voice").text();
    }

    /** The language of the voice; espeak-ng's names begin with tags too. */
    private Optional<String> language() {
        String code =
                root.get("language").get("code").text().or(this::espeakVoice).orElse("");
        String tag = Locale.forLanguageTag(code.replace('_', '-')).toLanguageTag();
        return tag.equals("und") ? Optional.empty() : Optional.of(tag);
    }

    private Map<String, long[]> symbolIds() {
        int symbolCount = integer(root.get("num_symbols"), "num_symbols", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
        Map<String, long[]> ids = new HashMap<>();
        root.get("phoneme_id_map")
                .members()
                .forEach((symbol, values) -> ids.put(
                        symbol,
                        values.elements().stream()
                                .mapToLong(id -> integer(id, "phoneme_id_map", -1, 0, symbolCount - 1))
                                .toArray()));
        for (String needed : List.of(BEGIN, PAD, END)) {
            if (!ids.containsKey(needed)) {
                throw Failures.unsupported(
                        file + ": phoneme_id_map has " + ids.size() + " symbols, but not '" + needed + "'");
            }
        }
        return ids;
    }

    /** Only those that the map knows as one symbol; the longest first, as they are tried. */
    private List<String> clusters(Map<String, long[]> symbolIds) {
        return root.get("vowel_clusters").elements().stream()
                .map(cluster -> cluster.elements().stream()
                        .map(member -> member.text().orElse(""))
                        .collect(Collectors.joining()))
                .filter(symbolIds::containsKey)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private Map<String, Integer> speakers(int count) {
        List<Map.Entry<String, Integer>> speakers = new ArrayList<>();
        root.get("speaker_id_map")
                .members()
                .forEach((name, id) -> speakers.add(Map.entry(name, integer(id, "speaker_id_map", -1, 0, count - 1))));
        speakers.sort(Map.Entry.comparingByValue());
        Map<String, Integer> byId = new LinkedHashMap<>();
        speakers.forEach(speaker -> byId.put(speaker.getKey(), speaker.getValue()));
        return byId;
    }

    private Scales scales() {
        return new Scales(
                scale("noise_scale", DEFAULT_SCALES.noise(), value -> value >= 0),
                scale("length_scale", DEFAULT_SCALES.length(), value -> value > 0),
                scale("noise_w", DEFAULT_SCALES.noiseWidth(), value -> value >= 0));
    }

    private float scale(String name, float otherwise, DoublePredicate allowed) {
        Json found = root.get("inference").get(name);
        if (found.isMissing()) {
            return otherwise;
        }
        double value = found.number().map(BigDecimal::doubleValue).orElse(-1.0);
        if (!allowed.test(value) || value > MAX_SCALE) {
            throw invalid("inference." + name, found, "0 to " + MAX_SCALE);
        }
        return (float) value;
    }

    private int integer(Json found, String name, int otherwise, int least, int most) {
        if (found.isMissing() && otherwise >= least) {
            return otherwise;
        }
        try {
            int value = found.number().map(BigDecimal::intValueExact).orElse(least - 1);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (ArithmeticException e) {
            // No whole number, or beyond all of them: refused as any other value that is not allowed.
        }
        throw invalid(name, found, least + " to " + most);
    }

    private TtsException invalid(String name, Json found, String allowed) {
        return Failures.unsupported(file + ": " + name + " is " + found + ", allowed " + allowed);
    }
}
