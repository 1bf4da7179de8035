// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.TtsException;
import io.ttsclient.local.VoiceConfig.PhonemeType;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

    private static final String FULL_STOP = ".";
    private static final Set<String> CONTROLS =
            Set.of(VoiceConfigReader.BEGIN, VoiceConfigReader.PAD, VoiceConfigReader.END);

    private final VoiceConfig config;
    private final long[] pad;

    SymbolEncoder(VoiceConfig config) {
        this.config = config;
        pad = ids(VoiceConfigReader.PAD);
    }

    private long[] ids(String symbol) {
        long[] ids = config.symbolIds().get(symbol);
        if (ids == null) {
            throw new IllegalStateException("a config was read without '" + symbol + "'");
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
        config.symbolIds().keySet().stream()
                .filter(symbol -> isPronounced(symbol.codePointAt(0)))
                .sorted()
                .limit(8)
                .forEach(encoding::put);
        encoding.append(ids(VoiceConfigReader.END));
        return encoding.toIds();
    }

    private long @Nullable [] find(String symbol) {
        if (CONTROLS.contains(symbol)) {
            return null;
        }
        long[] ids = config.symbolIds().get(symbol);
        if (ids == null && config.phonemeType() == PhonemeType.TEXT) {
            ids = config.symbolIds().get(symbol.toLowerCase(Locale.ROOT));
        }
        return ids;
    }

    static boolean isPronounced(int codePoint) {
        return Character.isLetterOrDigit(codePoint)
                || switch (Character.getType(codePoint)) {
                    case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
                    default -> false;
                };
    }

    private final class Encoding {
        private final List<Long> ids = new ArrayList<>();
        private final List<PhonemeIds.Word> words = new ArrayList<>();
        private final Set<Integer> unknown = new TreeSet<>();
        private int skipped;
        private int soundEnd; // index behind the ids of the last sound, 0 where there is none
        private int symbolEnd; // index behind the ids of the last sound or punctuation mark

        Encoding() {
            append(ids(VoiceConfigReader.BEGIN));
            append(pad);
        }

        private void append(long[] more) {
            Arrays.stream(more).forEach(ids::add);
        }

        void add(PhonemeRun run) {
            int start = -1;
            int end = -1;
            String symbols = Normalizer.normalize(run.symbols(), Normalizer.Form.NFD);
            int position = 0;
            while (position < symbols.length()) {
                String symbol = symbolAt(symbols, position);
                position += symbol.length();
                int before = ids.size();
                boolean known = put(symbol);
                if (known && symbol.codePoints().anyMatch(SymbolEncoder::isPronounced)) {
                    start = start < 0 ? before : start;
                    end = ids.size();
                    soundEnd = end;
                }
                symbolEnd = known && !symbol.isBlank() ? ids.size() : symbolEnd;
            }
            if (end > 0 && run.end() > run.start()) {
                addWord(new PhonemeIds.Word(run.start(), run.end(), start, end));
            }
        }

        private String symbolAt(String symbols, int position) {
            for (String cluster : config.clusters()) {
                if (symbols.startsWith(cluster, position)) {
                    return cluster;
                }
            }
            return Character.toString(symbols.codePointAt(position));
        }

        private boolean put(String symbol) {
            long[] found = find(symbol);
            if (found == null) {
                if (isPronounced(symbol.codePointAt(0))) {
                    unknown.add(symbol.codePointAt(0));
                } else {
                    skipped++;
                }
                return false;
            }
            append(found);
            append(pad);
            return true;
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
            if (soundEnd == symbolEnd && find(FULL_STOP) != null) {
                put(FULL_STOP);
            }
            append(ids(VoiceConfigReader.END));
            if (ids.size() > MAX_IDS) {
                throw TtsException.invalidRequest("text: " + ids.size() + " phoneme ids in one piece, allowed at most "
                        + MAX_IDS + "; a TtsClient cuts long texts by itself");
            }
            return toIds();
        }

        PhonemeIds toIds() {
            return new PhonemeIds(ids, words, skipped);
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
