// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks;

import java.util.Arrays;

/** The only statistics that a measurement here needs. */
public final class Quantiles {
    private Quantiles() {}

    /** That which {@code share} of all values, from 0 to 1, do not exceed; NaN if there are none. */
    public static double of(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
