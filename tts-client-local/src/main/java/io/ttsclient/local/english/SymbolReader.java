// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.Set;

/** Reads what is neither letter nor digit: pauses, and signs that are said as words. */
final class SymbolReader {
    private static final String RULES = "-=*_~#+<>/\\|^\u2013";
    private static final String[] GREEK = {
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mew", "new",
        "zai", "omicron", "pie", "row", "sigma", "sigma", "tau", "upsilon", "fie", "kai", "sigh", "omega"
    };
    private static final Set<String> ENTITIES = Set.of("amp", "lt", "gt", "quot", "apos", "nbsp");
    private static final int LONGEST_TAG = 60;
    private static final int LONGEST_PATH = 60;

    private final FoldedText text;
    private final SpokenText out;

    SymbolReader(FoldedText text, SpokenText out) {
        this.text = text;
        this.out = out;
    }

    /** Returns the index behind what was read, always more than {@code at}. */
    int read(int at) {
        char c = text.at(at);
        if (c <= ' ') {
            return space(at);
        }
        if (RULES.indexOf(c) >= 0 && text.at(at + 1) == c && text.at(at + 2) == c) {
            return pauseOver(at, c);
        }
        return switch (c) {
            case '.' -> period(at);
            case '!' -> text.at(at + 1) == '=' ? say("not equal to", at, at + 2) : pause(c, at);
            case '?', ';' -> pause(c, at);
            case ',', '\u2022', '|' -> pause(',', at);
            case ':' -> colon(at);
            case '(', '[', '{' -> pause(',', at);
            case ')', ']', '}' -> text.wordCharAt(text.skipSpaces(at + 1)) ? pause(',', at) : at + 1;
            case '-' -> hyphen(at);
            case '\u2013' -> dash(at);
            case '&' -> ampersand(at);
            case '=', '<', '>', '≤', '≥', '≈' -> comparison(at);
            case '/' -> slash(at);
            case '#' -> hash(at);
            default -> sign(at, c);
        };
    }

    private int say(String words, int at, int end) {
        out.words(words, at, end);
        return end;
    }

    private int pause(char mark, int at) {
        out.pause(mark, at, at + 1);
        return at + 1;
    }

    private int pauseOver(int at, char c) {
        int end = at;
        while (text.at(end) == c) {
            end++;
        }
        out.pause(',', at, end);
        return end;
    }

    /** A blank line ends a sentence, and so does a line before a list's item. */
    private int space(int at) {
        int end = text.skipSpaces(at);
        String gap = text.between(at, end);
        int line = gap.indexOf('\n');
        if (line >= 0 && end < text.length()) {
            boolean blankLine = gap.indexOf('\n', line + 1) >= 0;
            boolean item = "-*\u2022".indexOf(text.at(end)) >= 0 && text.spaceAt(end + 1);
            if (blankLine || item) {
                out.pause('.', at, end);
            }
        }
        return end;
    }

    private int period(int at) {
        int end = at;
        while (text.at(end) == '.') {
            end++;
        }
        int next = end;
        while (text.at(next) == '"' || (next < text.length() && text.spaceAt(next))) {
            next++;
        }
        if (end - at > 1) {
            boolean goesOn = text.letterAt(next) && !text.capitalAt(next);
            out.pause(goesOn ? ',' : '.', at, end);
            return end;
        }
        boolean joined = text.wordCharAt(end);
        if (joined && text.digitAt(end) && !text.wordCharAt(at - 1)) {
            int digits = text.digitsEnd(end);
            return say("point " + NumberWords.digits(text.between(end, digits)), at, digits);
        }
        boolean newSentence = text.capitalAt(end) && text.wordCharAt(at - 1) && !text.capitalAt(end + 1);
        if (joined && !newSentence) {
            return say("dot", at, end);
        }
        return pause('.', at);
    }

    private int colon(int at) {
        int smiley = emoticon(at);
        if (smiley > at) {
            return smiley;
        }
        boolean port = text.letterAt(at - 1) && text.digitAt(at + 1);
        return port ? say("colon", at, at + 1) : pause(':', at);
    }

    /** Behind a smiley that stands alone, or {@code at}. */
    private int emoticon(int at) {
        int mouth = text.at(at + 1) == '-' ? at + 2 : at + 1;
        boolean smiley = ")(DPp|/".indexOf(text.at(mouth)) >= 0;
        return smiley && text.spaceAt(at - 1) && !text.wordCharAt(mouth + 1) ? mouth + 1 : at;
    }

    private int hyphen(int at) {
        int end = at + 1;
        if (text.at(end) == '-' || text.at(end) == '>') {
            out.pause(',', at, end + 1);
            return end + 1;
        }
        boolean joined = text.wordCharAt(at - 1) || text.at(at - 1) == '.';
        boolean amount = text.digitAt(end)
                || "$€£¥₹".indexOf(text.at(end)) >= 0
                || (text.at(end) == '.' && text.digitAt(end + 1));
        if (amount && !joined) {
            return say("minus", at, end);
        }
        if (text.spaceAt(at - 1) && text.spaceAt(end)) {
            boolean numbers = text.digitAt(at - 2) && text.digitAt(text.skipSpaces(end));
            return numbers ? say("minus", at, end) : pause(',', at);
        }
        return end;
    }

    private int dash(int at) {
        boolean range = text.wordCharAt(at - 1) && text.digitAt(at + 1);
        return range ? say("to", at, at + 1) : pause(',', at);
    }

