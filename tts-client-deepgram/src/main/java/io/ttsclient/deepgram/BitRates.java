// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.audio.Encoding;
import java.util.List;
import java.util.Optional;

/** The bit rates, in bits a second, that Deepgram makes an encoding with: those of a list, or all of a range of two. */
record BitRates(List<Integer> values, boolean isRange) {
    private static final List<Integer> AURA_MP3 = List.of(32_000, 48_000);
    private static final List<Integer> FLUX_MP3 = List.of(8_000, 16_000, 24_000, 32_000, 40_000, 48_000);

    /** Those of an encoding; empty for one that has none to choose. */
    static Optional<BitRates> of(Encoding encoding, Product product) {
        return switch (encoding) {
            case MP3 -> Optional.of(new BitRates(product == Product.FLUX ? FLUX_MP3 : AURA_MP3, false));
            case OPUS -> Optional.of(new BitRates(List.of(4_000, 650_000), true));
            case AAC -> Optional.of(new BitRates(List.of(4_000, 192_000), true));
            default -> Optional.empty();
        };
    }

    boolean has(int rate) {
        return isRange ? rate >= values.get(0) && rate <= values.get(1) : values.contains(rate);
    }

    @Override
    public String toString() {
        return isRange ? values.get(0) + " to " + values.get(1) : values.toString();
    }
}
