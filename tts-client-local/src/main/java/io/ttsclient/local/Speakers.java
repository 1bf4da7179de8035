// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.error.TtsException;
import io.ttsclient.speech.Voice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The voices of one graph: one that is called as its file, or many that have names or only numbers. */
final class Speakers {
    private static final int SHOWN = 5;

    /**
     * Who speaks.
     *
     * @param id what requests call the voice
     * @param number the speaker's number in the graph
     */
    record Speaker(String id, int number) {}

    private final List<Speaker> byNumber = new ArrayList<>();
    private final Map<String, Speaker> byName = new HashMap<>();
    private final List<String> languages;

    Speakers(VoiceConfig config, String voice) {
        languages = config.language().map(List::of).orElse(List.of());
        if (config.speakerCount() == 1) {
            byNumber.add(new Speaker(voice, 0));
            byName.put(voice, byNumber.get(0));
            return;
        }
        var names = new HashMap<Integer, String>();
        config.speakers().forEach((name, number) -> {
            names.putIfAbsent(number, name);
            byName.put(name, new Speaker(name, number));
        });
        for (int number = 0; number < config.speakerCount(); number++) {
            String digits = Integer.toString(number);
            var speaker = new Speaker(names.getOrDefault(number, digits), number);
            byNumber.add(speaker);
            byName.putIfAbsent(digits, speaker);
        }
    }

    /**
     * The speaker of that number.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    Speaker numbered(int number) {
        return byNumber.get(number);
    }

    /**
     * The speaker of that name, or of that number where no name is so.
     *
     * @throws TtsException with category {@code NOT_FOUND} and some that there are
     */
    Speaker named(String id) {
        Speaker speaker = byName.get(id);
        if (speaker == null) {
            throw Failures.notFound("voice: '" + id + "', this model has " + some());
        }
        return speaker;
    }

    private String some() {
        String shown = byNumber.stream().limit(SHOWN).map(Speaker::id).collect(Collectors.joining(", "));
        return byNumber.size() <= SHOWN ? shown : shown + " and " + (byNumber.size() - SHOWN) + " more";
    }

    List<Voice> voices() {
        return byNumber.stream()
                .map(speaker -> new Voice(speaker.id(), speaker.id(), languages, ""))
                .toList();
    }
}
