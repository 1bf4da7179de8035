@NullMarked
package io.ttsclient.benchmarks.streams;

import org.jspecify.annotations.NullMarked;
