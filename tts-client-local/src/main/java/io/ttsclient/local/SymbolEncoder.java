// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.TtsException;
import io.ttsclient.local.VoiceConfig.PhonemeType;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns phonemes into the ids of a voice, as Piper's training did: begin, pad, then the ids of each symbol followed by a pad,
 * and the end without one. The pad behind the beginning belongs there: without it the first phoneme is weak or lost.
 *
 * <p>Symbols are code points in NFD, or clusters where the voice has such. Punctuation and white space that the voice does not
 * know are left out; a letter that it does not know is an error. An utterance that ends in the middle of a sound, without
 * punctuation, gets a full stop: voices cut or garble the end otherwise, worst where there is only a word.
 */
final class SymbolEncoder {
    /** Some minutes of speech; beyond that a run takes gigabytes. */
    static final int MAX_IDS = 10_000;

    private static final int SAMPLE = 8; // symbols

    private static final String FULL_STOP = ".";
    private static final Set<String> CONTROLS =
            Set.of(VoiceConfigReader.BEGIN, VoiceConfigReader.PAD, VoiceConfigReader.END);

    /** What a symbol is to the voice. */
    private static final class Symbol {
        private final long[] ids;
        private final boolean sounds;
        private final boolean isSpace;

        Symbol(String text, long[] ids) {
            this.ids = ids;
            sounds = text.codePoints().anyMatch(SymbolEncoder::isPronounced);
            isSpace = text.isBlank();
        }
    }

    private final VoiceConfig config;
    private final Map<String, Symbol> symbols = new HashMap<>();
    private final long[] begin;
    private final long[] pad;
    private final long[] end;

    SymbolEncoder(VoiceConfig config) {
        this.config = config;
        config.symbolIds().forEach((text, ids) -> symbols.put(text, new Symbol(text, ids)));
        symbols.keySet().removeAll(CONTROLS); // phonemes never mean these
        begin = control(VoiceConfigReader.BEGIN);
        pad = control(VoiceConfigReader.PAD);
        end = control(VoiceConfigReader.END);
    }

    private long[] control(String name) {
        long[] ids = config.symbolIds().get(name);
        if (ids == null) {
            throw new IllegalStateException("a config was read without '" + name + "'");
        }
        return ids;
    }

    /**
     * The ids for {@code runs}.
     *
     * @throws NothingToSpeakException if there is nothing to pronounce in them
     * @throws TtsException with category {@code UNSUPPORTED} if the voice has no symbol for a sound or character, with category
     *     {@code INVALID_REQUEST} if they are too many for one run
     */
    PhonemeIds encode(List<PhonemeRun> runs) {
        var encoding = new Encoding();
        runs.forEach(encoding::add);
        return encoding.finish();
    }

    /** A few of the voice's sounds, enough to run its graph once. */
    PhonemeIds sample() {
        var encoding = new Encoding();
        symbols.values().stream().filter(symbol -> symbol.sounds).limit(SAMPLE).forEach(encoding::put);
        return encoding.ended();
    }

    private @Nullable Symbol find(String text) {
        Symbol symbol = symbols.get(text);
        return symbol == null && config.phonemeType() == PhonemeType.TEXT
                ? symbols.get(text.toLowerCase(Locale.ROOT))
                : symbol;
    }

    static boolean isPronounced(int codePoint) {
        return Character.isLetterOrDigit(codePoint)
                || switch (Character.getType(codePoint)) {
                    case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
                    default -> false;
                };
    }

    private final class Encoding {
        private long[] ids = new long[128];
        private int size;
        private final List<PhonemeIds.Word> words = new ArrayList<>();
        private final Set<Integer> unknown = new TreeSet<>();
        private int skipped;
        private int soundEnd; // index behind the ids of the last sound, 0 where there is none
        private int symbolEnd; // index behind the ids of the last sound or punctuation mark

        Encoding() {
            append(begin);
            append(pad);
        }

        private void append(long[] more) {
            if (size + more.length > ids.length) {
                ids = Arrays.copyOf(ids, Math.max(size + more.length, 2 * ids.length));
            }
            System.arraycopy(more, 0, ids, size, more.length);
            size += more.length;
        }

        void add(PhonemeRun run) {
            String text = Normalizer.normalize(run.symbols(), Normalizer.Form.NFD);
            int wordStart = -1;
            int wordEnd = -1;
            for (int position = 0; position < text.length(); ) {
                String next = symbolAt(text, position);
                position += next.length();
                Symbol symbol = find(next);
                if (symbol == null) {
                    miss(next.codePointAt(0));
                    continue;
                }
                if (symbol.sounds && wordStart < 0) {
                    wordStart = size;
                }
                put(symbol);
                if (symbol.sounds) {
                    wordEnd = size;
                }
            }
            if (wordStart >= 0 && run.end() > run.start()) {
                addWord(new PhonemeIds.Word(run.start(), run.end(), wordStart, wordEnd));
            }
        }

        private String symbolAt(String text, int position) {
            for (String cluster : config.clusters()) {
                if (text.startsWith(cluster, position)) {
                    return cluster;
                }
            }
            return text.substring(position, text.offsetByCodePoints(position, 1));
        }

        private void miss(int codePoint) {
            if (isPronounced(codePoint)) {
                unknown.add(codePoint);
            } else {
                skipped++;
            }
        }

        private void put(Symbol symbol) {
            append(symbol.ids);
            append(pad);
            if (symbol.sounds) {
                soundEnd = size;
            }
            if (!symbol.isSpace) {
                symbolEnd = size;
            }
        }

        /** What is said in several words for one stretch of the text, such as a number, is one word of it. */
        private void addWord(PhonemeIds.Word word) {
            PhonemeIds.Word last = words.isEmpty() ? null : words.get(words.size() - 1);
            if (last != null && last.textStart() == word.textStart() && last.textEnd() == word.textEnd()) {
                words.set(
                        words.size() - 1,
                        new PhonemeIds.Word(word.textStart(), word.textEnd(), last.idStart(), word.idEnd()));
            } else {
                words.add(word);
            }
        }

        PhonemeIds finish() {
            if (!unknown.isEmpty()) {
                throw unknownSymbols();
            }
            if (soundEnd == 0) {
                throw new NothingToSpeakException("text: nothing in it can be pronounced");
            }
            Symbol fullStop = symbols.get(FULL_STOP);
            if (soundEnd == symbolEnd && fullStop != null) {
                put(fullStop);
            }
            return ended();
        }

        PhonemeIds ended() {
            append(end);
            if (size > MAX_IDS) {
                throw TtsException.invalidRequest("text: " + size + " phoneme ids in one piece, allowed at most "
                        + MAX_IDS + "; a TtsClient cuts long texts by itself");
            }
            return new PhonemeIds(Arrays.copyOf(ids, size), words, skipped);
        }

        /** Phonemes may be named; characters are the caller's text, of which only the scripts are told. */
        private TtsException unknownSymbols() {
            if (config.phonemeType() == PhonemeType.ESPEAK) {
                String codePoints = unknown.stream()
                        .map(codePoint -> String.format(Locale.ROOT, "U+%04X", codePoint))
                        .collect(Collectors.joining(", "));
                return Failures.unsupported(
                        "the voice has no symbol for the phonemes " + codePoints + " (phoneme_id_map of its config)");
            }
            Set<Character.UnicodeScript> scripts =
                    unknown.stream().map(Character.UnicodeScript::of).collect(Collectors.toCollection(TreeSet::new));
            return Failures.unsupported("the voice has no symbol for " + unknown.size()
                    + " different characters of the text, of scripts " + scripts + " (phoneme_id_map of its config)");
        }
    }
}
