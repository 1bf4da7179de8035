// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import java.util.Locale;

/**
 * A web address in running text.
 *
 * @param host where it leads, without {@code www.} and port
 * @param end index behind it; or what {@link TextPreparer} defines for none and for undecided
 */
record BareUrl(String host, int end) {
    private static final int LONGEST = 2_000;
    private static final String WWW = "www.";
    private static final String[] STARTS = {"https://", "http://", WWW};
    private static final String NOT_AT_END = ".,;:!?'*_~)";
    private static final BareUrl NONE = new BareUrl("", TextPreparer.NO_MATCH);
    private static final BareUrl UNDECIDED = new BareUrl("", TextPreparer.WAIT);

    /** Whether one may begin here: cheap, and right for all of them. */
    static boolean mayStart(int codePoint, int before) {
        boolean letter = codePoint == 'h' || codePoint == 'H' || codePoint == 'w' || codePoint == 'W';
        return letter && !(before < 0x80 && Character.isLetterOrDigit(before));
    }

    /** The address that begins at {@code start}. */
    static BareUrl at(TextWindow text, int start) {
        for (String prefix : STARTS) {
            int matched = matching(text, start, prefix);
            if (matched == prefix.length()) {
                return behind(text, start, start + (prefix.equals(WWW) ? 0 : matched));
            }
            if (start + matched >= text.end() && !text.isClosed()) {
                return UNDECIDED;
            }
        }
        return NONE;
    }

    private static int matching(TextWindow text, int start, String prefix) {
        int matched = 0;
        while (matched < prefix.length()
                && Character.toLowerCase(text.codePointAt(start + matched)) == prefix.charAt(matched)) {
            matched++;
        }
        return matched;
    }

    private static BareUrl behind(TextWindow text, int start, int authority) {
        int end = authority;
        while (end - start < LONGEST && isUrlChar(text.codePointAt(end))) {
            end++;
        }
        if (end >= text.end() && !text.isClosed()) {
            return UNDECIDED;
        }
        String address = trimmed(text.substring(authority, end));
        String host = host(address);
        return host.isEmpty() ? NONE : new BareUrl(host, authority + address.length());
    }

    private static boolean isUrlChar(int codePoint) {
        return codePoint > ' ' && codePoint < 0x7F && "<>\"`{}|\\^[]".indexOf(codePoint) < 0;
    }

    /** Without the punctuation of the sentence around it; a closing bracket belongs to it if it opens one. */
    private static String trimmed(String address) {
        int end = address.length();
        long surplus = count(address, ')') - count(address, '(');
        while (end > 0 && NOT_AT_END.indexOf(address.charAt(end - 1)) >= 0) {
            if (address.charAt(end - 1) == ')' && surplus-- <= 0) {
                break;
            }
            end--;
        }
        return address.substring(0, end);
    }

    private static long count(String text, char sought) {
        return text.chars().filter(c -> c == sought).count();
    }

    private static String host(String address) {
        int end = 0;
        while (end < address.length() && "/?#".indexOf(address.charAt(end)) < 0) {
            end++;
        }
        String authority = address.substring(address.lastIndexOf('@', end) + 1, end);
        int port = authority.indexOf(':');
        String host = port < 0 ? authority : authority.substring(0, port);
        boolean www = host.toLowerCase(Locale.ROOT).startsWith(WWW) && host.length() > WWW.length();
        String bare = www ? host.substring(WWW.length()) : host;
        return Speakable.anythingIn(bare) ? bare : "";
    }
}
