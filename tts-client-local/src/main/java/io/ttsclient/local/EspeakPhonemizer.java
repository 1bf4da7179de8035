// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Phonemes of any language that an installed {@code espeak-ng} speaks. One process for one voice is started at first use,
 * kept, and replaced when it fails; callers take turns. Thread-safe.
 *
 * <p>espeak-ng says what a clause sounds like but not what ended it, so the text is cut into clauses here and their marks are
 * put back: {@code .}, {@code ?} and {@code !} end a sentence; {@code ,}, {@code ;} and {@code :} are followed by a space.
 *
 * <p>A run is a word where espeak-ng keeps the text's words apart, else a whole clause.
 */
public final class EspeakPhonemizer implements Phonemizer {
    private static final Pattern LANGUAGE_SWITCH = Pattern.compile("\\([^)]*\\)");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final String voice;
    private final EspeakProcess process;

    private EspeakPhonemizer(String voice, EspeakProcess process) {
        this.voice = voice;
        this.process = process;
    }

    /**
     * Starts building a phonemizer.
     *
     * @param voice a voice as {@code espeak-ng --voices} lists them, such as {@code de} or {@code en-us}
     * @throws IllegalArgumentException if it cannot be the name of a voice
     */
    public static Builder builder(String voice) {
        return new Builder(voice);
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.ttsclient.error.TtsException UNSUPPORTED if espeak-ng is not installed, NOT_FOUND if it does not have the
     *     voice, TIMEOUT if it does not answer in time, CLOSED if this phonemizer is closed
     */
    @Override
    public List<PhonemeRun> phonemize(String text) {
        List<EspeakClause> clauses = EspeakClause.of(text);
        if (clauses.isEmpty()) {
            return List.of();
        }
        List<String> answers =
                process.ask(clauses.stream().map(EspeakClause::line).toList());
        PhonemeRuns runs = new PhonemeRuns();
        for (int i = 0; i < clauses.size(); i++) {
            int next = i + 1 < clauses.size() ? clauses.get(i + 1).start() : text.length();
            add(text, clauses.get(i), answers.get(i), next, runs);
        }
        return runs.ended();
    }

    private static void add(String text, EspeakClause clause, String answer, int next, PhonemeRuns runs) {
        String plain = LANGUAGE_SWITCH.matcher(answer).replaceAll("").strip();
        String symbols =
                SPACES.matcher(Normalizer.normalize(plain, Normalizer.Form.NFD)).replaceAll(" ");
        if (symbols.isEmpty()) {
            return;
        }
        List<String> said = List.of(symbols.split(" ", -1));
        List<int[]> words = words(text, clause);
        if (said.size() == words.size()) {
            for (int i = 0; i < said.size(); i++) {
                if (i > 0) {
                    runs.space(words.get(i)[0]);
                }
                runs.add(said.get(i), words.get(i)[0], words.get(i)[1]);
            }
        } else {
            runs.add(symbols, clause.start(), clause.end());
        }
        if (clause.mark().isEmpty()) {
            runs.space(next);
        } else {
            runs.mark(clause.mark(), clause.end(), clause.markEnd(), next);
        }
    }

    /** The ranges of the words of a clause: what white space separates, if it can be said. */
    private static List<int[]> words(String text, EspeakClause clause) {
        List<int[]> words = new ArrayList<>();
        int at = clause.start();
        while (at < clause.end()) {
            int end = at;
            boolean said = false;
            while (end < clause.end() && !Character.isWhitespace(text.charAt(end))) {
                said |= Character.isLetterOrDigit(text.codePointAt(end));
                end++;
            }
            if (said) {
                words.add(new int[] {at, end});
            }
            at = end + 1;
        }
        return words;
    }

    String voice() {
        return voice;
    }

    /** Ends the process; a call that waits for its answer fails. May be called twice. */
    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return "EspeakPhonemizer[" + process + "]";
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private static final Pattern VOICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_+/-]{0,63}");
        private static final Duration SHORTEST = Duration.ofMillis(10);
        private static final Duration LONGEST = Duration.ofMinutes(10);

        private final String voice;
        private List<String> command = List.of("espeak-ng");
        private Duration timeout = Duration.ofSeconds(5);

        private Builder(String voice) {
            if (!VOICE.matcher(voice).matches()) {
                throw new IllegalArgumentException("voice: \"" + voice
                        + "\", allowed 1 to 64 letters, digits and _ + / -, a letter or digit first");
            }
            this.voice = voice;
        }

        /** The program to start; {@code espeak-ng}, looked up on the {@code PATH}, by default. */
        public Builder command(Path program) {
            return command(List.of(program.toString()));
        }

        Builder command(List<String> words) {
            this.command = List.copyOf(words);
            return this;
        }

        /**
         * How long one text may take, the start of the process included; 10 ms to 10 minutes, 5 seconds by default. After
         * that the process is replaced.
         */
        public Builder timeout(Duration timeout) {
            if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("timeout: " + timeout + ", allowed " + SHORTEST + " to " + LONGEST);
            }
            this.timeout = timeout;
            return this;
        }

        /** Nothing is started yet. */
        public EspeakPhonemizer build() {
            return new EspeakPhonemizer(voice, new EspeakProcess(command, voice, timeout));
        }
    }
}
