// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

/**
 * An emulator of Gemini's speech: {@link io.ttsclient.testkit.gemini.GeminiEmulator} is the server,
 * {@link io.ttsclient.testkit.gemini.GeminiReply} what it is told to do.
 */
package io.ttsclient.testkit.gemini;
