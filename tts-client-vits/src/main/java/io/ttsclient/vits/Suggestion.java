// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

/**
 * A dialect that a server may speak.
 *
 * @param dialect the dialect
 * @param evidence why, for a person who decides
 */
public record Suggestion(Dialect dialect, String evidence) {}
