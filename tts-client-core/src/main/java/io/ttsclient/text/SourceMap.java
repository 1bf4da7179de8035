// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import java.util.Arrays;
import java.util.Objects;

/** Which part of the source each char of a prepared text comes from, in runs: copied char by char, or replaced as a whole. */
final class SourceMap {
    /** Start in the prepared text, start in the source, end in the source of each run. */
    private int[] prepared = new int[8];

    private int[] from = new int[8];
    private int[] to = new int[8];
    private int runs;
    private int length;

    /** Says that the next {@code count} chars are the source from {@code start}. */
    void copied(int count, int start) {
        int last = runs - 1;
        if (last >= 0 && isCopied(last) && to[last] == start) {
            to[last] += count;
            length += count;
        } else {
            add(count, start, start + count);
        }
    }

    /** Says that the next {@code count} chars stand for the source from {@code start} to {@code end}. */
    void replaced(int count, int start, int end) {
        if (count == end - start && count > 1) {
            // Two runs, because equal lengths mean a copy.
            add(1, start, end);
            add(count - 1, start, end);
        } else {
            add(count, start, end);
        }
    }

    int startOf(int index) {
        Objects.checkIndex(index, length + 1);
        if (index == length) {
            return endOf(index);
        }
        int run = runAt(index);
        return isCopied(run) ? from[run] + index - prepared[run] : from[run];
    }

    int endOf(int end) {
        Objects.checkIndex(end, length + 1);
        if (end == 0) {
            return 0;
        }
        int run = runAt(end - 1);
        return isCopied(run) ? from[run] + end - prepared[run] : to[run];
    }

    private void add(int count, int start, int end) {
        if (runs == prepared.length) {
            prepared = Arrays.copyOf(prepared, runs * 2);
            from = Arrays.copyOf(from, runs * 2);
            to = Arrays.copyOf(to, runs * 2);
        }
        prepared[runs] = length;
        from[runs] = start;
        to[runs] = end;
        runs++;
        length += count;
    }

    private int runAt(int index) {
        int found = Arrays.binarySearch(prepared, 0, runs, index);
        return found >= 0 ? found : -found - 2;
    }

    private boolean isCopied(int run) {
        int end = run + 1 < runs ? prepared[run + 1] : length;
        return end - prepared[run] == to[run] - from[run];
    }
}
