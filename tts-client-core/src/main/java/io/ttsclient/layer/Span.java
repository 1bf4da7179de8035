// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.micrometer.observation.Observation;
import io.ttsclient.backend.TraceContext;
import java.util.Optional;

/** What an observation is to those below it. */
record Span(Observation observation, Optional<String> traceparent) implements TraceContext {}
