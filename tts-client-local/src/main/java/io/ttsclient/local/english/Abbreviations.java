// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Written short, said in full. */
final class Abbreviations {
    /** Where the short form is taken for one; elsewhere it is a word like any other. */
    private enum When {
        /** Anywhere. */
        ALWAYS,
        /** With a period behind it. */
        PERIOD,
        /** With a capital and a period behind it. */
        NAME_PERIOD,
        /** With a capital, and a period or a capitalised word behind it. */
        TITLE,
        /** With a period and a number behind it. */
        NUMBER,
        /** With a capital, and a period behind it or a hyphen beside it: Mon-Fri. */
        DAY,
        /** With a capital, and a period or a number behind it, or a number before it. */
        MONTH
    }

    private record Entry(String words, When when) {}

    /**
     * What a short form stands for.
     *
     * @param words as {@link SpokenText#words} takes them
     * @param title whether a name follows, so that a capital behind it starts no sentence
     */
    record Full(String words, boolean title) {}

    private static final Map<String, Entry> ENTRIES = new HashMap<>();

    static {
        put(When.TITLE, """
                mr=mister mrs=missus ms=miz dr=doctor prof=professor rev=reverend gen=general col=colonel capt=captain
                lt=lieutenant sgt=sergeant gov=governor mt=mount
                """);
        put(When.NAME_PERIOD, """
                sen=senator rep=representative pres=president hon=honorable maj=major sr=senior jr=junior co=company
                inc=incorporated ltd=limited corp=corporation bros=brothers ave=avenue blvd=boulevard rd=road ln=lane
                hwy=highway apt=apartment ste=suite ft=fort
                """);
        put(When.DAY, """
                mon=monday tue=tuesday tues=tuesday wed=wednesday thu=thursday thur=thursday thurs=thursday fri=friday
                sat=saturday sun=sunday
                """);
        put(When.MONTH, """
                jan=january feb=february mar=march apr=april jun=june jul=july aug=august sep=september sept=september
                oct=october nov=november dec=december
                """);
        put(When.PERIOD, """
                v=versus approx=approximately dept=department asst=assistant misc=miscellaneous max=maximum avg=average
                tel=telephone assoc=association univ=university est=established attn=attention intl=international
                natl=national govt=government jr=junior ext=extension tbsp=tablespoon tsp=teaspoon al=al cf=compare
                """);
        put(When.NUMBER, """
                no=number nos=numbers vol=volume fig=figure figs=figures eq=equation sec=section ch=chapter p=page
                pp=pages art=article para=paragraph ed=edition
                """);
        put(When.ALWAYS, """
                etc=et_cetera vs=versus eg=for_example ie=that_is e.g=for_example i.e=that_is phd=PHD ipv=IPV hmm=hum
                hm=hum shh=shush mmm=mum tbd=TBD w/=with w/o=without b/c=because c/o=care_of n/a=NA a/c=AC pls=please
                """);
    }

    private Abbreviations() {}

    private static void put(When when, String entries) {
        for (String entry : WordSet.of(entries)) {
            int equals = entry.indexOf('=');
            ENTRIES.put(
                    entry.substring(0, equals),
                    new Entry(entry.substring(equals + 1).replace('_', ' '), when));
        }
    }

    /**
     * The words for what is written from {@code start} to {@code end}, a period behind it not included; null where it is
     * no abbreviation.
     */
    static @Nullable Full find(FoldedText text, int start, int end) {
        String written = text.between(start, end);
        String plain = written.toLowerCase(Locale.ROOT);
        if (plain.equals("dr") || plain.equals("st")) {
            Full full = byPlace(text, start, end, plain);
            if (full != null) {
                return full;
            }
        }
        Entry entry = ENTRIES.get(plain);
        return entry != null && applies(entry.when, text, start, end)
                ? new Full(entry.words, entry.when == When.TITLE)
                : null;
    }

    private static boolean applies(When when, FoldedText text, int start, int end) {
        boolean period = text.at(end) == '.';
        boolean capital = text.capitalAt(start);
        int next = text.skipSpaces(period ? end + 1 : end);
        return switch (when) {
            case ALWAYS -> true;
            case PERIOD -> period;
            case NAME_PERIOD -> capital && period;
            case TITLE -> capital && (period || (next > end && text.capitalAt(next) && !text.capitalAt(start + 1)));
            case DAY -> capital && (period || range(text.at(end)) || range(text.at(start - 1)));
            case NUMBER -> period && text.digitAt(next);
            case MONTH ->
                capital && (period || text.digitAt(next) || (text.digitAt(start - 2) && text.spaceAt(start - 1)));
        };
    }

    private static boolean range(char joint) {
        return joint == '-' || joint == '\u2013';
    }

    /** "Dr. Smith" but "Hill Dr."; "St. John" but "Main St." */
    private static @Nullable Full byPlace(FoldedText text, int start, int end, String plain) {
        boolean period = text.at(end) == '.';
        int next = text.skipSpaces(period ? end + 1 : end);
        boolean nameFollows = text.capitalAt(next) && text.spaceAt(next - 1);
        boolean behindName = text.spaceAt(start - 1) && startsWithCapital(text, start - 1);
        boolean capital = text.capitalAt(start);
        boolean doctor = plain.equals("dr");
        boolean placeEnds = !nameFollows || numberBeforeName(text, start - 1) || SentenceEnds.at(text, end + 1);
        if (capital && behindName && (period || !nameFollows) && placeEnds) {
            return new Full(doctor ? "drive" : "street", false);
        }
        if (capital && nameFollows) {
            return new Full(doctor ? "doctor" : "saint", true);
        }
        return null;
    }

    private static int wordStart(FoldedText text, int wordEnd) {
        int start = wordEnd;
        while (text.wordCharAt(start - 1)) {
            start--;
        }
        return start;
    }

    /** Whether the word before the space at {@code space} is a capitalised one, or a number such as "5th". */
    private static boolean startsWithCapital(FoldedText text, int space) {
        int start = wordStart(text, space);
        return start < space && (text.capitalAt(start) || (text.digitAt(start) && text.letterAt(space - 1)));
    }

    private static boolean numberBeforeName(FoldedText text, int space) {
        int start = wordStart(text, space);
        return text.spaceAt(start - 1) && start > 1 && text.digitAt(start - 2);
    }
}
