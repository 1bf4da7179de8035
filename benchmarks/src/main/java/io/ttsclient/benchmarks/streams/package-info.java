// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

/** Many streams at once, by the library and by what it is built on. */
@NullMarked
package io.ttsclient.benchmarks.streams;

import org.jspecify.annotations.NullMarked;
