// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnglishReaderTest {
    private static final Pronouncer WORDS = new Pronouncer(EnglishLexicon.builtIn(), EnglishLexicon.acronyms());

    /** Words in small letters, letters said by name in capitals, pauses as their marks. */
    private static String said(String text) {
        return said(text, OwnWords.NONE);
    }

    private static String said(String text, OwnWords own) {
        StringBuilder said = new StringBuilder();
        for (Spoken item : EnglishReader.read(FoldedText.of(text), own, WORDS)) {
            String word = item.kind() == Spoken.Kind.LETTER ? item.text().toUpperCase(Locale.ROOT) : item.text();
            said.append(item.pause() || said.isEmpty() ? "" : " ").append(word);
        }
        return said.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42 people | forty two people",
                "1,234,567 people | one million two hundred thirty four thousand five hundred sixty seven people",
                "1000000 | one million",
                "1234567 | one million two hundred thirty four thousand five hundred sixty seven",
                "3.14 | three point one four",
                "0.5 and .75 | zero point five and point seven five",
                "-5 degrees | minus five degrees",
                "\u22125 | minus five",
                "+5 | plus five",
                "from -5 to 5 | from minus five to five",
                "21st, 2nd, 3rd, 112th | twenty first, second, third, one hundred twelfth",
                "pages 10-20 | pages ten to twenty",
                "pages 10\u201320 | pages ten to twenty",
                "50-50 | fifty fifty",
                "1/2 cup | one half cup",
                "3/4 | three quarters",
                "2 1/2 hours | two and a half hours",
                "\u00BD | one half",
                "2\u00BD stars | two and a half stars",
                "5 3/4 | five and three quarters",
                "7/10 | seven out of ten",
                "24/7 | twenty four seven",
                "120/80 | one hundred twenty over eighty",
                "007 | zero zero seven",
                "version 3.11.2 | version three point eleven point two",
                "Python 3.12 | python three point twelve",
                "v2.1 | version two point one",
                "192.168.0.1 | one hundred ninety two dot one hundred sixty eight dot zero dot one",
                "1920x1080 | nineteen twenty by ten eighty",
                "3 \u00D7 4 | three by four",
                "10x faster | ten times faster",
                "1 2 3 | one two three",
                "1-2-3 | one, two, three",
                "\u0663 | three",
            })
    void read_numbers_areSaid(String text, String words) {
        assertThat(said(text)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "in 1984 | in nineteen eighty four",
                "in 2005 | in two thousand five",
                "in 1066 | in ten sixty six",
                "1066 | one thousand sixty six",
                "the 1990s | the nineteen nineties",
                "the '90s | the nineties",
                "the 80s | the eighties",
                "mid-1990s | mid nineteen nineties",
                "the 1900s | the nineteen hundreds",
                "1990-1995 | nineteen ninety to nineteen ninety five",
                "2019-20 | twenty nineteen to twenty",
                "12/05/2024 | december fifth, twenty twenty four",
                "31/12/1999 | december thirty first, nineteen ninety nine",
                "12/05/24 | december fifth, twenty twenty four",
                "12/05 | december fifth",
                "5.12.2024 | december fifth, twenty twenty four",
                "2024-05-12 | may twelfth, twenty twenty four",
                "2024-05-12T14:05:00Z | may twelfth, twenty twenty four, fourteen oh five",
                "2024-13-45 | twenty twenty four to thirteen forty five",
                "May 5 | may fifth",
                "May 5, 2024 | may fifth, twenty twenty four",
                "May 5-7 | may fifth to seventh",
                "5 May 2024 | the fifth of may twenty twenty four",
                "the 5 May | the fifth of may",
                "1-5 May | first to fifth of may",
                "Jan. 5 | january fifth",
                "Dec 25 | december twenty fifth",
                "May 2024 | may twenty twenty four",
                "3:30 pm | three thirty P M",
                "7 a.m. today | seven A M today",
                "7am | seven A M",
                "14:05 | fourteen oh five",
                "3:00 | three o'clock",
                "17:00 | seventeen hundred",
                "7:00 PM | seven P M",
                "9am-5pm | nine A M to five P M",
                "9:00-17:30 | nine o'clock to seventeen thirty",
                "5-6 pm | five to six P M",
                "1:23:45 | one twenty three forty five",
                "16:9 | sixteen to nine",
                "25:99 | twenty five to ninety nine",
                "Mon-Fri | monday friday",
                "Tues. at 3 | tuesday at three",
            })
    void read_datesAndTimes_areSaid(String text, String words) {
        assertThat(said(text)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$3.50 | three dollars and fifty cents",
                "$1 | one dollar",
                "$1.01 | one dollar and one cent",
                "$0.99 | ninety nine cents",
                "$5.00 | five dollars",
                "$3.5 | three point five dollars",
                "\u20AC20 | twenty euros",
                "20 \u20AC | twenty euros",
                "\u00A35.99 | five pounds and ninety nine pence",
                "\u00A30.01 | one penny",
                "\u00A5500 | five hundred yen",
                "\u00A5500.25 | five hundred point two five yen",
                "$1.2 million | one point two million dollars",
                "$2M | two million dollars",
                "\u20AC1.5bn | one point five billion euros",
                "$3k | three thousand dollars",
                "$1,234.56 | one thousand two hundred thirty four dollars and fifty six cents",
                "-$5 | minus five dollars",
                "$-5 | minus five dollars",
                "$10-$15 | ten to fifteen dollars",
                "$10-15 | ten to fifteen dollars",
                "US$5 | five dollars",
                "20 USD | twenty U S dollars",
                "100 EUR | one hundred euros",
                "50\u00A2 | fifty cents",
                "5\u00A2 | five cents",
                "$20/month | twenty dollars per month",
                "$20/mo | twenty dollars per month",
                "5% | five percent",
                "3.5 % | three point five percent",
                "5-10% | five to ten percent",
                "5 km | five kilometers",
                "1 km | one kilometer",
                "5-10 kg | five to ten kilograms",
                "70 mph | seventy miles per hour",
                "60 km/h | sixty kilometers per hour",
                "25 \u00B0C | twenty five degrees celsius",
                "98.6\u00B0F | ninety eight point six degrees fahrenheit",
                "45\u00B0 | forty five degrees",
                "16 GB | sixteen gigabytes",
                "3 ft | three feet",
                "6 ft. tall | six feet tall",
                "a 5-km run | a five kilometer run",
                "10 \u00B5m | ten micrometers",
                "5 m\u00B2 | five square meters",
                "20 sq ft | twenty square feet",
                "12 KB | twelve kilobytes",
                "30 MPH | thirty miles per hour",
                "5 k\u03A9 | five kiloohms",
                "5s | five seconds",
                "5 in the box | five in the box",
                "6'2\" tall | six foot two tall",
                "5M users | five million users",
                "10k steps | ten thousand steps",
                "4K video | four K video",
            })
    void read_quantities_areSaid(String text, String words) {
        assertThat(said(text)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "555-1234 | five five five, one two three four",
                "(212) 555-0100 | two one two, five five five, zero one zero zero",
                "1-800-555-1234 | one, eight hundred, five five five, one two three four",
                "+1 800 555 1234 | plus one, eight hundred, five five five, one two three four",
                "+44 20 7946 0958 | plus four four, two zero, seven nine four six, zero nine five eight",
                "Call 911 now | call nine one one now",
                "123-45-6789 | one two three, four five, six seven eight nine",
                "4111 1111 1111 1111 | four one one one, one one one one, one one one one, one one one one",
                "order 83920174 | order eight three nine, two zero one, seven four",
                "1234567890 | one two three, four five six, seven eight nine zero",
            })
    void read_telephonesAndIds_areSaidDigitByDigit(String text, String words) {
        assertThat(said(text)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Dr. Smith | doctor smith",
                "Dr Smith | doctor smith",
                "Dr. Who | doctor who",
                "Mr. and Mrs. Brown | mister and missus brown",
                "Prof. Green | professor green",
                "12 Hill Dr. is here | twelve hill drive is here",
                "12 Main St. Springfield | twelve main street springfield",
                "Main St. is closed | main street is closed",
                "on Hill Dr. He left | on hill drive. he left",
                "5th St. | fifth street.",
                "St. John | saint john",
                "10 Oak Ave. | ten oak avenue.",
                "e.g. this | for example this",
                "i.e., that | that is, that",
                "cats, dogs, etc. | cats, dogs, et cetera.",
                "cats, etc. Then | cats, et cetera. then",
                "cats vs. dogs | cats versus dogs",
                "approx. 5 | approximately five",
                "No. 5 | number five",
                "no. 7 | number seven",
                "He said no. | he said no.",
                "Fig. 3 | figure three",
                "pp. 3-7 | pages three to seven",
                "Apple Inc. is | apple incorporated is",
                "dept. of | department of",
                "w/ milk, w/o sugar | with milk, without sugar",
                "n/a | N A",
                "Ph.D. and M.D. | P H D and M D.",
                "the U.S. is | the U S is",
                "the U.S. He left | the U S. he left",
                "at 3 p.m. He left | at three P M. he left",
                "J. K. Rowling | J K rowling",
                "George W. Bush | george W bush",
                "It was I. He left. | it was i. he left.",
                "he sat. Then | he sat. then",
            })
    void read_abbreviations_areSaidInFull(String text, String words) {
        assertThat(said(text)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NASA and NATO | nasa and nato",
                "the API | the A P I",
                "the api and apis | the A P I and A P I'S",
                "USA | U S A",
                "U.S.A. | U S A.",
                "HTML, AWS | H T M L, A W S",
                "APIs and PDFs | A P I'S and P D F'S",
                "IBM's | I B M'S",
                "NASA's | nasa's",
                "html and css | H T M L and C S S",
                "iOS | I O S",
                "iPhone | iphone",
                "GPT-4 | G P T four",
                "GPT-4.5 | G P T four point five",
                "WiFi and Wi-Fi | wifi and wifi",
                "H2O | H two O",
                "MP3 | M P three",
                "COVID-19 | covid nineteen",
                "SHA-256 | S H A two fifty six",
                "A380 and RFC2616 | A three eighty and R F C twenty six sixteen",
                "HTTP2000 | H T T P two thousand",
                "B007 | B zero zero seven",
                "x86 | X eighty six",
                "Qwen2.5 | qwen two point five",
                "foo1.2.3 | foo one point two point three",
                "3D, 4K, 5G | three D, four K, five G",
                "BlueAI | blue A I",
                "HTMLParser | H T M L parser",
                "camelCaseName | camel case name",
                "snake_case | snake case",
                "McDonald's | mcdonald's",
                "MacTavish | mactavish",
                "MacBook | mac book",
                "R&B and AT&T | R and B and A T and T",
                "Q&A; then | Q and A; then",
                "STOP! | stop!",
                "DO NOT ENTER THE ROOM | do not enter the room",
                "Please READ it | please read it",
                "the IT crowd | the I T crowd",
                "TELL US IT WORKS | tell us it works",
                "KAFKESQUE | kafkesque",
                "XKCDQ | X K C D Q",
                "Plan A works | plan A works",
                "A plan | a plan",
                "a b c | A B C",
                "x's and y's | X'S and Y'S",
                "C++ and C# | C plus plus and C sharp",
            })
    void read_acronymsAndNames_areSpelledOrSaid(String text, String words) {
        assertThat(said(text)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Chapter IV | chapter four",
                "Henry VIII | henry the eighth",
                "Louis XIV's | louis the fourteenth's",
                "World War II | world war two",
                "mix | mix",
                "a MIX of | a mix of",
                "the IV drip | the I V drip",
                "Chapter IIII | chapter I I I I",
            })
    void read_romanNumbers_onlyWhereClear(String text, String words) {
        assertThat(said(text)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "info@example.com | info at example dot com",
                "john.smith42@my-site.co.uk | john dot smith forty two at my dash site dot C O dot U K",
                "https://www.example.com/docs/page?x=1#top | W W W dot example dot com slash docs slash page",
                "www.example.org. | W W W dot example dot org.",
                "see docs.example.io, please | see docs dot example dot I O, please",
                "ftp://a.b.c/d_e | A dot B dot C slash D underscore E",
                "mailto:a@b.com | A at B dot com",
                "http://x.com:8080/ | X dot com colon eight zero eight zero",
                "Node.js | node dot J S",
                "README.md | readme dot M D",
                "on .NET | on dot net",
                "/usr/local/bin | slash usr slash local slash bin",
                "localhost:8080 | localhost colon eight thousand eighty",
                "@user | at user",
                "#ThrowbackThursday | hashtag throwback thursday",
                "#1 | number one",
                "end.Next | end. next",
            })
    void read_addresses_areSaid(String text, String words) {
        assertThat(said(text)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 + 3 = 8 | five plus three equals eight",
                "5 - 3 | five minus three",
                "2*3 | two times three",
                "2^10 | two to the power of ten",
                "5 < 6 | five less than six",
                ">= 5 | greater than or equal to five",
                "a != b | A not equal to B",
                "x == y | X equals Y",
                "\u2264 5 | less than or equal to five",
                "\u00B15 | plus or minus five",
                "~5 | about five",
                "6 \u00F7 2 | six divided by two",
                "\u03C0 | pie",
                "\u03B1\u03B2\u03B3 ok | ok",
                "and/or | and or",
                "one & two | one and two",
                "one &amp; two&nbsp;x | one and two X",
                "100 % | one hundred percent",
                "*bold* `code` | bold code",
                "<b>bold</b> text | bold text",
                "I <3 you | i you",
                "great :) thanks | great thanks",
                "a -> b | A, B",
                "x => y | X, Y",
                "c:\\dir | C: backslash dir",
                "\u00A75 | section five",
                "20 \u20B9 | twenty rupees",
                "\u20AC | euros",
                "$ | dollars",
                "x\u00B2 | X squared",
                "x\u00B3 | X cubed",
                "\u00A3, \u00A5, \u00A2, \u20B9, \u00B0, \u00B5 | pounds, yen, cents, rupees, degrees, micro",
                "5/hr, 5/day, 5/s | five per hour, five per day, five per second",
                "\u2248 5 | about five",
                "\u2265 5 | greater than or equal to five",
                "one \u2192 two | one, two",
                "one / two | one slash two",
            })
    void read_symbols_areSaidOrSkipped(String text, String words) {
        assertThat(said(text)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "Hello, world | hello, world",
                "Wait; no: yes! | wait; no: yes!",
                "What?! No. | what? no.",
                "Hmm... okay | hum, okay",
                "Done... Next | done. next",
                "He left \u2014 early | he left, early",
                "one -- two | one, two",
                "text (aside) goes | text, aside, goes",
                "text (aside). | text, aside.",
                "\u201CHi,\u201D she said | hi, she said",
                "\"Wait...\" he said | wait, he said",
                "John's dogs' it's | john's dogs it's",
                "caf\u00E9 na\u00EFve Z\u00FCrich | cafe naive zurich",
                "cafe\u0301 | cafe",
                "stra\u00DFe \u00E6sir \u0142\u00F3d\u017A | strasse aesir lodz",
                "well-known mother-in-law | well known mother in law",
                "co\u00ADoperate | cooperate",
                "\uFF28\uFF45\uFF4C\uFF4C\uFF4F | hello",
                "*** ok | ok",
                "- one\\n- two | one. two",
                "one\\n\\ntwo | one. two",
                "one\\ntwo | one two",
                "O'Brien isn't here | o'brien isn't here",
            })
    void read_punctuation_becomesPauses(String text, String words) {
        assertThat(said(text.replace("\\n", "\n"))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\uD83D\uDE00 hello \uD83D\uDC4D\uD83C\uDFFD | hello",
                "\u041F\u0440\u0438\u0432\u0435\u0442 world \u4F60\u597D | world",
            })
    void read_otherScripts_areSkipped(String text, String words) {
        assertThat(said(text)).isEqualTo(words);
    }

    @Test
    void read_nothingToSay_isEmpty() {
        assertThat(said("")).isEmpty();
        assertThat(said(" \n\t ")).isEmpty();
        assertThat(said("!!! ... \u2014 \u4F60\u597D \uD83D\uDE00 <b></b>")).isEmpty();
    }

    @Test
    void read_ownWords_comeFirst() {
        OwnWords own = new OwnWords(Map.of(
                "nginx", new OwnWords.Entry(false, "engine x"),
                "C++", new OwnWords.Entry(false, "see plus plus"),
                "k8s", new OwnWords.Entry(false, "kubernetes"),
                ".NET", new OwnWords.Entry(false, "dot net"),
                "Polish", new OwnWords.Entry(false, "poe lish"),
                "xyzzy", new OwnWords.Entry(true, "z\u02C8\u026Azi"),
                "buzz", new OwnWords.Entry(true, "b\u02C8\u028Cz")));

        assertThat(said("Nginx's k8s, NGINX; C++!", own)).isEqualTo("engine X'S kubernetes, engine X; see plus plus!");
        assertThat(said(".NET nginxed", own)).isEqualTo("dot net nginxed");
        assertThat(said("Polish polish", own)).isEqualTo("poe lish polish");
        assertThat(said("xyzzy's buzz's", own)).isEqualTo("z\u02C8\u026Aziz b\u02C8\u028Cz\u1D7Bz");
    }

    @Test
    void toString_neverShowsText() {
        assertThat(new Spoken(Spoken.Kind.WORD, "secret", 0, 6)).hasToString("WORD[0..6, 6 chars]");
        assertThat(new OwnWords.Entry(true, "secret")).hasToString("phonemes[6 chars]");
    }
}
