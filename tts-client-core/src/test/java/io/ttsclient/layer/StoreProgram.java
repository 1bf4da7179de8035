// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.speech.AudioChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Writes and reads audio in a directory until it is killed, and prints a line for each that it has written. */
final class StoreProgram {
    static final int KEYS = 20;
    static final long MAX_BYTES = 60_000;

    private StoreProgram() {}

    static String key(int number) {
        return String.format("%064x", number);
    }

    /** The one that belongs under a key: each has another length, and bytes that tell it. */
    static StoredAudio audio(int number) {
        byte[] bytes = new byte[5_000 + number];
        java.util.Arrays.fill(bytes, (byte) number);
        return new StoredAudio(
                AudioFormat.mulaw(8_000),
                List.of(new AudioChunk(ByteBuffer.wrap(bytes))),
                List.of(),
                null,
                Instant.EPOCH);
    }

    static boolean isWholeOrMissing(AudioStore store, int number) throws IOException {
        Optional<StoredAudio> read = store.read(key(number));
        return read.isEmpty() || read.get().equals(audio(number));
    }

    public static void main(String[] args) throws IOException {
        var random = new Random(Long.parseLong(args[1]));
        try (AudioStore store = AudioStore.directory(Path.of(args[0]), MAX_BYTES)) {
            while (isWholeOrMissing(store, random.nextInt(KEYS))) {
                int number = random.nextInt(KEYS);
                store.write(key(number), audio(number));
                System.out.println("written");
            }
        }
        System.out.println("not whole");
    }
}
