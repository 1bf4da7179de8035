// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.faults;

import static io.ttsclient.testkit.WireFault.Direction.TO_CLIENT;
import static io.ttsclient.testkit.WireFault.Direction.TO_SERVER;

import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.WireFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a server, or what lies between, does to one request for a WAV. */
final class WireFaults {
    private static final int WAV_HEADER_BYTES = 44;
    private static final int MIDDLE_OF_AUDIO = 2_560;
    private static final int MIDDLE = WAV_HEADER_BYTES + MIDDLE_OF_AUDIO;

    private final byte[] wav;
    private final ServerAnswer whole;
    private final int head;
    private final List<Row> rows = new ArrayList<>();

    /** How a fault shows. */
    enum Kind {
        /** In what comes. */
        BROKEN,
        /** In what comes, and how much of it was read before is up to the system. */
        RESET,
        /** In that nothing comes, and a timeout has to end it. */
        SILENT,
        /** In that the connection is never ready, which a timeout has to end. */
        HANDSHAKE
    }

    /**
     * A fault.
     *
     * @param heard how many bytes of audio come before a silence
     * @param answer of the server
     * @param wire what happens on the way
     */
    @SuppressWarnings("ArrayRecordComponent") // written as a list of arguments, and never compared
    record Row(String phase, String name, Kind kind, int heard, ServerAnswer answer, WireFault... wire) {
        boolean isSilent() {
            return kind == Kind.SILENT;
        }
    }

    private WireFaults(byte[] wav) {
        this.wav = wav;
        whole = ServerAnswer.of(200).header("Content-Type", "audio/wav").body(wav);
        head = whole.asRaw().size() - wav.length;
    }

    /** All of them, around an answer with {@code wav}. */
    static List<Row> around(byte[] wav) {
        return new WireFaults(wav).rows();
    }

    private List<Row> rows() {
        connect();
        headers();
        beforeFirstAudio();
        midAudio();
        end();
        return rows;
    }

    private void connect() {
        add("connect", "closes at once", Kind.BROKEN, whole, WireFault.cutAfter(TO_SERVER, 0));
        add("connect", "resets at once", Kind.BROKEN, whole, WireFault.resetAfter(TO_SERVER, 0));
        add("connect", "never shakes hands for TLS", Kind.HANDSHAKE, whole, WireFault.silenceAfter(TO_SERVER, 0));
        add("connect", "accepts 20 ms late", Kind.BROKEN, whole, WireFault.slowAccept(Duration.ofMillis(20)));
    }

    private void headers() {
        String phase = "headers";
        add(phase, "request cut on the way", Kind.BROKEN, whole, WireFault.cutAfter(TO_SERVER, 100));
        add(phase, "request reset on the way", Kind.BROKEN, whole, WireFault.resetAfter(TO_SERVER, 100));
        add(phase, "request lost on the way", Kind.SILENT, whole, WireFault.silenceAfter(TO_SERVER, 100));
        add(phase, "hangs up", Kind.BROKEN, ServerAnswer.hangUp());
        add(phase, "resets", Kind.BROKEN, whole.asRaw().resetAt(0));
        add(phase, "says nothing", Kind.SILENT, ServerAnswer.silence());
        add(phase, "cut in the headers", Kind.BROKEN, whole.asRaw().cutAt(20));
        add(phase, "reset in the headers", Kind.BROKEN, whole.asRaw().resetAt(20));
        add(phase, "silent in the headers", Kind.SILENT, whole.asRaw().stallAt(20));
        add(phase, "half-open in the headers", Kind.SILENT, whole, WireFault.silenceAfter(TO_CLIENT, 20));
        add(phase, "speaks no HTTP", Kind.BROKEN, ServerAnswer.raw("SSH-2.0-OpenSSH_9.6\r\n"));
        add(phase, "first byte corrupted", Kind.BROKEN, whole, WireFault.corruptAt(TO_CLIENT, 0));
        for (int status : new int[] {302, 400, 401, 402, 404, 429, 500, 501, 503, 529}) {
            add(phase, "answers " + status, Kind.BROKEN, ServerAnswer.of(status).body("no"));
        }
        ServerAnswer limit = ServerAnswer.of(429).header("Retry-After", "3600");
        add(phase, "answers 429, for an hour", Kind.BROKEN, limit);
    }

