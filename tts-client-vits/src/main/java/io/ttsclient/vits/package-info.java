// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Speech from servers that people run themselves. A {@link io.ttsclient.vits.VitsServer} asks one, in the
 * {@link io.ttsclient.vits.Dialect} that it speaks; a {@link io.ttsclient.vits.Route} and its
 * {@link io.ttsclient.vits.Value}s say how a request looks on the wire.
 */
package io.ttsclient.vits;
