// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.Voice;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The voices that the server listed last. A voice is held against them only where the server would not say that it does not
 * know it. Nobody waits for a list in order to speak; only a voice that was not on the last one is looked up again, in case
 * it is new. Thread-safe.
 */
final class VoiceCatalogue {
    /** What Piper strips off the ends of its voices' names, meaning to strip ".onnx.json". */
    private static final String STRIPPED = "[.onxjs]+$";

    private final Dialect dialect;
    private volatile @Nullable List<Voice> listed;

    VoiceCatalogue(Dialect dialect) {
        this.dialect = dialect;
    }

    void listed(List<Voice> voices) {
        listed = voices;
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
        if (rules.substitutes() && !isListed(voice)) {
            if (listed == null) {
                synthesis
                        .journal()
                        .warning("voice not checked: a server that does not know it speaks with another one");
            } else {
                listAgain(synthesis, voice, list);
            }
        }
    }

    private boolean isListed(String voice) {
        List<Voice> last = listed;
        return last != null && last.stream().anyMatch(known -> isSame(known.id(), voice));
    }

    private static boolean isSame(String listed, String asked) {
        return listed.equals(asked) || listed.equals(asked.replaceFirst(STRIPPED, ""));
    }

    private void listAgain(Synthesis synthesis, String voice, Function<Synthesis, List<Voice>> list) {
        try {
            listed = list.apply(synthesis);
        } catch (TtsException e) {
            if (e.category() == Category.CANCELLED || e.category() == Category.CLOSED) {
                throw e;
            }
            synthesis.journal().warning("voice not checked: the server did not list its voices");
            return;
        }
        if (!isListed(voice)) {
            throw unknown(synthesis, voice, "not among those that the server lists");
        }
    }

    private static TtsException unknown(Synthesis synthesis, String voice, String why) {
        return synthesis
                .failure(Category.NOT_FOUND, "voice: '" + voice + "', " + why)
                .origin(Origin.CLIENT)
                .build();
    }
}
