// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import com.fasterxml.jackson.databind.JsonNode;
import io.ttsclient.speech.Voice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the lists of voices that servers give, all of which look different. */
final class VoiceList {
    private static final List<String> IDS = List.of("id", "voice_id", "name", "speaker");
    private static final List<String> NAMES = List.of("name", "id");
    private static final List<String> LANGUAGES = List.of("language", "lang", "languages", "locale");
    private static final List<String> LISTS = List.of("voices", "speakers", "data");

    /** A line as MaryTTS has it: a name, a locale, a gender. */
    private static final Pattern LINE =
            Pattern.compile("(?i)(\\S.*?)\\s+(\\w[\\w-]*)\\s+(u|m|f|male|female|unknown)(\\s.*)?");

    private final Map<String, Voice> voices = new LinkedHashMap<>();

    private VoiceList() {}

    /**
     * The voices in {@code json}: strings, objects with an id or a name, or objects by name, in a list or in fields of an object.
     *
     * @param field of {@code json} that counts; empty for all of it
     */
    static List<Voice> of(JsonNode json, String field) {
        var list = new VoiceList();
        list.read(field.isEmpty() ? json : json.path(field));
        return List.copyOf(list.voices.values());
    }

    /** The voices in lines of text; empty if one is no voice. */
    static Optional<List<Voice>> ofLines(String text) {
        var list = new VoiceList();
        for (String line : text.strip().split("\\R", -1)) {
            Matcher voice = LINE.matcher(line.strip());
            if (!voice.matches()) {
                return Optional.empty();
            }
            list.add(voice.group(1), voice.group(1), tags(Stream.of(voice.group(2))));
        }
        return Optional.of(List.copyOf(list.voices.values()));
    }

    private void read(JsonNode json) {
        if (json.isArray()) {
            json.forEach(this::readVoice);
            return;
        }
        for (String name : LISTS) {
            if (json.has(name)) {
                read(json.get(name));
                return;
            }
        }
        json.properties().forEach(member -> {
            if (member.getValue().isArray()) {
                read(member.getValue());
            } else if (member.getValue().isObject()) {
                add(member.getKey(), member.getKey(), languages(member.getValue()));
            }
        });
    }

    private void readVoice(JsonNode json) {
        if (json.isTextual()) {
            add(json.textValue(), json.textValue(), List.of());
        } else {
            String id = first(json, IDS);
            String name = first(json, NAMES);
            add(id, name.isEmpty() ? id : name, languages(json));
        }
    }

    private void add(String id, String name, List<String> languages) {
        if (!id.isBlank()) {
            voices.putIfAbsent(id, new Voice(id, name, languages, ""));
        }
    }

    private static String first(JsonNode json, List<String> names) {
        return names.stream()
                .map(name -> json.path(name).asText(""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse("");
    }

    private static List<String> languages(JsonNode json) {
        var tags = new ArrayList<String>();
        for (String name : LANGUAGES) {
            JsonNode value = json.path(name);
            if (value.isArray()) {
                StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .forEach(tags::add);
            } else {
                // Piper's is an object with a code.
                tags.add(value.isObject() ? value.path("code").asText("") : value.asText(""));
            }
        }
        return tags(tags.stream());
    }

    private static List<String> tags(Stream<String> written) {
        return written.map(tag -> Locale.forLanguageTag(tag.replace('_', '-')).toLanguageTag())
                .filter(tag -> !tag.equals("und"))
                .distinct()
                .toList();
    }
}
