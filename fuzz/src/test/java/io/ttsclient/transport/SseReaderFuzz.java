// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.fuzz.Pieces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

class SseReaderFuzz {
    private static final byte[] END_OF_EVENT = {'\n', '\n'};

    private record Event(String name, String data, Optional<String> id, Optional<Duration> retry) {}

    private record Outcome(List<Event> events, boolean cut) {}

    @FuzzTest
    void next_anyBytes_areTheSameEventsHoweverTheyCome(byte[] bytes) throws IOException {
        Outcome whole = read(new ByteArrayInputStream(bytes));

        assertThat(read(Pieces.stream(bytes, 1))).isEqualTo(whole);
        assertThat(read(Pieces.stream(bytes, 40))).isEqualTo(whole);
        for (Event event : whole.events()) {
            assertThat(event.name()).isNotEmpty();
            assertThat(event.data()).doesNotContain("\r");
            assertThat(event.retry().orElse(Duration.ZERO)).isGreaterThanOrEqualTo(Duration.ZERO);
        }
        assertThat(skipped(bytes)).isEqualTo(whole.events().size());
        assertEndedIsNotCut(bytes, whole);
    }

    private static Outcome read(InputStream in) throws IOException {
        var reader = new SseReader(in);
        List<Event> events = new ArrayList<>();
        while (reader.next()) {
            String data = new String(reader.data().readAllBytes(), StandardCharsets.ISO_8859_1);
            events.add(new Event(reader.event(), data, reader.lastEventId(), reader.retry()));
        }
        assertThat(reader.next()).isFalse();
        return new Outcome(events, reader.isCut());
    }

    /** How many events there are for one who does not read their data. */
    private static int skipped(byte[] bytes) throws IOException {
        var reader = new SseReader(new ByteArrayInputStream(bytes));
        int events = 0;
        while (reader.next()) {
            events++;
        }
        return events;
    }

    private static void assertEndedIsNotCut(byte[] bytes, Outcome before) throws IOException {
        byte[] ended = Arrays.copyOf(bytes, bytes.length + END_OF_EVENT.length);
        System.arraycopy(END_OF_EVENT, 0, ended, bytes.length, END_OF_EVENT.length);
        Outcome after = read(new ByteArrayInputStream(ended));
        assertThat(after.cut()).isFalse();
        if (!before.cut()) {
            assertThat(after.events()).isEqualTo(before.events());
        }
    }
}
