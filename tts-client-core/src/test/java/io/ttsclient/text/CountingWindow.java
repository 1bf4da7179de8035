// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

/** Counts what is read, so that a test can see the cost grow with the text, and no faster. */
final class CountingWindow extends TextWindow {
    private long reads;

    /** Code points read and chars copied out so far. */
    long reads() {
        return reads;
    }

    @Override
    int codePointAt(int index) {
        reads++;
        return super.codePointAt(index);
    }

    @Override
    int codePointBefore(int index) {
        reads++;
        return super.codePointBefore(index);
    }

    @Override
    String substring(int from, int to) {
        reads += to - from;
        return super.substring(from, to);
    }
}
