// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Words with two sounds, told apart by the words beside them. The lexicon has the sound that is meant elsewhere. */
final class Heteronyms {
    private static final Map<String, String> VERBS = new HashMap<>();
    private static final Map<String, String> NOUNS = new HashMap<>();

    private static final Set<String> BEFORE_VERBS = WordSet.of("""
            to will would can could should may might must shall i you we they please don't doesn't didn't cannot
            can't won't couldn't wouldn't shouldn't let's i'll you'll we'll they'll he'll she'll it'll i'd you'd
            we'd not who let automatically then also just did do does
            """);
    private static final Set<String> BEFORE_NOUNS = WordSet.of("""
            the a an my your his her its our their this some any no every each another of new first last in for such
            good great free daily normal personal easy with old
            """);
    private static final Set<String> AFTER_COMMANDS = WordSet.of("""
            the a an your my our this that these it all us me him them their his any each and
            """);
    private static final Set<String> BEFORE_PAST = WordSet.of("""
            have has had i've you've we've they've was were been be is are already he she never ever haven't
            hasn't it's being having
            """);
    private static final Set<String> BE = WordSet.of("""
            is are am was were be been being isn't aren't wasn't it's that's i'm you're we're they're he's she's
            """);
    private static final Set<String> BEFORE_LIVE = WordSet.of("the a an this go going goes went gone");
    private static final Set<String> BEFORE_NEAR =
            WordSet.of("so very too how pretty quite really as stay get getting got come");
    private static final Set<String> AFTER_NEAR =
            Set.of("to", "by", "friend", "friends", "enough", "together", "relationship");

    private static final Phones USED_TO = Phones.of("Y UW1 S T");
    private static final Phones READ = Phones.of("R EH1 D");
    private static final Phones LIVE = Phones.of("L AY1 V");
    private static final Phones CLOSE = Phones.of("K L OW1 S");

    static {
        verb("record", "R IH0 K AO1 R D");
        verb("present", "P R IH0 Z EH1 N T");
        verb("project", "P R AH0 JH EH1 K T");
        verb("object", "AH0 B JH EH1 K T");
        verb("contract", "K AH0 N T R AE1 K T");
        verb("contrast", "K AH0 N T R AE1 S T");
        verb("conflict", "K AH0 N F L IH1 K T");
        verb("desert", "D IH0 Z ER1 T");
        verb("estimate", "EH1 S T AH0 M EY2 T");
        verb("duplicate", "D UW1 P L AH0 K EY2 T");
        verb("graduate", "G R AE1 JH UW0 EY2 T");
        verb("separate", "S EH1 P ER0 EY2 T");
        verb("moderate", "M AA1 D ER0 EY2 T");
        verb("approximate", "AH0 P R AA1 K S AH0 M EY2 T");
        verb("deliberate", "D IH0 L IH1 B ER0 EY2 T");
        verb("perfect", "P ER0 F EH1 K T");
        verb("progress", "P R AH0 G R EH1 S");
        verb("protest", "P R AH0 T EH1 S T");
        verb("rebel", "R IH0 B EH1 L");
        verb("subject", "S AH0 B JH EH1 K T");
        verb("survey", "S ER0 V EY1");
        verb("transfer", "T R AE2 N S F ER1");
        verb("transport", "T R AE2 N S P AO1 R T");
        verb("import", "IH2 M P AO1 R T");
        verb("export", "IH0 K S P AO1 R T");
        verb("update", "AH2 P D EY1 T");
        verb("upgrade", "AH2 P G R EY1 D");
        verb("refill", "R IY2 F IH1 L");
        verb("refund", "R IH0 F AH1 N D");
        verb("house", "HH AW1 Z");
        verb("abuse", "AH0 B Y UW1 Z");
        verb("wind", "W AY1 N D");
        verb("implement", "IH1 M P L AH0 M EH2 N T");
        noun("use", "Y UW1 S");
        noun("excuse", "IH0 K S K Y UW1 S");
        noun("permit", "P ER1 M IH2 T");
        noun("refuse", "R EH1 F Y UW2 S");
        noun("reject", "R IY1 JH EH2 K T");
        noun("produce", "P R OW1 D UW2 S");
        noun("conduct", "K AA1 N D AH2 K T");
        noun("convert", "K AA1 N V ER2 T");
        noun("increase", "IH1 N K R IY2 S");
        noun("decrease", "D IY1 K R IY2 S");
        noun("suspect", "S AH1 S P EH2 K T");
        noun("insert", "IH1 N S ER2 T");
        noun("associate", "AH0 S OW1 S IY0 AH0 T");
        noun("resume", "R EH1 Z AH0 M EY2");
        noun("lives", "L AY1 V Z");
        noun("estimates", "EH1 S T AH0 M AH0 T S");
    }

    private Heteronyms() {}

    private static void verb(String word, String phones) {
        VERBS.put(word, phones);
    }

    private static void noun(String word, String phones) {
        NOUNS.put(word, phones);
    }

    private static @Nullable Phones phones(@Nullable String arpabet) {
        return arpabet == null ? null : Phones.of(arpabet);
    }

    /** How {@code word} sounds as a verb, as its forms in -ed and -ing do; null where that is nothing special. */
    static @Nullable Phones verb(String word) {
        return phones(VERBS.get(word));
    }

    /**
     * How {@code word} sounds between these two, null where the lexicon's sound is meant.
     *
     * @param previous the word before in the same clause, empty at its start
     * @param next the word behind in the same clause, empty at its end
     */
    static @Nullable Phones find(String word, String previous, String next) {
        return switch (word) {
            case "used" -> next.equals("to") && !BE.contains(previous) ? USED_TO : null;
            case "read" -> BEFORE_PAST.contains(previous) ? READ : null;
            case "live" -> live(previous, next) ? LIVE : null;
            case "close" -> near(previous, next) ? CLOSE : null;
            default -> byClass(word, previous, next);
        };
    }

    /** A live show, to go live; but to go live abroad. */
    private static boolean live(String previous, String next) {
        boolean goes = previous.equals("go") && !next.isEmpty();
        return BE.contains(previous) || (BEFORE_LIVE.contains(previous) && !goes);
    }

    /** Close to, a close friend; but close the door, the close of the day. */
    private static boolean near(String previous, String next) {
        boolean article = previous.equals("a") || previous.equals("the") || previous.equals("this");
        return BE.contains(previous)
                || BEFORE_NEAR.contains(previous)
                || (article && !next.equals("of"))
                || (AFTER_NEAR.contains(next) && !BEFORE_VERBS.contains(previous));
    }

    private static @Nullable Phones byClass(String word, String previous, String next) {
        String noun = NOUNS.get(word);
        if (noun != null) {
            return BEFORE_NOUNS.contains(previous) ? phones(noun) : null;
        }
        boolean command = previous.isEmpty() && AFTER_COMMANDS.contains(next);
        return command || BEFORE_VERBS.contains(previous) ? verb(word) : null;
    }
}
