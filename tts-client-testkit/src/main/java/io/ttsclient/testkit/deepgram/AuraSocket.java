// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.deepgram;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.testkit.ServerWebSocket;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Aura's protocol. It speaks at a flush only, one at a time: who flushes again before the acknowledgement, flushes nothing, or sends
 * blank text breaks a rule here, where the service would be vague.
 */
final class AuraSocket extends EmulatedSocket {
    private static final int CHARACTERS = 2_400;
    private static final int FLUSHES = 20;

    private final SlidingWindow characters = new SlidingWindow(CHARACTERS);
    private final SlidingWindow flushes = new SlidingWindow(FLUSHES);
    private final StringBuilder buffer = new StringBuilder();
    private boolean flushing;
    private boolean clearing;
    private boolean owesFlushed; // of a flush that was cleared
    private @Nullable Fault fault; // of the turn
    private int flushed;
    private int cleared;

    AuraSocket(DeepgramEmulator emulator, ServerWebSocket socket, AudioFormat format) {
        super(emulator, socket, format);
    }

    @Override
    void greet() throws IOException {
        say("{\"type\":\"Metadata\",\"request_id\":\"" + emulator().requestId() + "\",\"model_name\":\"aura\","
                + "\"model_version\":\"2025-04-07.0\",\"model_uuid\":\"u\",\"a_new_field\":{\"x\":[1]}}");
    }

    @Override
    void hear(ClientCommand command) throws IOException, InterruptedException {
        switch (command.type()) {
            case "Speak" -> speak(command);
            case "Flush" -> flush(command);
            case "Clear" -> clear(command);
            case "Close" -> {
                if (fault != null && fault.kind() == Fault.Kind.AUDIO_AFTER_CLOSE) {
                    sendAudio(audio("old"));
                }
                close(1_000, "");
            }
            default -> broken("a command that Aura does not know");
        }
    }

    private void speak(ClientCommand command) throws IOException {
        String text = command.get("text");
        if (!command.hasJust("text") || text.isBlank()) {
            broken("a Speak without text, or with more than text");
        } else if (text.length() > MAX_TEXT) {
            emulator().violated("a Speak of " + text.length() + " chars");
            close(1_009, "BIG-0001");
        } else if (!characters.admits(text.length(), emulator().time().nanoTime())) {
            emulator().violated("more than " + CHARACTERS + " chars in a minute");
            close(1_008, "DATA-0001");
        } else if (flushing) {
            broken("a Speak before the last Flush was acknowledged");
        } else {
            buffer.append(text);
        }
    }

    private void flush(ClientCommand command) throws IOException {
        if (!command.hasJust()) {
            broken("a Flush with fields");
        } else if (flushing) {
            broken("a Flush before the last one was acknowledged");
        } else if (buffer.isEmpty()) {
            broken("a Flush of nothing");
        } else if (!flushes.admits(1, emulator().time().nanoTime())) {
            emulator().violated("more than " + FLUSHES + " flushes in a minute");
            warnOfFlushes();
        } else {
            fault = emulator().nextTurnFault();
            if (fault != null && fault.kind() == Fault.Kind.IGNORED_FLUSH) {
                warnOfFlushes();
            } else {
                answer(fault);
            }
        }
    }

    private void warnOfFlushes() throws IOException {
        say("{\"type\":\"Warning\",\"description\":\"Too many flushes within the window\",\"code\":\"FLUSH_LIMIT\"}");
    }

    private void answer(@Nullable Fault turn) {
        flushing = true;
        if (owesFlushed) {
            owesFlushed = false;
            then(() -> say(acknowledgement("Flushed", flushed++)));
        }
        Fault.Kind kind = turn == null ? null : turn.kind();
        byte[] audio = audio(buffer.toString());
        buffer.setLength(0);
        if (kind == Fault.Kind.WARN && turn != null) {
            then(() -> say("{\"type\":\"Warning\",\"warn_code\":\"" + turn.words() + "\",\"warn_msg\":\"Beware.\"}"));
        }
        if (kind == Fault.Kind.NONSENSE) {
            then(() -> say("{\"type\":\"Fanfare\",\"text\":[[{}]],\"sequence_id\":7}"));
            then(() -> say("no JSON at all"));
            then(() -> say("[]"));
        }
        if (kind == Fault.Kind.FLUSHED_FIRST) {
            then(this::acknowledge);
        }
        if (kind != Fault.Kind.NO_AUDIO) {
            thenAudio(audio, turn);
        }
        if (kind != Fault.Kind.NO_FLUSHED && kind != Fault.Kind.FLUSHED_FIRST) {
            then(this::acknowledge);
        }
        if (kind == Fault.Kind.FLUSHED_TWICE) {
            then(() -> say(acknowledgement("Flushed", flushed - 1)));
        }
        if (kind == Fault.Kind.AUDIO_AFTERWARDS) {
            thenAudio(audio, null);
        }
        if (kind == Fault.Kind.ERROR_AFTERWARDS && turn != null) {
            thenError(turn.words());
        }
    }

    private void acknowledge() throws IOException {
        flushing = false;
        say(acknowledgement("Flushed", flushed++));
    }

    private String acknowledgement(String type, int number) {
        return "{\"type\":\"" + type + "\",\"sequence_id\":" + (emulator().countsNothing() ? 0 : number) + "}";
    }

    private void clear(ClientCommand command) throws IOException {
        if (!command.hasJust() || clearing) {
            broken("a Clear before the last one was acknowledged, or with fields");
            return;
        }
        if (!flushing && buffer.isEmpty() && emulator().ignoresIdle()) {
            return;
        }
        Fault.Kind kind = fault == null ? null : fault.kind();
        boolean wasFlushing = flushing;
        fault = null;
        forget();
        buffer.setLength(0);
        flushing = false;
        clearing = true;
        if (wasFlushing) {
            thenAudio(audio("old"), null); // what was on its way
        }
        if (kind == Fault.Kind.NO_CLEARED) {
            return;
        }
        String acknowledgement = acknowledgement("Cleared", cleared++);
        then(() -> {
            clearing = false;
            say(acknowledgement);
        });
        if (kind == Fault.Kind.CLEARED_TWICE) {
            then(() -> say(acknowledgement));
        }
        owesFlushed = kind == Fault.Kind.LATE_FLUSHED;
    }

    @Override
    Duration maxIdle() {
        return Duration.ofMinutes(5); // not documented, but there is a code for it
    }

    @Override
    String idleCode() {
        return "NET-0001";
    }

    @Override
    String error(String code) {
        return "{\"type\":\"error\",\"err_code\":\"" + code + "\",\"err_msg\":\"It failed.\"}";
    }
}
