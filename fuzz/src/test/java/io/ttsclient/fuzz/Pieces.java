// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.fuzz;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Cuts an input the way a network might. The cuts depend on the input only, so that a finding can be replayed. */
public final class Pieces {
    private Pieces() {}

    /** The lengths of pieces that make up {@code input}, {@code longest} at most. */
    public static List<Integer> lengths(byte[] input, int size, int longest) {
        var random = new Random(Arrays.hashCode(input));
        List<Integer> lengths = new ArrayList<>();
        for (int left = size; left > 0; ) {
            int length = Math.min(left, 1 + random.nextInt(longest));
            lengths.add(length);
            left -= length;
        }
        return lengths;
    }

    /** The pieces of {@code text}, which was made of {@code input}. */
    public static List<String> of(byte[] input, String text, int longest) {
        List<String> pieces = new ArrayList<>();
        int at = 0;
        for (int length : lengths(input, text.length(), longest)) {
            pieces.add(text.substring(at, at + length));
            at += length;
        }
        return pieces;
    }

    /** A stream that gives {@code input} in pieces. */
    public static InputStream stream(byte[] input, int longest) {
        var random = new Random(Arrays.hashCode(input));
        return new ByteArrayInputStream(input) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(longest)));
            }
        };
    }
}
