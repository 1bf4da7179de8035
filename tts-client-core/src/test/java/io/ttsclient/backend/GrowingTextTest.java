// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ttsclient.backend.TextEvent.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GrowingTextTest {
    private final GrowingText text = new GrowingText();

    private static List<String> read(TextCursor cursor) {
        var events = new ArrayList<String>();
        for (TextEvent event = cursor.poll(); event != null; event = cursor.poll()) {
            events.add(event.kind() == Kind.TEXT ? event.text() : event.kind().name());
        }
        return events;
    }

    @Test
    void cursor_everythingWritten_isReadInOrderWithItsMarks() {
        text.append("Hello, ");
        text.append("world");
        text.flush();
        text.append("! More");
        text.finish();

        assertThat(read(text.cursor())).containsExactly("Hello, world", "FLUSH", "! More", "END");
    }

    @Test
    void cursor_textThatGrows_isReadAsItComes() {
        TextCursor cursor = text.cursor();
        assertThat(cursor.poll()).isNull();

        text.append("One");
        assertThat(read(cursor)).containsExactly("One");
        text.append(" two");
        text.flush();
        assertThat(read(cursor)).containsExactly(" two", "FLUSH");
        text.finish();
        assertThat(read(cursor)).containsExactly("END");
        assertThat(cursor.poll()).as("behind the end").isNull();
    }

    @Test
    void cursor_another_startsFromTheBeginning() {
        text.append("again");
        read(text.cursor());

        assertThat(read(text.cursor())).containsExactly("again");
    }

    @Test
    void cursor_ofAWholeText_readsItAndItsEnd() {
        assertThat(read(TextSource.of("all there").cursor())).containsExactly("all there", "END");
        assertThat(read(TextSource.of("").cursor())).containsExactly("END");
    }

    @Test
    void flush_nothingWrittenSinceTheLast_isNoMark() {
        text.flush();
        text.append("once");
        text.flush();
        text.flush();

        assertThat(read(text.cursor())).containsExactly("once", "FLUSH");
    }

    @Test
    void onGrowth_eachChange_isAnnouncedAfterItCanBeRead() {
        TextCursor cursor = text.cursor();
        var seen = new ArrayList<String>();
        text.onGrowth(() -> seen.addAll(read(cursor)));

        text.append("now");
        text.flush();
        text.finish();

        assertThat(seen).containsExactly("now", "FLUSH", "END");
    }

    @Test
    void onGrowth_takenBack_isNotToldAnyMore() {
        var calls = new AtomicInteger();
        Runnable action = calls::incrementAndGet;
        text.onGrowth(action);
        Registration second = text.onGrowth(action);
        text.append("a");
        second.remove();
        text.append("b");

        assertThat(calls).hasValue(3);
    }

    @Test
    void onGrowth_changesThatChangeNothing_areNotAnnounced() {
        text.append("a");
        text.flush();
        var calls = new AtomicInteger();
        text.onGrowth(calls::incrementAndGet);

        text.append("");
        text.flush();
        assertThat(calls).hasValue(0);
        text.finish();
        text.finish();
        assertThat(calls).hasValue(1);
    }

    @Test
    void finish_then_takesNoMore() {
        text.finish();

        assertThat(text.isGrowing()).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> text.append("x"));
        assertThatIllegalStateException().isThrownBy(text::flush);
    }

    @Test
    void toString_text_isNotInIt() {
        text.append("secret");

        assertThat(text).hasToString("6 chars, growing");
        assertThat(text.cursor().poll()).hasToString("TEXT[6 chars]");
        text.finish();
        assertThat(text).hasToString("6 chars");
    }

    @Test
    void textEvent_textForAMark_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TextEvent(Kind.FLUSH, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new TextEvent(Kind.TEXT, ""));
    }
}