    private int ampersand(int at) {
        int end = text.lettersEnd(at + 1);
        boolean entity = text.at(end) == ';' && ENTITIES.contains(text.between(at + 1, end));
        if (entity && !text.between(at, end).equals("&amp")) {
            return end + 1;
        }
        return say("and", at, entity ? end + 1 : text.at(at + 1) == '&' ? at + 2 : at + 1);
    }

    private int comparison(int at) {
        int end = at + 1;
        char c = text.at(at);
        if (c == '<' && (text.letterAt(end) || text.at(end) == '/' || text.at(end) == '!')) {
            int close = end;
            while (close < at + LONGEST_TAG && "<>".indexOf(text.at(close)) < 0) {
                close++;
            }
            return text.at(close) == '>'
                    ? close + 1
                    : text.wordCharAt(at - 1) && text.letterAt(end) ? say("less than", at, end) : end;
        }
        if (c == '<' && text.at(end) == '3' && !text.wordCharAt(end + 1) && !text.wordCharAt(at - 1)) {
            return end + 1;
        }
        boolean equal = text.at(end) == '=';
        end = equal ? end + 1 : end;
        if (c == '=') {
            if (text.at(end) == '>') {
                out.pause(',', at, end + 1);
                return end + 1;
            }
            return say("equals", at, end);
        }
        boolean used = text.spaceAt(end) || text.digitAt(end) || text.at(end) == '-' || text.wordCharAt(at - 1);
        if (!used && c != '≈') {
            return end;
        }
        return switch (c) {
            case '≈' -> say("about", at, end);
            case '≤' -> say("less than or equal to", at, end);
            case '≥' -> say("greater than or equal to", at, end);
            default -> say((c == '<' ? "less" : "greater") + " than" + (equal ? " or equal to" : ""), at, end);
        };
    }

    /** "20/month" is per month, "and/or" needs no word, "/usr/bin" is a path. */
    private int slash(int at) {
        int end = at + 1;
        if (text.digitAt(at - 1) && text.letterAt(end)) {
            return per(at);
        }
        boolean between = text.letterAt(at - 1) && text.wordCharAt(end);
        if (between && !path(at)) {
            return end;
        }
        return text.wordCharAt(end) || (text.spaceAt(end) && text.spaceAt(at - 1)) ? say("slash", at, end) : end;
    }

    private int per(int at) {
        int end = text.lettersEnd(at + 1);
        String full = switch (text.between(at + 1, end)) {
            case "hr", "h" -> "per hour";
            case "mo" -> "per month";
            case "yr" -> "per year";
            case "wk" -> "per week";
            case "min" -> "per minute";
            case "s", "sec" -> "per second";
            default -> "per";
        };
        return say(full, at, full.equals("per") ? at + 1 : end);
    }

    private boolean path(int at) {
        int slashes = 0;
        int start = at;
        while (start > Math.max(0, at - LONGEST_PATH) && !text.spaceAt(start - 1)) {
            start--;
        }
        for (int i = start; i < at + LONGEST_PATH && !text.spaceAt(i); i++) {
            slashes += text.at(i) == '/' ? 1 : 0;
        }
        return slashes > 1 || text.at(start) == '/';
    }

    private int hash(int at) {
        int end = at + 1;
        if (text.digitAt(end)) {
            return say("number", at, end);
        }
        if (text.letterAt(end)) {
            return say("hashtag", at, end);
        }
        return text.letterAt(at - 1) ? say("sharp", at, end) : end;
    }

    private int sign(int at, char c) {
        int end = at + 1;
        boolean numbers = text.wordCharAt(at - 1) || (text.spaceAt(at - 1) && text.wordCharAt(at - 2));
        boolean operator = numbers && (text.digitAt(end) || (text.spaceAt(end) && text.digitAt(end + 1)));
        return switch (c) {
            case '+' -> say("plus", at, end);
            case '@' -> say("at", at, end);
            case '%' -> say("percent", at, end);
            case '*' -> operator && text.digitAt(text.skipSpaces(end)) ? say("times", at, end) : end;
            case '^' -> operator ? say("to the power of", at, end) : end;
            case '~' -> text.digitAt(end) ? say("about", at, end) : end;
            case '\\' -> text.letterAt(end) ? say("backslash", at, end) : end;
            case '×' -> say("times", at, end);
            case '÷' -> say("divided by", at, end);
            case '±' -> say("plus or minus", at, end);
            case '→' -> pause(',', at);
            case '°' -> say("degrees", at, end);
            case '²' -> say("squared", at, end);
            case '³' -> say("cubed", at, end);
            case '§' -> say("section", at, end);
            case '€' -> say("euros", at, end);
            case '£' -> say("pounds", at, end);
            case '¥' -> say("yen", at, end);
            case '₹' -> say("rupees", at, end);
            case '¢' -> say("cents", at, end);
            case '$' -> text.letterAt(end) ? end : say("dollars", at, end);
            case 'µ' -> say("micro", at, end);
            default -> greek(at, c);
        };
    }

    /** A Greek letter by itself has a name; a word of them is not English. */
    private int greek(int at, char c) {
        boolean alone = c >= 'α' && c <= 'ω' && text.at(at - 1) < 0x80 && text.at(at + 1) < 0x80;
        return alone ? say(GREEK[c - 'α'], at, at + 1) : at + 1;
    }
}
