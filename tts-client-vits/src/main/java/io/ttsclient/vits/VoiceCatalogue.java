// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.Voice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The voices that the server listed last, for as long as that counts. Nobody waits for a list in order to speak; only a voice that was
 * not on the last one is looked up again, in case it is new. Thread-safe.
 */
final class VoiceCatalogue {
    static final Duration COUNTS = Duration.ofMinutes(5);

    /** What Piper strips off the ends of its voices' names, meaning to strip ".onnx.json". */
    private static final String STRIPPED = "[.onxjs]+$";

    private final Dialect dialect;
    private final TimeSource time;
    private volatile @Nullable Listed last;

    private record Listed(List<Voice> voices, long at) {}

    VoiceCatalogue(Dialect dialect, TimeSource time) {
        this.dialect = dialect;
        this.time = time;
    }

    /** Takes down what the server lists now, and gives it. */
    List<Voice> listed(List<Voice> voices) {
        last = new Listed(voices, time.nanoTime());
        return voices;
    }

    /** What the server listed last; empty if that is too long ago. */
    Optional<List<Voice>> known() {
        Listed listed = last;
        return listed == null || time.since(listed.at()).compareTo(COUNTS) >= 0
                ? Optional.empty()
                : Optional.of(listed.voices());
    }

    /** Refuses {@code voice} if the server has no such one; {@code list} asks for the voices of now. */
    void check(Synthesis synthesis, String voice, Function<Synthesis, List<Voice>> list) {
        VoiceRules rules = dialect.voices();
        if (!dialect.sends(Value.VOICE)) {
            throw unknown(synthesis, voice, "this server has one voice, without a name");
        }
        if (rules.pattern() != null && !rules.pattern().matcher(voice).matches()) {
            throw unknown(synthesis, voice, "allowed ids like " + rules.pattern());
        }
        List<Voice> voices = known().orElse(List.of()); // an empty one says nothing
        if (voices.isEmpty()) {
            if (rules.substitutes() && rules.complete()) {
                warnOfUnchecked(synthesis, "a server that does not know it speaks with another one");
            }
        } else if (!isAmong(voices, voice)) {
            if (rules.complete()) {
                listAgain(synthesis, voice, list);
            } else if (rules.substitutes()) {
                synthesis.journal().warning("voice not on the server's list: it may have spoken with another one");
            }
        }
    }

    private static boolean isAmong(List<Voice> voices, String asked) {
        return voices.stream().anyMatch(voice -> isSame(voice.id(), asked));
    }

    private static boolean isSame(String listed, String asked) {
        return listed.equals(asked) || listed.equals(asked.replaceFirst(STRIPPED, ""));
    }

    private void listAgain(Synthesis synthesis, String voice, Function<Synthesis, List<Voice>> list) {
        List<Voice> now;
        try {
            now = listed(list.apply(synthesis));
        } catch (TtsException e) {
            if (e.category() == Category.CANCELLED || e.category() == Category.CLOSED) {
                throw e;
            }
            now = List.of();
        }
        if (now.isEmpty()) {
            warnOfUnchecked(synthesis, "the server did not list its voices");
        } else if (!isAmong(now, voice)) {
            throw unknown(synthesis, voice, "not among those that the server lists");
        }
    }

    private static void warnOfUnchecked(Synthesis synthesis, String why) {
        synthesis.journal().warning("voice not checked: " + why);
    }

    private static TtsException unknown(Synthesis synthesis, String voice, String why) {
        return synthesis
                .failure(Category.NOT_FOUND, "voice: '" + voice + "', " + why)
                .origin(Origin.CLIENT)
                .build();
    }
}
