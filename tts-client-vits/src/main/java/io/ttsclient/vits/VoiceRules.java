// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a dialect says about voices.
 *
 * @param paths where they are listed, the first that there is
 * @param field of the list that counts; empty for all of it
 * @param pattern of their ids; null for any
 * @param substitutes whether the server speaks with another voice where it does not know one
 * @param complete whether the list names all that the server takes
 */
record VoiceRules(
        List<String> paths, String field, @Nullable Pattern pattern, boolean substitutes, boolean complete) {}
