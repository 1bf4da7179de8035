// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.deepgram;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.testkit.ServerWebSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Flux's protocol: one turn at a time is all that this library does, so a pending turn breaks a rule here. */
final class FluxSocket extends EmulatedSocket {
    private @Nullable String speech; // its id; null while idle
    private @Nullable Fault fault;
    private boolean finalizing;
    private int characters;
    private long turnBytes; // sent, of the speech
    private long sessionMillis;
    private long interruptedAt = -1;
    private int speeches;

    FluxSocket(DeepgramEmulator emulator, ServerWebSocket socket, AudioFormat format) {
        super(emulator, socket, format);
    }

    @Override
    void greet() throws IOException {
        say("{\"type\":\"Connected\",\"request_id\":\"" + emulator().requestId()
                + "\",\"model_name\":\"flux\",\"model_version\":\"2026.06.01\",\"model_uuids\":[\"u\"]}");
    }

    @Override
    void hear(ClientCommand command) throws IOException {
        switch (command.type()) {
            case "Speak" -> speak(command);
            case "Flush" -> flush(command);
            case "Interrupt" -> interrupt(command);
            case "Configure" -> configure(command);
            case "Close" ->
                then(() -> {
                    say("{\"type\":\"SessionMetadata\",\"total_audio_duration_ms\":" + sessionMillis
                            + ",\"total_input_character_count\":0,\"total_billable_character_count\":0}");
                    close(1_000, "");
                });
            default -> broken("a command that Flux does not know");
        }
    }

    private void speak(ClientCommand command) throws IOException {
        String text = command.get("text");
        if (!command.hasJust("text") || text.isBlank() || text.length() > MAX_TEXT) {
            broken("a Speak without text, with too much of it, or with more than text");
            return;
        }
        if (finalizing) {
            broken("a Speak before the last turn has ended");
            return;
        }
        if (speech == null) {
            begin();
        }
        characters += text.length();
        boolean isSilent = fault != null && fault.kind() == Fault.Kind.NO_AUDIO;
        if (!isSilent) {
            thenAudio(audio(text), fault);
        }
    }

    private void begin() {
        speech = "dg_sp_" + speeches++;
        fault = emulator().nextTurnFault();
        characters = 0;
        turnBytes = 0;
        String id = speech;
        then(() -> say("{\"type\":\"SpeechStarted\",\"speech_id\":\"" + id + "\"}"));
        if (fault != null && fault.kind() == Fault.Kind.WARN) {
            String code = fault.words();
            then(() -> say("{\"type\":\"Warning\",\"code\":\"" + code + "\",\"description\":\"Beware.\"}"));
        } else if (fault != null && fault.kind() == Fault.Kind.NONSENSE) {
            then(() -> say("{\"type\":\"Fanfare\",\"text\":[[{}]]}"));
            then(() -> say("no JSON at all"));
        }
    }

    private void flush(ClientCommand command) throws IOException {
        if (!command.hasJust()) {
            broken("a Flush with fields");
        } else if (speech == null || finalizing) {
            broken("a Flush without a turn");
        } else {
            finalizing = true;
            answer();
        }
    }

    private void answer() throws IOException {
        Fault.Kind kind = fault == null ? null : fault.kind();
        String flushed = "{\"type\":\"Flushed\",\"speech_id\":\"" + speech + "\"}";
        if (kind == Fault.Kind.FLUSHED_FIRST) {
            say(flushed);
        } else {
            then(() -> say(flushed));
        }
        if (kind != Fault.Kind.NO_FLUSHED) {
            then(this::tellMetadata);
        }
        if (kind == Fault.Kind.FLUSHED_TWICE) {
            then(() -> say(flushed));
        }
        if (kind == Fault.Kind.AUDIO_AFTERWARDS) {
            thenAudio(audio("stray"), null);
        }
        if (kind == Fault.Kind.ERROR_AFTERWARDS && fault != null) {
            thenError(fault.words());
        }
    }

    private void tellMetadata() throws IOException {
        sessionMillis += turnMillis();
        String json = "{\"type\":\"SpeechMetadata\"," + metadata(turnMillis()) + "}";
        speech = null;
        finalizing = false;
        say(json);
    }

    @Override
    void audioSent(int bytes) {
        turnBytes += bytes;
    }

    private long turnMillis() {
        return format().durationOf(turnBytes).toMillis();
    }

    private String metadata(long millis) {
        return "\"speech_id\":\"" + speech + "\",\"audio_duration_ms\":" + millis + ",\"input_character_count\":"
                + characters + ",\"billable_character_count\":" + characters
                + ",\"controls_applied\":{\"pronunciations_applied\":0}";
    }

    private void interrupt(ClientCommand command) throws IOException {
        boolean hasOffset = command.fields().size() > 0;
        if (hasOffset && !command.fields().keySet().equals(Set.of("playback_offset.type", "playback_offset.value"))) {
            broken("an Interrupt with other fields than playback_offset");
            return;
        }
        if (speech == null) {
            warn("NO_ACTIVE_SPEECH");
            return;
        }
        if (turnBytes == 0) {
            warn("NO_AUDIO_GENERATED");
            return;
        }
        long spoken = sessionMillis + turnMillis();
        long offset = hasOffset ? Long.parseLong(command.get("playback_offset.value")) : spoken;
        if (hasOffset && (offset <= interruptedAt || offset > spoken)) {
            warn("INVALID_INTERRUPT_OFFSET");
            return;
        }
        quiet(offset);
    }

    private void quiet(long offset) {
        forget();
        Fault.Kind kind = fault == null ? null : fault.kind();
        String metadata = metadata(offset - sessionMillis);
        interruptedAt = offset;
        sessionMillis = offset;
        speech = null;
        finalizing = false;
        thenAudio(audio("old"), null); // what was on its way
        if (kind != Fault.Kind.NO_CLEARED) {
            then(() -> say("{\"type\":\"SpeechInterrupted\",\"audio_played_ms\":" + offset
                    + ",\"text_spoken\":\"\",\"text_remaining\":\"\",\"metadata\":{" + metadata + "}}"));
        }
    }

    private void warn(String code) throws IOException {
        say("{\"type\":\"Warning\",\"code\":\"" + code + "\",\"description\":\"It is ignored.\"}");
    }

    private void configure(ClientCommand command) throws IOException {
        String speed = command.get("speed");
        if (speech == null && emulator().ignoresIdle()) {
            return;
        }
        if (!command.hasJust("speed")) {
            broken("a Configure of something else than speed");
        } else if (Query.isSpeed(speed, true)) {
            say("{\"type\":\"ConfigureSuccess\",\"applied\":{\"speed\":" + speed + "}}");
        } else {
            emulator().violated("a speed of " + speed);
            say("{\"type\":\"ConfigureFailure\",\"code\":\"SPEED_OUT_OF_RANGE\",\"field\":\"speed\",\"value\":" + speed
                    + ",\"description\":\"No.\"}");
        }
    }

    @Override
    void announce(String code) throws IOException {
        say(error(code));
    }

    @Override
    Duration maxIdle() {
        return Duration.ofSeconds(60);
    }

    @Override
    String idleCode() {
        return "NET-0004";
    }

    @Override
    String error(String code) {
        return "{\"type\":\"Error\",\"code\":\"" + code + "\",\"description\":\"It failed.\"}";
    }
}
