// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From words to symbols: how each sounds among its neighbours, which ones are stressed, and where each came from. */
final class EnglishUtterance {
    private static final Phones THE_BEFORE_VOWEL = Phones.of("DH IH");
    private static final Phones TO_BEFORE_VOWEL = Phones.of("T UH");
    private static final Phones TO_AT_END = Phones.of("T UW");

    private final FoldedText text;
    private final List<Spoken> spoken;
    private final Pronouncer pronouncer;
    /** What each item sounds like; null for pauses and a caller's phonemes. */
    private final List<@Nullable Phones> sounds = new ArrayList<>();

    EnglishUtterance(FoldedText text, List<Spoken> spoken, Pronouncer pronouncer) {
        this.text = text;
        this.spoken = spoken;
        this.pronouncer = pronouncer;
        for (int i = 0; i < spoken.size(); i++) {
            sounds.add(pronounce(i));
        }
        for (int i = 0; i < spoken.size(); i++) {
            adaptToNext(i);
        }
        stressClauses();
    }

    private @Nullable Phones pronounce(int index) {
        Spoken item = spoken.get(index);
        return switch (item.kind()) {
            case WORD -> {
                Phones special = Heteronyms.find(item.text(), wordAt(index - 1), wordAt(index + 1));
                yield MergedVowels.apart(item.text(), special != null ? special : pronouncer.word(item.text()));
            }
            case LETTER -> {
                Phones name = pronouncer.letter(item.text());
                yield joinedToNext(index) ? name.demoted() : name;
            }
            case PHONEMES, PAUSE -> null;
        };
    }

    /** The word at {@code index}, empty where none is. */
    private String wordAt(int index) {
        boolean word = index >= 0 && index < spoken.size() && spoken.get(index).kind() == Spoken.Kind.WORD;
        return word ? spoken.get(index).text() : "";
    }

    /** Letters of one acronym are said in one go. */
    private boolean joinedToNext(int index) {
        if (index + 1 >= spoken.size()) {
            return false;
        }
        Spoken item = spoken.get(index);
        Spoken next = spoken.get(index + 1);
        return item.kind() == Spoken.Kind.LETTER && next.kind() == Spoken.Kind.LETTER && item.sameStretch(next);
    }

    private void adaptToNext(int index) {
        String word = wordAt(index);
        if (word.equals("the") && vowelFollows(index)) {
            sounds.set(index, THE_BEFORE_VOWEL);
        } else if (word.equals("to")) {
            boolean end = index + 1 == spoken.size() || spoken.get(index + 1).pause();
            if (end || vowelFollows(index)) {
                sounds.set(index, end ? TO_AT_END : TO_BEFORE_VOWEL);
            }
        }
    }

    private boolean vowelFollows(int index) {
        if (index + 1 >= spoken.size()) {
            return false;
        }
        Phones next = sounds.get(index + 1);
        Spoken item = spoken.get(index + 1);
        return next != null
                ? next.at(0).vowel()
                : item.kind() == Spoken.Kind.PHONEMES && EnglishIpa.startsWithVowel(item.text());
    }

    /** A clause of nothing but weak words stresses its last one: "Is it?" */
    private void stressClauses() {
        int lastWord = -1;
        boolean stressed = false;
        for (int i = 0; i <= spoken.size(); i++) {
            if (i == spoken.size() || spoken.get(i).pause()) {
                if (!stressed && lastWord >= 0) {
                    stress(lastWord);
                }
                lastWord = -1;
                stressed = false;
                continue;
            }
            Phones phones = sounds.get(i);
            lastWord = i;
            stressed |= phones == null || phones.primary() >= 0;
        }
    }

    private void stress(int index) {
        Phones phones = sounds.get(index);
        for (int i = 0; phones != null && i < phones.size(); i++) {
            if (phones.at(i).vowel()) {
                sounds.set(index, phones.stressedAt(i));
                return;
            }
        }
    }

    void writeTo(Transcript out) {
        int at = 0;
        while (at < spoken.size()) {
            Spoken first = spoken.get(at);
            int end = at + 1;
            while (end < spoken.size() && spoken.get(end).sameStretch(first)) {
                end++;
            }
            if (first.pause()) {
                int next =
                        end < spoken.size() ? text.sourceStart(spoken.get(end).start()) : text.sourceEnd(first.end());
                out.mark(first.text(), text.sourceStart(first.start()), text.sourceEnd(first.end()), next);
            } else {
                if (at > 0 && !spoken.get(at - 1).pause()) {
                    out.space(text.sourceStart(first.start()));
                }
                out.add(symbols(at, end), text.sourceStart(first.start()), text.sourceEnd(first.end()));
            }
            at = end;
        }
    }

    /** The items of one stretch of the text, pauses inside it included. */
    private String symbols(int start, int end) {
        StringBuilder ipa = new StringBuilder();
        for (int i = start; i < end; i++) {
            Spoken item = spoken.get(i);
            if (item.pause()) {
                ipa.append(item.text());
                continue;
            }
            ipa.append(i > start && !joinedToNext(i - 1) ? " " : "");
            Phones phones = sounds.get(i);
            if (phones == null) {
                ipa.append(item.text());
            } else {
                EnglishIpa.write(phones, vowelFollows(i), ipa);
            }
        }
        return ipa.toString();
    }
}
