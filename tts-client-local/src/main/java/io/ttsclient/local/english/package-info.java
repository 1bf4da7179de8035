// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Written American English to what a voice says. {@link io.ttsclient.local.english.English} is the way in; it imports nothing of
 * ours, and the module does not export it.
 *
 * <p>{@code EnglishReader} turns a text into words, letters and pauses; {@code Pronouncer} knows how each sounds, from the lexicon,
 * known parts or its spelling; {@code EnglishUtterance} fits them together, and {@code EnglishIpa} writes the symbols.
 */
package io.ttsclient.local.english;
