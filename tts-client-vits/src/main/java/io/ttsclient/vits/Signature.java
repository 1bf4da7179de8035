// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import java.util.regex.Pattern;

/**
 * What tells the servers of a dialect from others.
 *
 * @param path of a GET
 * @param answer to be found in what they answer
 * @param rootStatus what they answer to a GET of their root, so that {@code path} is not asked of others; or {@link #ANY}
 */
record Signature(String path, Pattern answer, int rootStatus) {
    static final int ANY = 0;
}
