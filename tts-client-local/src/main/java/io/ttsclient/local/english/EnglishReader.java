// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.List;

/** Turns written English into what a person would say reading it aloud. For one text. */
final class EnglishReader {
    private final FoldedText text;
    private final OwnWords own;
    private final SpokenText out = new SpokenText();
    private final Pronouncer pronouncer;
    private final AddressReader addresses;
    private final NumberReader numbers;
    private final WordReader words;
    private final SymbolReader symbols;

    private EnglishReader(FoldedText text, OwnWords own, Pronouncer pronouncer) {
        this.text = text;
        this.own = own;
        this.pronouncer = pronouncer;
        this.addresses = new AddressReader(text, out, pronouncer);
        this.numbers = new NumberReader(text, out);
        this.words = new WordReader(text, out, pronouncer);
        this.symbols = new SymbolReader(text, out);
    }

    /**
     * What to say, in order; empty where nothing of {@code text} can be said.
     *
     * @param own the caller's words, which come before everything else
     * @param pronouncer knows which words there are
     */
    static List<Spoken> read(FoldedText text, OwnWords own, Pronouncer pronouncer) {
        EnglishReader reader = new EnglishReader(text, own, pronouncer);
        int at = 0;
        while (at < text.length()) {
            at = reader.next(at);
        }
        return reader.out.items();
    }

    private int next(int at) {
        if (text.spaceAt(at)) {
            return symbols.read(at);
        }
        int end = ownWord(at);
        end = end > at ? end : addresses.read(at);
        end = end > at ? end : number(at);
        end = end > at ? end : words.read(at);
        return end > at ? end : symbols.read(at);
    }

    private int number(int at) {
        int end = numbers.read(at);
        boolean abbreviated = end > at && text.at(end - 1) == '.';
        if (abbreviated && SentenceEnds.at(text, end)) {
            out.pause('.', end - 1, end);
        }
        return end;
    }

    private int ownWord(int at) {
        if (own.longest() == 0 || (text.wordCharAt(at) && text.wordCharAt(at - 1))) {
            return at;
        }
        int limit = at;
        while (limit < text.length() && !text.spaceAt(limit) && limit - at < own.longest()) {
            limit++;
        }
        for (int end = limit; end > at; end--) {
            boolean cutsWord = text.wordCharAt(end - 1) && text.wordCharAt(end);
            OwnWords.Entry entry = cutsWord ? null : own.find(text.between(at, end));
            if (entry != null) {
                return say(entry, at, end);
            }
        }
        return at;
    }

    private int say(OwnWords.Entry entry, int at, int wordEnd) {
        boolean possessive = text.at(wordEnd) == '\'' && text.at(wordEnd + 1) == 's' && !text.wordCharAt(wordEnd + 2);
        int end = possessive ? wordEnd + 2 : wordEnd;
        if (entry.phonemes()) {
            out.phonemes(possessive ? entry.text() + EnglishIpa.possessive(entry.text()) : entry.text(), at, end);
            return end;
        }
        List<Spoken> respelled =
                read(FoldedText.of(entry.text() + (possessive ? "'s" : "")), OwnWords.NONE, pronouncer);
        for (Spoken item : respelled) {
            out.add(new Spoken(item.kind(), item.text(), at, end));
        }
        return end;
    }
}
