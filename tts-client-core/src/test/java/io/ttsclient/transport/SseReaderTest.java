// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.ttsclient.testkit.SeededRandom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SseReaderTest {
    @RegisterExtension
    final SeededRandom random = new SeededRandom();

    private record Event(String name, String data) {}

    private static SseReader reader(String stream) {
        return new SseReader(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)));
    }

    private static String dataOf(SseReader reader) throws IOException {
        return new String(reader.data().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static List<Event> eventsOf(SseReader reader) throws IOException {
        List<Event> events = new ArrayList<>();
        while (reader.next()) {
            String data = dataOf(reader);
            events.add(new Event(reader.event(), data));
        }
        return events;
    }

    private static List<Event> eventsOf(String stream) throws IOException {
        return eventsOf(reader(stream));
    }

    @Test
    void next_events_haveNameAndData() throws IOException {
        assertThat(eventsOf("event: start\ndata: one\n\ndata:two\n\n"))
                .containsExactly(new Event("start", "one"), new Event("message", "two"));
    }

    @Test
    void next_everyLineEnd_ends() throws IOException {
        assertThat(eventsOf("data: a\r\ndata: b\r\n\r\ndata: c\r\rdata: d\n\n"))
                .containsExactly(new Event("message", "a\nb"), new Event("message", "c"), new Event("message", "d"));
    }

    @Test
    void next_examplesOfTheStandard_areReadAsItSays() throws IOException {
        assertThat(eventsOf("data: YHOO\ndata: +2\ndata: 10\n\n"))
                .containsExactly(new Event("message", "YHOO\n+2\n10"));
        assertThat(eventsOf(
                        ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"))
                .containsExactly(
                        new Event("message", "first event"),
                        new Event("message", "second event"),
                        new Event("message", " third event"));
        assertThat(eventsOf("data\n\ndata\ndata\n\n"))
                .containsExactly(new Event("message", ""), new Event("message", "\n"));
        assertThat(eventsOf("data:\ndata\rdatax: y\n\n")).containsExactly(new Event("message", "\n"));
        assertThat(eventsOf("data:test\n\ndata: test\n\n"))
                .containsExactly(new Event("message", "test"), new Event("message", "test"));
    }

    @Test
    void next_fieldsWithoutData_areNoEvent() throws IOException {
        assertThat(eventsOf("event: lost\n\ndata: x\n\n: ping\n\nretry: 5\n\n"))
                .containsExactly(new Event("message", "x"));
    }

    @Test
    void next_byteOrderMark_isSkippedAtTheBeginningOnly() throws IOException {
        assertThat(eventsOf("\uFEFFdata: a\n\n\uFEFFdata: b\n\n")).containsExactly(new Event("message", "a"));
        assertThat(eventsOf("")).isEmpty();
    }

    @Test
    void next_unknownAndLongFields_areIgnored() throws IOException {
        assertThat(eventsOf("dat: x\ndatas: x\nDATA: x\nevent: " + "e".repeat(1_025) + "\n" + "n".repeat(50_000)
                        + ": x\ndata: y\n\n"))
                .containsExactly(new Event("message", "y"));
    }

    @Test
    void event_nameAfterTheData_isKnownOnceItWasRead() throws IOException {
        SseReader reader = reader("data: x\nevent: late\n\n");
        assertThat(reader.next()).isTrue();
        assertThat(reader.event()).isEqualTo("message");
        assertThat(dataOf(reader)).isEqualTo("x");
        assertThat(reader.event()).isEqualTo("late");
    }

    @Test
    void idAndRetry_stayUntilTheNext() throws IOException {
        SseReader reader = reader("id: 7\nretry: 1500\ndata: x\n\nid: a\0b\nretry: soon\ndata: y\n\nid:\ndata: z\n\n");
        assertThat(reader.lastEventId()).isEmpty();
        assertThat(reader.retry()).isEmpty();
        reader.next();
        assertThat(reader.lastEventId()).contains("7");
        reader.next();
        assertThat(reader.lastEventId()).contains("7");
        assertThat(reader.retry()).contains(Duration.ofMillis(1_500));
        reader.next();
        assertThat(reader.lastEventId()).isEmpty();
    }

    @Test
    void next_dataLeftUnread_isSkipped() throws IOException {
        SseReader reader = reader("data: " + "x".repeat(100_000) + "\ndata: more\n\ndata: y\n\n");
        assertThat(reader.next()).isTrue();
        assertThat(reader.data().read()).isEqualTo('x');
        assertThat(reader.next()).isTrue();
        assertThat(dataOf(reader)).isEqualTo("y");
        assertThat(reader.data().read()).isEqualTo(-1);
        assertThat(reader.data().read(new byte[0])).isZero();
        assertThat(reader.next()).isFalse();
        assertThat(reader.next()).isFalse();
    }

    @Test
    void isCut_streamEndsInsideOfAnEvent_isTrue() throws IOException {
        for (String cut : new String[] {
            "data",
            "data:",
            "data: ",
            "data: x",
            "data: x\n",
            "data: x\r\n",
            "data: x\nid: 7",
            "event: x\n",
            "e",
            "event"
        }) {
            SseReader reader = reader("data: first\n\n" + cut);
            List<Event> events = eventsOf(reader);
            assertThat(reader.isCut()).as(cut).isTrue();
            assertThat(events.get(0)).isEqualTo(new Event("message", "first"));
        }
        for (String whole : new String[] {"", "\n", "data: x\n\n", "data: x\r\r", ": comm", ": comment\n"}) {
            SseReader reader = reader("data: first\n\n" + whole);
            eventsOf(reader);
            assertThat(reader.isCut()).as(whole).isFalse();
        }
    }

    @Test
    void isCut_lastEventWithoutItsEnd_isStillDelivered() throws IOException {
        SseReader reader = reader("data: {\"finishReason\":\"STOP\"}\n");

        assertThat(eventsOf(reader)).containsExactly(new Event("message", "{\"finishReason\":\"STOP\"}"));
        assertThat(reader.isCut()).isTrue();
    }

    /** A stream that says when it would wait. */
    private static final class Paused extends InputStream {
        private final byte[] bytes;
        private int position;

        Paused(String text) {
            bytes = text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            throw new AssertionError("reads in blocks");
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (position == bytes.length) {
                throw new AssertionError("waits for what has not been sent");
            }
            int count = Math.min(length, bytes.length - position);
            System.arraycopy(bytes, position, target, offset, count);
            position += count;
            return count;
        }
    }

    @Test
    void data_asFarAsItHasCome_isHandedOutWithoutWaiting() throws IOException {
        var reader = new SseReader(new Paused("data: abc"));
        assertThat(reader.next()).isTrue();
        byte[] target = new byte[16];
        assertThat(reader.data().read(target)).isEqualTo(3);
    }

    @Test
    void data_lineEndedWithoutTheNextOne_isHandedOutWithoutWaiting() throws IOException {
        for (String end : new String[] {"\n", "\r", "\r\n"}) {
            var reader = new SseReader(new Paused("data: abc" + end));
            assertThat(reader.next()).isTrue();
            assertThat(reader.data().read(new byte[16])).isEqualTo(3);
        }
    }

    @Test
    void data_endOfTheEventByCarriageReturns_isKnownWithoutWaiting() throws IOException {
        var reader = new SseReader(new Paused("data: abc\r\r"));
        assertThat(reader.next()).isTrue();
        assertThat(dataOf(reader)).isEqualTo("abc");
    }

    @Test
    void data_hugeLine_needsNoBufferOfItsSize() throws IOException {
        int pieces = 300;
        byte[] piece = "A".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        List<InputStream> parts = new ArrayList<>();
        parts.add(new ByteArrayInputStream("data: ".getBytes(StandardCharsets.US_ASCII)));
        for (int i = 0; i < pieces; i++) {
            parts.add(new ByteArrayInputStream(piece));
        }
        parts.add(new ByteArrayInputStream("\n\n".getBytes(StandardCharsets.US_ASCII)));
        var reader = new SseReader(new SequenceInputStream(Collections.enumeration(parts)));

        assertThat(reader.next()).isTrue();
        long length = 0;
        byte[] target = new byte[8_192];
        InputStream data = reader.data();
        for (int count = data.read(target); count >= 0; count = data.read(target)) {
            length += count;
        }
        assertThat(length).isEqualTo((long) pieces * piece.length);
        assertThat(reader.next()).isFalse();
        assertThat(reader.isCut()).isFalse();
    }

    @Test
    void next_streamFails_passesTheFailureOn() throws IOException {
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        };

        assertThatIOException().isThrownBy(() -> new SseReader(broken).next()).withMessage("broken");
    }

    @Test
    void next_randomStreamsInRandomPieces_areReadLikeWholeOnes() throws IOException {
        for (int round = 0; round < 3_000; round++) {
            String stream = randomStream(random);
            List<Event> expected = reference(stream);
            byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
            var reader = new SseReader(new Chopped(bytes, random));
            List<Event> events = new ArrayList<>();
            while (reader.next()) {
                String data = new String(readChopped(reader.data(), random), StandardCharsets.UTF_8);
                events.add(new Event(reader.event(), data));
            }
            if (reader.isCut() && events.size() > expected.size()) {
                events.remove(events.size() - 1); // one without its end, which the standard would drop
            }
            assertThat(events).as("round %d: %s", round, stream).isEqualTo(expected);
        }
    }

    private static String randomStream(RandomGenerator random) {
        String[] parts = {
            "data",
            "data:",
            "data: ",
            "event: ",
            "event",
            "id: 1",
            "retry: 3",
            ":",
            "x",
            "ü",
            " ",
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            "\r\n\r\n",
            "\r\r",
            "longer words of data",
            ": "
        };
        var stream = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
        for (int i = random.nextInt(60); i > 0; i--) {
            stream.append(parts[random.nextInt(parts.length)]);
        }
        return stream.toString();
    }

    /** The standard, followed by the letter, on all of the stream at once. */
    private static List<Event> reference(String stream) {
        String text = stream.startsWith("\uFEFF") ? stream.substring(1) : stream;
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\r\n|\r|\n", -1)));
        lines.remove(lines.size() - 1); // without an end it is no line
        List<Event> events = new ArrayList<>();
        String name = "";
        StringBuilder data = null;
        for (String line : lines) {
            if (line.isEmpty()) {
                if (data != null) {
                    events.add(new Event(name.isEmpty() ? "message" : name, data.substring(0, data.length() - 1)));
                }
                name = "";
                data = null;
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            if (field.equals("data")) {
                data = (data == null ? new StringBuilder() : data).append(value).append('\n');
            } else if (field.equals("event")) {
                name = value;
            }
        }
        return events;
    }

    private static byte[] readChopped(InputStream in, RandomGenerator random) throws IOException {
        var bytes = new ByteArrayOutputStream();
        byte[] target = new byte[8];
        while (true) {
            int length = 1 + random.nextInt(target.length);
            int count = in.read(target, 0, length);
            if (count < 0) {
                return bytes.toByteArray();
            }
            assertThat(count).isBetween(1, length);
            bytes.write(target, 0, count);
        }
    }

    /** Gives a few bytes at a time. */
    private static final class Chopped extends InputStream {
        private final byte[] bytes;
        private final RandomGenerator random;
        private int position;

        Chopped(byte[] bytes, RandomGenerator random) {
            this.bytes = bytes;
            this.random = random;
        }

        @Override
        public int read() {
            return position == bytes.length ? -1 : bytes[position++] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (position == bytes.length) {
                return -1;
            }
            int count = Math.min(Math.min(length, 1 + random.nextInt(6)), bytes.length - position);
            System.arraycopy(bytes, position, target, offset, count);
            position += count;
            return count;
        }
    }
}
