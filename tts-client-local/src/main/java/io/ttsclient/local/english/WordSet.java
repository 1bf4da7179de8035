// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.StringTokenizer;

/** Reads a list of words as they stand in the source: separated by white space. */
final class WordSet {
    private WordSet() {}

    static Set<String> of(String words) {
        Set<String> set = new HashSet<>();
        StringTokenizer tokens = new StringTokenizer(words);
        while (tokens.hasMoreTokens()) {
            set.add(tokens.nextToken());
        }
        return Collections.unmodifiableSet(set);
    }
}
