// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A server on bare sockets in a JVM of its own, against which timings are taken: it costs the measured process nothing and
 * keeps its times. {@code benchmarks/README.md} lists its routes and settings.
 */
@NullMarked
package io.ttsclient.benchmarks.server;

import org.jspecify.annotations.NullMarked;
