// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What goes in: any text at all, and voices by their names. */
abstract class TextConformance extends AudioConformance {
    private static final int VOICES_TRIED = 3;

    private static Map<String, String> hostileTexts() {
        var texts = new TreeMap<String, String>();
        texts.put(
                "an emoji of several code points", "Well done \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 today");
        texts.put("only emoji", "\ud83d\ude00\ud83d\ude80");
        texts.put("combining marks on one letter", "Z" + "\u0335\u0321\u0321".repeat(40) + "algo");
        texts.put("a lone high surrogate", "one \ud83d two");
        texts.put("a lone low surrogate at the start", "\ude00 one two");
        texts.put("a high surrogate at the end", "one two \ud83d");
        texts.put("Arabic, with marks of direction", "\u202b\u0645\u0631\u062d\u0628\u0627 \u0628\u0643\u202c");
        texts.put("Hebrew inside English", "He said \u05e9\u05dc\u05d5\u05dd and left");
        texts.put("Chinese", "\u4f60\u597d\uff0c\u4e16\u754c\u3002");
        texts.put("Japanese", "\u3053\u3093\u306b\u3061\u306f\u3001\u4e16\u754c\u3002");
        texts.put("Korean in single letters", "\u1112\u1161\u11ab\u1100\u1173\u11af");
        texts.put("Vietnamese, decomposed", "Xin cha\u0300o ca\u0301c ba\u0323n");
        texts.put("control characters and NUL", "one\u0000 two\u0007 three\u001b[31m");
        texts.put("white space that is not a space", "one\u2028two\u2029three\u3000four\u00a0five\ufefffive");
        texts.put("a word of a thousand letters", "a".repeat(1_000));
        texts.put("markup", "<speak>one & two <break time=\"9999s\"/></speak> {\"text\": \"\\\"}");
        texts.put("a private-use and an unassigned character", "one \ue000 two \u0378 three");
        return texts;
    }

    @Test
    protected void stream_anyUnicode_speaksOrRefusesTheText() {
        TtsBackend backend = open();
        hostileTexts().forEach((name, text) -> {
            Synthesis synthesis = synthesis(text);
            TtsException refused =
                    failureIfAny("speaking " + name, () -> speak(backend, synthesis).length, Category.INVALID_REQUEST);
            if (refused != null) {
                assertThat(everythingIn(refused))
                        .as("the message of the refusal of %s", name)
                        .doesNotContain(text);
            }
        });
        assertThat(speak(backend, synthesis(shortText())))
                .as("audio of an ordinary text after all those")
                .isNotEmpty();
    }

    @Test
    protected void stream_nothingToPronounce_isRefusedBeforeTheEngineIsAsked() {
        TtsBackend backend = open();
        for (String text : unspeakableTexts()) {
            Synthesis synthesis = synthesis(text);
            TtsException refused = failure(
                    "speaking a text without a letter or digit, of " + text.length() + " chars",
                    () -> backend.stream(synthesis),
                    Category.INVALID_REQUEST);
            assertThat(refused)
                    .as("the refusal, whose type lets a piece of a longer text be left out")
                    .isInstanceOf(NothingToSpeakException.class);
            assertThat(refused.origin()).as("who refuses").isEqualTo(Origin.CLIENT);
            assertThat(charactersSent(synthesis))
                    .as("characters sent to the engine all the same")
                    .isZero();
        }
    }

    @Test
    protected void stream_speakableText_notesCharactersSent() {
        TtsBackend backend = open();
        Synthesis synthesis = synthesis(shortText());
        speak(backend, synthesis);
        assertThat(charactersSent(synthesis))
                .as("characters that went to the engine, as the backend tells Synthesis.attempt()")
                .isPositive();
    }

    private static int charactersSent(Synthesis synthesis) {
        return synthesis.journal().report().attempts().get(0).charactersSent();
    }

    @Test
    protected void stream_unknownVoice_isRefused() {
        unknownVoice().ifPresent(voice -> {
            TtsBackend backend = open();
            failure(
                    "speaking with the unknown voice '" + voice + "'",
                    () -> backend.stream(synthesis(shortText(), SpeechOptions.voice(voice))),
                    Category.NOT_FOUND,
                    Category.INVALID_REQUEST);
        });
    }

    @Test
    protected void voices_areConsistentAndSpeak() {
        TtsBackend backend = open();
        List<Voice> voices = bounded("voices()", backend::voices);
        List<String> ids = voices.stream().map(Voice::id).toList();
        assertThat(ids).as("ids of the voices").doesNotHaveDuplicates().containsAll(expectedVoices());
        assertThat(ids).as("ids of the voices, none blank").noneMatch(String::isBlank);
        assertThat(voices.stream().flatMap(voice -> voice.languages().stream()))
                .as("languages of the voices, BCP 47 tags all")
                .allMatch(tag -> !Locale.forLanguageTag(tag).toLanguageTag().equals("und"));
        assertThat(bounded("voices()", backend::voices))
                .as("voices() asked again")
                .isEqualTo(voices);
        voices.stream()
                .limit(VOICES_TRIED)
                .forEach(voice -> assertThat(speak(backend, synthesis(shortText(), SpeechOptions.voice(voice.id()))))
                        .as("the audio of voice '%s', which voices() offers", voice.id())
                        .isNotEmpty());
    }

    @Test
    protected void text_isInNoMessageAndNoStringForm() {
        TtsBackend backend = open();
        var shown = new ArrayList<String>();
        String text = secretText();
        try (AudioSource source = stream(backend, synthesis(text))) {
            shown.add(source.toString());
            shown.add(backend.toString());
        }
        shown.addAll(refusals(backend, text));
        close(backend);
        shown.add(everythingIn(
                failure("speaking with a closed backend", () -> backend.stream(synthesis(text)), Category.CLOSED)));
        assertThat(shown).as("messages and string forms, which may go to a log").noneMatch(this::isSensitive);
    }

    private List<String> refusals(TtsBackend backend, String text) {
        var shown = new ArrayList<String>();
        unknownVoice()
                .ifPresent(voice -> shown.add(everythingIn(failure(
                        "speaking with an unknown voice",
                        () -> backend.stream(synthesis(text, SpeechOptions.voice(voice))),
                        Category.NOT_FOUND,
                        Category.INVALID_REQUEST))));
        Synthesis cancelled = synthesis(text);
        cancelled.cancellation().cancel();
        shown.add(everythingIn(failure("a cancelled request", () -> backend.stream(cancelled), Category.CANCELLED)));
        AudioSource closed = stream(backend, synthesis(text));
        closed.close();
        shown.add(everythingIn(failure("read() of a closed source", closed::read, Category.CANCELLED)));
        for (String hostile : hostileTexts().values()) {
            TtsException refused = failureIfAny(
                    "speaking a strange text",
                    () -> backend.stream(synthesis(SECRET + " " + hostile)),
                    Category.INVALID_REQUEST);
            if (refused != null) {
                shown.add(everythingIn(refused));
            }
        }
        return shown;
    }
}
