// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

/** Gemini's voices over REST: {@link io.ttsclient.gemini.Gemini} is the backend, the other public types are what it takes. */
package io.ttsclient.gemini;
