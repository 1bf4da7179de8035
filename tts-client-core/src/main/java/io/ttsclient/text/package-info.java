// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Preparing and segmenting text, whole or still growing: {@link io.ttsclient.text.TextPreparation} makes it speakable, and {@link
 * io.ttsclient.text.Segmenter} cuts it into the pieces that are spoken in one go. Imports nothing else of this library.
 */
package io.ttsclient.text;
