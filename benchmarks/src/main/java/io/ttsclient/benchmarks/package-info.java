/** Measurements, run by hand. Each prints a ratio of two things timed in turn in one run. */
@NullMarked
package io.ttsclient.benchmarks;

import org.jspecify.annotations.NullMarked;
