// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.local.english.Transcript;
import java.util.ArrayList;
import java.util.List;

/** Collects runs, none of which reaches back into the one before. For one thread. */
final class PhonemeRuns implements Transcript {
    /** Marks that a space follows inside an utterance. */
    private static final String INNER = ",;:";

    private final List<PhonemeRun> runs = new ArrayList<>();
    private int reached;

    /** Whether nothing has been added yet. */
    boolean isEmpty() {
        return runs.isEmpty();
    }

    @Override
    public void add(String symbols, int start, int end) {
        int from = Math.max(start, reached);
        int to = Math.max(from, end);
        runs.add(new PhonemeRun(symbols, from, to));
        reached = to;
    }

    @Override
    public void space(int end) {
        add(" ", reached, end);
    }

    @Override
    public void mark(String mark, int start, int end, int next) {
        add(mark, start, end);
        if (INNER.contains(mark)) {
            space(next);
        }
    }

    /** The runs, the last one a mark that ends a sentence. */
    List<PhonemeRun> ended() {
        if (runs.isEmpty()) {
            return List.of();
        }
        int last = runs.size() - 1;
        if (runs.get(last).symbols().equals(" ")) {
            runs.remove(last--);
        }
        PhonemeRun mark = runs.get(last);
        if (INNER.contains(mark.symbols())) {
            runs.set(last, new PhonemeRun(".", mark.start(), mark.end()));
        } else if (!".!?".contains(mark.symbols())) {
            runs.add(new PhonemeRun(".", mark.end(), mark.end()));
        }
        return List.copyOf(runs);
    }
}
