@NullMarked
package io.ttsclient.benchmarks.layers;

import org.jspecify.annotations.NullMarked;
