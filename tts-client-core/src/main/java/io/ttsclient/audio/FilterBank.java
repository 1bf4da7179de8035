// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The low-pass filter of a resampler, cut into phases: for a place between two input samples, the weights of the samples around it.
 *
 * <p>The filter is a sinc under a Kaiser window, with its middle between the highest frequency to keep and the lowest to
 * suppress, of whichever rate is lower. Output samples lie at multiples of {@code 1/up} of an input sample. Where {@code up} is
 * small there is a phase for each such place, exactly. Rates with no common divisor to speak of would need 100 000 phases; for
 * them there are {@value #COARSE_PHASES} in the time of a sample of the lower rate, and what two neighbours yield is
 * interpolated, which costs twice the time and an error some 90 dB down.
 *
 * <p>Immutable; one for all resamplers of the same ratio.
 */
final class FilterBank {
    /** Of the lower rate: between 0.42, which passes, and 0.55, which does not. */
    private static final double CUTOFF = 0.485;
    /** For 70 dB, more than the 60 promised; by Kaiser's formula that takes this many samples of the lower rate. */
    private static final double KAISER_BETA = 6.84;

    private static final double KAISER_PEAK = besselI0(KAISER_BETA);
    private static final int LENGTH = 38;

    private static final int COARSE_PHASES = 256;
    private static final int MAX_EXACT_WEIGHTS = 1 << 16;
    /** More ratios than any program uses; beyond them a bank is made for its resampler alone. */
    private static final int MAX_CACHED = 32;

    private static final ConcurrentMap<Long, FilterBank> CACHE = new ConcurrentHashMap<>();

    private final int up;
    private final int down;
    private final int taps;
    private final int phases;
    private final float[] weights;

    private FilterBank(int up, int down) {
        this.up = up;
        this.down = down;
        double stretch = Math.max(1.0, (double) down / up);
        // A multiple of 8, the unrolling of the inner loop.
        taps = ((int) Math.ceil(LENGTH * stretch) + 7) / 8 * 8;
        phases = (long) up * taps <= MAX_EXACT_WEIGHTS ? up : (int) Math.ceil(COARSE_PHASES / stretch);
        // One phase more than there are: the next sample's first one, to interpolate with.
        weights = new float[(phases + 1) * taps];
        for (int phase = 0; phase <= phases; phase++) {
            fill(phase, 2 * CUTOFF / stretch);
        }
    }

    /** The bank for {@code up} output samples in the time of {@code down} input samples; the two have no common divisor. */
    static FilterBank of(int up, int down) {
        long key = (long) up << Integer.SIZE | down;
        FilterBank cached = CACHE.get(key);
        if (cached != null) {
            return cached;
        }
        FilterBank made = new FilterBank(up, down);
        if (CACHE.size() < MAX_CACHED) {
            CACHE.putIfAbsent(key, made);
        }
        return made;
    }

    int up() {
        return up;
    }

    int down() {
        return down;
    }

    /** Input samples that go into an output sample: half of them before its place or at it, half behind. An even number. */
    int taps() {
        return taps;
    }

    /** How many weights the bank holds. */
    int weights() {
        return weights.length;
    }

    private void fill(int phase, double bandwidth) {
        int half = taps / 2;
        double place = (double) phase / phases;
        double[] row = new double[taps];
        double sum = 0;
        for (int i = 0; i < taps; i++) {
            double distance = i - (half - 1) - place;
            row[i] = sinc(bandwidth * distance) * kaiser(distance / half);
            sum += row[i];
        }
        for (int i = 0; i < taps; i++) {
            // Each phase has a gain of exactly 1 for a constant input, so that the phases add no tone of their own.
            weights[phase * taps + i] = (float) (row[i] / sum);
        }
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double kaiser(double x) {
        // Nothing at the very ends, of which each window has only one: the filter stays symmetric.
        return Math.abs(x) >= 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - x * x)) / KAISER_PEAK;
    }

    private static double besselI0(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-12 * sum; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }

    /**
     * The output sample at {@code place} / {@link #up} of an input sample behind the middle of the {@link #taps} samples from
     * {@code start} on.
     */
    float at(float[] samples, int start, int place) {
        if (phases == up) {
            return dot(place * taps, samples, start);
        }
        long scaled = (long) place * phases;
        int phase = (int) (scaled / up);
        float part = (float) (scaled % up) / up;
        float before = dot(phase * taps, samples, start);
        float behind = dot((phase + 1) * taps, samples, start);
        return before + part * (behind - before);
    }

    /**
     * Eight sums instead of one: the processor adds them side by side. The order of additions, and so each bit of the
     * result, is the same for every call.
     */
    private float dot(int row, float[] samples, int start) {
        float[] w = weights;
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        for (int i = 0; i < taps; i += 8) {
            s0 += w[row + i] * samples[start + i];
            s1 += w[row + i + 1] * samples[start + i + 1];
            s2 += w[row + i + 2] * samples[start + i + 2];
            s3 += w[row + i + 3] * samples[start + i + 3];
            s4 += w[row + i + 4] * samples[start + i + 4];
            s5 += w[row + i + 5] * samples[start + i + 5];
            s6 += w[row + i + 6] * samples[start + i + 6];
            s7 += w[row + i + 7] * samples[start + i + 7];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }
}
