// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.error.TtsException;
import io.ttsclient.text.Speakable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one of two speakers says before the other one does.
 *
 * @param speaker who says it, a name of letters, digits, blanks and {@code -_'.}, at most 64
 * @param text what is said; has something to pronounce
 */
public record DialogueLine(String speaker, String text) {
    private static final int MAX_SPEAKER = 64;

    public DialogueLine {
        requireName(speaker);
        if (!Speakable.anythingIn(text)) {
            throw TtsException.invalidRequest("text: nothing to pronounce in it");
        }
    }

    static void requireName(String speaker) {
        // A name stands in prompts: nothing in it may pass for more than one.
        if (!speaker.matches("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} _'.-]*") || speaker.length() > MAX_SPEAKER) {
            throw TtsException.invalidRequest("speaker: " + speaker.length()
                    + " chars, allowed a name of letters, digits, blanks and -_'., at most " + MAX_SPEAKER);
        }
    }

    /** All that is said, without the names: the text of the request, which a backend that has no dialogues speaks. */
    public static String text(List<DialogueLine> lines) {
        return lines.stream().map(DialogueLine::text).collect(Collectors.joining("\n\n"));
    }

    /** Who speaks and how much. */
    @Override
    public String toString() {
        return "DialogueLine[" + speaker + ", " + text.length() + " chars]";
    }
}
