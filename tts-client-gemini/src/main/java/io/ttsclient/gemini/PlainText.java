// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import java.util.regex.Pattern;

/**
 * Takes from a text what a model would perform or obey instead of reading it. There is no escape in Gemini's markup, so the
 * characters that make a tag are replaced by such that look alike and make none.
 */
final class PlainText {
    /** What is not seen in front of a heading: anything blank or unprintable that does not end a line. */
    private static final String UNSEEN = "[\\p{Z}\\p{C}&&[^\\n\\x0B\\f\\r\\x85\\u2028\\u2029]]";

    private static final Pattern HEADING = Pattern.compile("(?m)(^|[\\x0B\\f])" + UNSEEN + "*#(?:#|" + UNSEEN + ")*");

    private PlainText() {}

    /** Where the text is a transcript: angle brackets make tags, bars a murmur of the other speaker. */
    static String ofTranscript(String text) {
        return valid(text).replace('<', '\u2039').replace('>', '\u203A').replace('|', '\u00A6');
    }

    /**
     * Where the text is part of a prompt: square brackets make tags as well, and a line that begins with a number sign is a
     * heading, which would end the transcript.
     */
    static String ofPrompt(String text) {
        String untagged = ofTranscript(text).replace('[', '\u2039').replace(']', '\u203A');
        return HEADING.matcher(untagged).replaceAll("$1");
    }

    /** On one line, so that no line begins another speaker's part. */
    static String onOneLine(String text) {
        return text.replaceAll("\\R", " ");
    }

    /** With half a surrogate pair, which UTF-8 cannot say, replaced. */
    static String valid(String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            mended = mended == null ? new StringBuilder(text) : mended;
            mended.setCharAt(i, '\uFFFD');
        }
        return mended == null ? text : mended.toString();
    }
}
