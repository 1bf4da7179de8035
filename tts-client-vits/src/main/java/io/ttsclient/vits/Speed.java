// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import java.util.Comparator;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * How a server is told to speak faster. To us 2 is twice as fast and 1 is the voice's own speed; servers also take the length of
 * what is said, or labels. Immutable.
 */
public final class Speed {
    private static final Speed FIXED = new Speed(1, 1, speed -> new Wire(1, speed));

    private final double min;
    private final double max;
    private final DoubleFunction<Wire> mapping;

    /**
     * A speed as the server takes it.
     *
     * @param value a number or a label
     * @param factor the speed that it means
     */
    record Wire(Object value, double factor) {}

    private Speed(double min, double max, DoubleFunction<Wire> mapping) {
        if (!(min > 0 && min <= max && max < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("speed: " + min + " to " + max + ", allowed a range above zero");
        }
        this.min = min;
        this.max = max;
        this.mapping = mapping;
    }

    /** The server speaks at one speed; a request for another is refused. */
    public static Speed fixed() {
        return FIXED;
    }

    /** The server takes our factor, from {@code min} to {@code max}. */
    public static Speed factor(double min, double max) {
        return new Speed(min, max, speed -> new Wire(speed, speed));
    }

    /** The server takes a length, 1 divided by our factor, which may be {@code min} to {@code max}. */
    public static Speed length(double min, double max) {
        return new Speed(min, max, speed -> new Wire(1 / speed, speed));
    }

    /**
     * The server takes one of these labels, each with the factor that it means. The nearest is sent; a difference becomes a warning
     * in the report.
     *
     * @param factors by label, at least one
     */
    public static Speed labels(Map<String, Double> factors) {
        Map<String, Double> labels = Map.copyOf(factors);
        if (labels.isEmpty() || labels.values().stream().anyMatch(factor -> !(factor > 0))) {
            throw new IllegalArgumentException("labels: " + labels + ", allowed at least one, with factors above zero");
        }
        return new Speed(Double.MIN_VALUE, Double.MAX_VALUE, speed -> nearest(labels, speed));
    }

    private static Wire nearest(Map<String, Double> labels, double speed) {
        return labels.entrySet().stream()
                .map(label -> new Wire(label.getKey(), label.getValue()))
                .min(Comparator.comparingDouble((Wire wire) -> Math.abs(wire.factor() - speed))
                        .thenComparingDouble(Wire::factor))
                .orElseThrow();
    }

    boolean allows(double speed) {
        return speed >= min && speed <= max;
    }

    /** The range of our factor, for messages. */
    String range() {
        return min == max ? "only " + min : min + " to " + max;
    }

    /** What to send for {@code speed}, which is allowed. */
    Wire wire(double speed) {
        return mapping.apply(speed);
    }
}
