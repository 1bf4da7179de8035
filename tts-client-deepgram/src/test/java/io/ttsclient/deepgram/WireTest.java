// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.GrowingText;
import io.ttsclient.backend.TextSource;
import io.ttsclient.error.Category;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire, and what codes mean. */
class WireTest {
    @Test
    void clientMessages_areWhatTheDocumentationShows() {
        assertThat(ClientMessage.speak("Say \"hi\"\n"))
                .isEqualTo("{\"type\":\"Speak\",\"text\":\"Say \\\"hi\\\"\\n\"}");
        assertThat(ClientMessage.body("Hi.")).isEqualTo("{\"text\":\"Hi.\"}");
        assertThat(ClientMessage.interrupt(2_340))
                .isEqualTo("{\"type\":\"Interrupt\",\"playback_offset\":{\"type\":\"time_ms\",\"value\":2340}}");
        assertThat(ClientMessage.configure(new BigDecimal("1.15")))
                .isEqualTo("{\"type\":\"Configure\",\"speed\":1.15}");
    }

    @Test
    void textFeed_whatNoJsonShouldHold_isABlank() {
        assertThat(TextFeed.cleaned(
                        TextSource.of("a\u0000b\u0007c\nd\te\u0085f").cursor()))
                .isEqualTo("a b c\nd\te f");
        assertThat(TextFeed.cleaned(TextSource.of("x\uD83Dy\uDE00z\uD83D").cursor()))
                .isEqualTo("x y z ");
    }

    @Test
    void textFeed_surrogatePairWrittenInHalves_isJoined() {
        var text = new GrowingText();
        var all = new StringBuilder();
        var feed = new TextFeed(text.cursor());
        TextFeed.Reader reader = new TextFeed.Reader() {
            @Override
            public void text(String added) {
                all.append(added).append('|');
            }

            @Override
            public void flush() {
                all.append("flush|");
            }

            @Override
            public void end() {
                all.append("end");
            }
        };
        text.append("a\uD83D");
        feed.poll(reader);
        text.flush();
        text.append("\uDE00b");
        feed.poll(reader);
        assertThat(feed.isEnded()).isFalse();
        text.finish();
        feed.poll(reader);

        assertThat(all).hasToString("a|flush|\uD83D\uDE00b|end");
        assertThat(feed.isEnded()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'Deepgram did not receive. See https://dpgr.am/net0001', NET-0001",
        "NET-0003, NET-0003",
        "'(data_0001)', DATA-0001",
        "'BIG 0000: too big', BIG-0000",
        "MESSAGE-0000, MESSAGE-0000",
        "'going away', ''",
        "'NET-00011', ''",
    })
    void errorCode_inFreeText_isFound(String words, String code) {
        assertThat(ErrorCode.in(words).orElse("")).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "MESSAGE-0000, PROTOCOL",
        "DATA-0000, PROTOCOL",
        "DATA-0001, RATE_LIMIT",
        "DATA-0002, INVALID_REQUEST",
        "BIG-0000, INVALID_REQUEST",
        "BIG-0001, INVALID_REQUEST",
        "NET-0000, UNAVAILABLE",
        "NET-0001, UNAVAILABLE",
        "NET-0002, UNAVAILABLE",
        "NET-0003, UNAVAILABLE",
        "NET-0004, UNAVAILABLE",
    })
    void errorCode_ofTheTable_hasItsCategory(String code, Category category) {
        assertThat(ErrorCode.category(code)).contains(category);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, UNAVAILABLE",
        "1003, PROTOCOL",
        "1006, CONNECTION",
        "1008, PROTOCOL",
        "1009, INVALID_REQUEST",
        "1011, UNAVAILABLE",
        "1013, OVERLOADED",
        "4000, CONNECTION",
    })
    void errorCode_closeWithoutACode_hasTheCategoryOfItsNumber(int code, Category category) {
        assertThat(ErrorCode.category("")).isEmpty();
        assertThat(ErrorCode.category(code)).isEqualTo(category);
    }
}
