// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.ttsclient.error.TtsException;
import io.ttsclient.local.VoiceConfig.PhonemeType;
import io.ttsclient.local.VoiceConfig.Scales;
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
import java.util.stream.StreamSupport;

/** Reads a {@link VoiceConfig}; what Piper's own reader has defaults for may be missing. */
final class VoiceConfigReader {
    static final String BEGIN = "^";
    static final String PAD = "_";
    static final String END = "$";

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int DEFAULT_HOP_LENGTH = 256;
    private static final Scales DEFAULT_SCALES = new Scales(0.667f, 1, 0.8f);
    private static final int MIN_SAMPLE_RATE = 4_000;
    private static final int MAX_SAMPLE_RATE = 192_000;
    private static final int MAX_SPEAKERS = 100_000;
    private static final int MAX_SCALE = 10;

    private final String file;
    private final JsonNode root;

    private VoiceConfigReader(String file, JsonNode root) {
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

    private static JsonNode parse(byte[] json, String file) {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            throw Failures.unsupported(
                    file + " is not JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        } catch (java.io.IOException e) {
            throw Failures.unsupported(file + " is not JSON", e);
        }
        throw Failures.unsupported(file + " is not a JSON object");
    }

    private VoiceConfig config() {
        Map<String, long[]> symbolIds = symbolIds();
        int speakerCount = integer(root.path("num_speakers"), "num_speakers", 1, 1, MAX_SPEAKERS);
        return new VoiceConfig(
                sampleRate(),
                integer(root.path("hop_length"), "hop_length", DEFAULT_HOP_LENGTH, 1, MAX_SAMPLE_RATE),
                phonemeType(),
                root.path("espeak").path("voice").asText(null),
                language(),
                symbolIds,
                clusters(symbolIds),
                speakers(speakerCount),
                speakerCount,
                integer(root.path("default_speaker_id"), "default_speaker_id", 0, 0, speakerCount - 1),
                scales());
    }

    private int sampleRate() {
        JsonNode node = root.path("audio").path("sample_rate");
        if (node.isMissingNode()) {
            throw invalid("audio.sample_rate", node, MIN_SAMPLE_RATE + " to " + MAX_SAMPLE_RATE + " Hz");
        }
        int rate = integer(node, "audio.sample_rate", 0, MIN_SAMPLE_RATE, MAX_SAMPLE_RATE);
        return rate == 22_500 ? 22_050 : rate; // a slip in some published voices
    }

    private PhonemeType phonemeType() {
        String type = root.path("phoneme_type").asText("espeak");
        return switch (type) {
            case "espeak" -> PhonemeType.ESPEAK;
            case "text" -> PhonemeType.TEXT;
            default ->
                throw Failures.unsupported(file + ": phoneme_type is '" + type
                        + "', and voices of the types espeak and text can be spoken");
        };
    }

    /** The language of the voice; espeak-ng's names begin with tags too. */
    private Optional<String> language() {
        String code = root.path("language").path("code").asText("");
        if (code.isEmpty()) {
            code = root.path("espeak").path("voice").asText("");
        }
        String tag = Locale.forLanguageTag(code.replace('_', '-')).toLanguageTag();
        return tag.equals("und") ? Optional.empty() : Optional.of(tag);
    }

    private Map<String, long[]> symbolIds() {
        int symbolCount = integer(root.path("num_symbols"), "num_symbols", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
        Map<String, long[]> ids = new HashMap<>();
        root.path("phoneme_id_map").properties().forEach(entry -> {
            List<JsonNode> values = list(entry.getValue());
            ids.put(
                    entry.getKey(),
                    values.stream()
                            .mapToLong(id -> integer(id, "phoneme_id_map", -1, 0, symbolCount - 1))
                            .toArray());
        });
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
        return list(root.path("vowel_clusters")).stream()
                .map(cluster -> list(cluster).stream().map(JsonNode::asText).collect(Collectors.joining()))
                .filter(symbolIds::containsKey)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private Map<String, Integer> speakers(int count) {
        List<Map.Entry<String, Integer>> speakers = new ArrayList<>();
        root.path("speaker_id_map")
                .properties()
                .forEach(entry -> speakers.add(
                        Map.entry(entry.getKey(), integer(entry.getValue(), "speaker_id_map", -1, 0, count - 1))));
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
        JsonNode node = root.path("inference").path(name);
        if (node.isMissingNode()) {
            return otherwise;
        }
        if (!node.isNumber() || !allowed.test(node.asDouble()) || node.asDouble() > MAX_SCALE) {
            throw invalid("inference." + name, node, "0 to " + MAX_SCALE);
        }
        return (float) node.asDouble();
    }

    private int integer(JsonNode node, String name, int otherwise, int least, int most) {
        if (node.isMissingNode()) {
            return otherwise;
        }
        if (!node.canConvertToExactIntegral()
                || !node.canConvertToInt()
                || node.asInt() < least
                || node.asInt() > most) {
            throw invalid(name, node, least + " to " + most);
        }
        return node.asInt();
    }

    private TtsException invalid(String name, JsonNode found, String allowed) {
        String value =
                found instanceof MissingNode ? "missing" : found.isContainerNode() ? "no number" : found.asText();
        return Failures.unsupported(file + ": " + name + " is " + value + ", allowed " + allowed);
    }

    private static List<JsonNode> list(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false).toList();
    }
}