    private void beforeFirstAudio() {
        String phase = "before first audio";
        ServerAnswer ok = ServerAnswer.of(200);
        add(phase, "200 and nothing", Kind.BROKEN, ok);
        add(phase, "200 and an error in JSON", Kind.BROKEN, ok.body("{\"error\":\"no\"}"));
        add(phase, "200 and a page", Kind.BROKEN, ok.body("<html>Bad Gateway</html>"));
        add(phase, "a WAV without samples", Kind.BROKEN, ok.body(emptyWav()));
        add(phase, "cut in the WAV's header", Kind.BROKEN, whole.cutAt(WAV_HEADER_BYTES / 2));
        add(phase, "cut behind the WAV's header", Kind.BROKEN, whole.cutAt(WAV_HEADER_BYTES));
        add(phase, "reset behind the WAV's header", Kind.BROKEN, whole.resetAt(WAV_HEADER_BYTES));
        add(phase, "silent behind the WAV's header", Kind.SILENT, whole.stallAt(WAV_HEADER_BYTES));
        add(phase, "half-open behind the headers", Kind.SILENT, whole, WireFault.silenceAfter(TO_CLIENT, head));
        add(phase, "WAV's first byte corrupted", Kind.BROKEN, whole, WireFault.corruptAt(TO_CLIENT, head));
        add(phase, "10 ms slower", Kind.BROKEN, whole, WireFault.latency(Duration.ofMillis(10)));
    }

    private void midAudio() {
        String phase = "mid audio";
        add(phase, "cut, of a known length", Kind.BROKEN, whole.cutAt(MIDDLE));
        add(phase, "cut, in chunks", Kind.BROKEN, whole.chunked().cutAt(MIDDLE));
        add(
                phase,
                "cut, until the end of the connection",
                Kind.BROKEN,
                whole.untilClose().cutAt(MIDDLE));
        add(phase, "ends early and well", Kind.BROKEN, whole.body(Arrays.copyOf(wav, MIDDLE)));
        add(phase, "cut on the way", Kind.BROKEN, whole, WireFault.cutAfter(TO_CLIENT, head + MIDDLE));
        add(phase, "reset", Kind.RESET, whole.resetAt(MIDDLE));
        add(phase, "reset on the way", Kind.RESET, whole, WireFault.resetAfter(TO_CLIENT, head + MIDDLE));
        addSilence(phase, "silent", MIDDLE_OF_AUDIO, whole.stallAt(MIDDLE));
        addSilence(phase, "half-open", MIDDLE_OF_AUDIO, whole, WireFault.silenceAfter(TO_CLIENT, head + MIDDLE));
        add(phase, "a sample corrupted", Kind.BROKEN, whole, WireFault.corruptAt(TO_CLIENT, head + MIDDLE));
        add(phase, "500 kB a second", Kind.BROKEN, whole, WireFault.bandwidth(500_000));
    }

    private void end() {
        String phase = "end";
        int audio = wav.length - WAV_HEADER_BYTES;
        ServerAnswer chunked = whole.chunked().asRaw();
        add(phase, "last sample cut", Kind.BROKEN, whole.cutAt(wav.length - 1));
        add(phase, "last chunk missing", Kind.BROKEN, chunked.cutAt(chunked.size() - 5));
        addSilence(phase, "silent before the last chunk", audio, chunked.stallAt(chunked.size() - 5));
        add(phase, "reset before the last sample", Kind.RESET, whole.resetAt(wav.length - 2));
        int last = head + wav.length - 2;
        add(phase, "cut on the way", Kind.BROKEN, whole, WireFault.cutAfter(TO_CLIENT, last));
        addSilence(
                phase, "half-open before the last sample", audio - 2, whole, WireFault.silenceAfter(TO_CLIENT, last));
        add(phase, "last sample corrupted", Kind.BROKEN, whole, WireFault.corruptAt(TO_CLIENT, last));
    }

    private byte[] emptyWav() {
        byte[] empty = Arrays.copyOf(wav, WAV_HEADER_BYTES);
        Arrays.fill(empty, WAV_HEADER_BYTES - 4, WAV_HEADER_BYTES, (byte) 0);
        return empty;
    }

    private void add(String phase, String name, Kind kind, ServerAnswer answer, WireFault... wire) {
        rows.add(new Row(phase, name, kind, 0, answer, wire));
    }

    private void addSilence(String phase, String name, int heard, ServerAnswer answer, WireFault... wire) {
        rows.add(new Row(phase, name, Kind.SILENT, heard, answer, wire));
    }
}
