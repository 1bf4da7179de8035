// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.deepgram;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.testkit.ServerWebSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of a {@link DeepgramEmulator}: what it has in common whichever product speaks. The thread of the connection receives and
 * sends; between two frames of audio it looks whether the client has said something.
 */
abstract class EmulatedSocket {
    static final int MAX_TEXT = 2_000;
    /** The service names no limit but for REST; the longest text, with each character escaped, is within this. */
    private static final int MAX_MESSAGE = 16 * 1024;

    private static final int TOO_BIG = 1_009;
    private static final int SPLIT = 333;
    private static final int POLICY = 1_008;

    private final DeepgramEmulator emulator;
    private final ServerWebSocket socket;
    private final AudioFormat format;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final Deque<Step> steps = new ArrayDeque<>(); // what is still to be sent, of the connection's thread
    private final AtomicBoolean hasLeft = new AtomicBoolean();
    private volatile boolean stalled;
    private volatile boolean ended;

    /** Something to send. */
    interface Step {
        void send() throws IOException, InterruptedException;
    }

    EmulatedSocket(DeepgramEmulator emulator, ServerWebSocket socket, AudioFormat format) {
        this.emulator = emulator;
        this.socket = socket;
        this.format = format;
    }

    /** The client has opened it. */
    abstract void greet() throws IOException;

    /** The client said something that is a command. */
    abstract void hear(ClientCommand command) throws IOException, InterruptedException;

    /** How long the client may say nothing. */
    abstract Duration maxIdle();

    /** What the service closes an idle socket with. */
    abstract String idleCode();

    /** So much audio has gone out. */
    void audioSent(int bytes) {
        // Aura keeps no account of it.
    }

    void play() throws IOException, InterruptedException {
        var age = emulator.time().schedule(emulator.maxAge(), () -> closeQuietly(1_011, "NET-0003"));
        var idle = new IdleLimit(emulator.time(), maxIdle(), () -> closeQuietly(1_011, idleCode()));
        try {
            greet();
            while (!ended) {
                Step next = steps.peek();
                if (next != null && !socket.hasMore()) {
                    steps.poll();
                    next.send();
                    continue;
                }
                ServerWebSocket.Message message = socket.receive();
                if (message == null) {
                    return;
                }
                idle.restart();
                receive(message);
            }
        } finally {
            age.remove();
            idle.stop();
            leave();
        }
    }

    /** Its place is free before the client can know that it is. */
    private void leave() {
        if (!hasLeft.getAndSet(true)) {
            emulator.left(this);
        }
    }

    private void closeQuietly(int code, String reason) {
        if (stalled) {
            return; // who has stalled does not even close
        }
        try {
            leave();
            announce(reason);
            socket.close(code, words(reason));
        } catch (IOException e) {
            ended = true; // the client is gone
        }
    }

    private static String words(String code) {
        return code.isEmpty() ? "" : "Deepgram says " + code + ". See https://dpgr.am/" + code;
    }

    private void receive(ServerWebSocket.Message message) throws IOException, InterruptedException {
        emulator.count(socket);
        if (!message.isText()) {
            close(1_003, "MESSAGE-0000");
            return;
        }
        if (message.bytes().length > MAX_MESSAGE) {
            emulator.violated("a message of " + message.bytes().length + " bytes");
            announce("BIG-0000");
            close(TOO_BIG, "BIG-0000");
            return;
        }
        received.add(message.text());
        Optional<ClientCommand> command = ClientCommand.parse(message.text());
        if (command.isEmpty()) {
            broken("what was sent is no command");
            return;
        }
        hear(command.get());
    }

    /** The client has broken a rule: closed, and taken down. */
    void broken(String rule) throws IOException {
        emulator.violated(rule);
        announce("DATA-0000");
        close(POLICY, "DATA-0000");
    }

    /** Flux tells an error before it closes for it. */
    void announce(String code) throws IOException {
        // Aura says it in the close only.
    }

    /** Closes with a code of Deepgram's. */
    void close(int code, String reason) throws IOException {
        steps.clear();
        ended = true;
        leave();
        socket.close(code, words(reason));
    }

    void cut() throws IOException {
        ended = true;
        leave();
        socket.cut();
    }

    void stall() throws IOException, InterruptedException {
        stalled = true;
        socket.stall();
    }

    void say(String json) throws IOException {
        emulator.count(socket);
        socket.send(json);
    }

    void then(Step step) {
        steps.add(step);
    }

    /** Forgets what was to be sent. */
    void forget() {
        steps.clear();
    }

    /** The frames of {@code audio}, each to be sent in its time. */
    void thenAudio(byte[] audio, @Nullable Fault fault) {
        int size = (int) format.bytesIn(emulator.frame());
        if (fault != null && fault.kind() == Fault.Kind.ODD_FRAMES) {
            size = size % 2 == 0 ? size + 1 : size;
        } else if (fault != null && fault.kind() == Fault.Kind.ONE_FRAME) {
            size = Math.max(1, audio.length);
        }
        int length = fault != null && fault.kind() == Fault.Kind.HALF_A_SAMPLE ? audio.length - 1 : audio.length;
        int frames = 0;
        for (int at = 0; at < length; at += size, frames++) {
            if (fault != null && breaks(fault, frames)) {
                return;
            }
            byte[] frame = Arrays.copyOfRange(audio, at, Math.min(length, at + size));
            boolean isSplit = fault != null && fault.kind() == Fault.Kind.SPLIT_FRAMES;
            then(() -> {
                emulator.count(socket);
                send(frame, isSplit);
                audioSent(frame.length);
                emulator.pace(format.durationOf(frame.length));
            });
        }
        if (fault != null) {
            breaks(fault, Integer.MAX_VALUE);
        }
    }

    private void send(byte[] frame, boolean isSplit) throws IOException {
        if (isSplit) {
            socket.sendSplit(frame, SPLIT);
        } else {
            socket.send(frame);
        }
    }

    /** Audio in no time, not a step of its turn. */
    void sendAudio(byte[] audio) throws IOException {
        socket.send(audio);
    }

    /** What a fault does in the middle of audio; returns whether nothing follows. */
    private boolean breaks(Fault fault, int frames) {
        switch (fault.kind()) {
            case STALL -> {
                if (frames == fault.number()) {
                    then(this::stall);
                }
            }
            case CUT -> {
                if (frames >= fault.number()) {
                    then(this::cut);
                    return true;
                }
            }
            case CLOSE -> {
                if (frames >= 1) {
                    then(() -> close(fault.number(), fault.words()));
                    return true;
                }
            }
            case ERROR, ERROR_FIRST -> {
                if (frames >= 1 || fault.kind() == Fault.Kind.ERROR_FIRST) {
                    thenError(fault.words());
                    return true;
                }
            }
            default -> {
                return false;
            }
        }
        return false;
    }

    /** Tells an error, and closes for it. */
    void thenError(String code) {
        then(() -> {
            say(error(code));
            close(1_011, code);
        });
    }

    abstract String error(String code);

    DeepgramEmulator emulator() {
        return emulator;
    }

    AudioFormat format() {
        return format;
    }

    byte[] audio(String text) {
        return AudibleText.encode(text, format);
    }

    List<String> received() {
        return received;
    }
}
