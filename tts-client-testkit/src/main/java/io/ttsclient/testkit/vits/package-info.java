// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What servers of the VITS family, and those with OpenAI's speech route, answer on the wire: routes, framing, labels, errors and
 * quirks, written from their documentation and sources. Each is a handler for a {@link io.ttsclient.testkit.LoopbackServer}, and
 * speaks with audio that depends on the text only.
 */
package io.ttsclient.testkit.vits;
