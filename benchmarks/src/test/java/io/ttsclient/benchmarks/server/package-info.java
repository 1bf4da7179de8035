@NullMarked
package io.ttsclient.benchmarks.server;

import org.jspecify.annotations.NullMarked;
