// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import java.util.function.Supplier;

/**
 * A way in which an engine fails, and what a backend has to make of it; for {@link TtsBackendConformance#failureCases()}.
 *
 * @param name for messages, such as {@code "429"}
 * @param category of the failure, be it thrown by {@code stream} or by a later {@code read}
 * @param backend makes a new backend whose engine fails so each time
 */
public record FailureCase(String name, Category category, Supplier<TtsBackend> backend) {}
