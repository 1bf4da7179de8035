// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

/** What the layers cost over a backend that costs nothing, in JMH with its GC profiler. */
@NullMarked
package io.ttsclient.benchmarks.layers;

import org.jspecify.annotations.NullMarked;
