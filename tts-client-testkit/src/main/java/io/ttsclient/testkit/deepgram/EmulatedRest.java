// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.deepgram;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.ServerRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** What a {@link DeepgramEmulator} answers over REST, to requests whose address and key are right. */
final class EmulatedRest {
    private static final int MAX_BODY = 2 * 1024 * 1024;

    /** What can go wrong with an answer that has begun. */
    private static final Set<Fault.Kind> FAULTS = EnumSet.of(
            Fault.Kind.NO_AUDIO,
            Fault.Kind.STALL,
            Fault.Kind.CUT,
            Fault.Kind.WARN,
            Fault.Kind.NONSENSE,
            Fault.Kind.ODD_FRAMES,
            Fault.Kind.ONE_FRAME,
            Fault.Kind.HALF_A_SAMPLE);

    private final DeepgramEmulator emulator;
    private final int concurrency;
    private final AtomicInteger open = new AtomicInteger();

    /** {@code concurrency} is how many texts may be spoken at once. */
    EmulatedRest(DeepgramEmulator emulator, int concurrency) {
        this.emulator = emulator;
        this.concurrency = concurrency;
    }

    ServerAnswer answer(ServerRequest request, Query query) {
        if (request.body().length > MAX_BODY) {
            emulator.violated("a REST body of " + request.body().length + " bytes");
            return emulator.error(413, "PAYLOAD_TOO_LARGE", "Payload Too Large");
        }
        if (open.get() >= concurrency) {
            return emulator.tooMany();
        }
        Optional<ClientCommand> body =
                ClientCommand.parse("{\"type\":\"REST\"," + request.text().replaceFirst("\\s*\\{", ""));
        if (body.isEmpty() || !body.get().hasJust("text")) {
            return emulator.error(400, "INVALID_JSON", "Invalid JSON submitted.");
        }
        String text = body.get().get("text");
        if (text.isBlank()) {
            return emulator.error(400, "Bad Request", "Input text contains no characters.");
        }
        if (text.length() > EmulatedSocket.MAX_TEXT) {
            emulator.violated("a REST text of " + text.length() + " chars");
            return emulator.error(413, "PAYLOAD_TOO_LARGE", "Payload Too Large");
        }
        return spoken(text, query);
    }

    private ServerAnswer spoken(String text, Query query) {
        Fault fault = emulator.nextTurnFault();
        Fault.Kind kind = fault == null ? null : fault.kind();
        if (kind != null && !FAULTS.contains(kind)) {
            emulator.violated("a fault that REST cannot play: " + fault);
        }
        AudioFormat format = query.format();
        byte[] audio = AudibleText.encode(kind == Fault.Kind.NO_AUDIO ? "" : text, format);
        if (kind == Fault.Kind.HALF_A_SAMPLE) {
            audio = Arrays.copyOf(audio, audio.length - 1);
        }
        byte[] body = format.container() == Container.WAV ? FakeBackend.wavOf(audio, format) : audio;
        int piece = format.encoding().isCompressed() ? 1_000 : (int) format.bytesIn(emulator.frame());
        int sent = kind == Fault.Kind.ODD_FRAMES ? piece + 1 : kind == Fault.Kind.ONE_FRAME ? body.length : piece;
        ServerAnswer answer = emulator.identified(ServerAnswer.of(200))
                .header("Content-Type", kind == Fault.Kind.NONSENSE ? "audio/;=,\"" : "audio/x")
                .header("dg-char-count", kind == Fault.Kind.NONSENSE ? "many" : Integer.toString(text.length()))
                .header("dg-model-name", query.model())
                .body(out -> send(body, Math.max(1, sent), out));
        if (fault != null && kind == Fault.Kind.WARN) {
            return answer.header("dg-warnings", fault.words());
        }
        if (fault != null && kind == Fault.Kind.STALL) {
            return answer.stallAt((long) piece * fault.number());
        }
        return fault != null && kind == Fault.Kind.CUT ? answer.cutAt((long) piece * fault.number()) : answer;
    }

    private void send(byte[] body, int piece, OutputStream out) throws IOException {
        open.incrementAndGet();
        try {
            for (int at = 0; at < body.length; at += piece) {
                out.write(body, at, Math.min(piece, body.length - at));
            }
        } finally {
            open.decrementAndGet();
        }
    }
}
