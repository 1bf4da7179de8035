// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.TimingMark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * {@link StoredAudio} as bytes, big-endian:
 *
 * <pre>
 * int magic | int length of the head | head | chunks, one after the other | int CRC-32C of all before
 * head: key | encoding | container | int rate | int channels | boolean has voice [| voice] | long made at, epoch ms
 *       | int marks | marks | int chunks | int length of each
 * mark: kind | int text start, end | long start, end, in ns
 * </pre>
 *
 * Strings are as {@link DataOutputStream#writeUTF} writes them.
 */
final class AudioRecord {
    private static final int MAGIC = 0x54545301; // "TTS", version 1
    private static final int PREFIX_BYTES = 8;
    private static final int CHECKSUM_BYTES = 4;

    private AudioRecord() {}

    /** All but the chunks and the checksum. */
    static ByteBuffer head(String key, StoredAudio audio) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeUTF(key);
        AudioFormat format = audio.format();
        out.writeUTF(format.encoding().name());
        out.writeUTF(format.container().name());
        out.writeInt(format.sampleRate());
        out.writeInt(format.channels());
        String voice = audio.voice();
        out.writeBoolean(voice != null);
        if (voice != null) {
            out.writeUTF(voice);
        }
        out.writeLong(audio.madeAt().toEpochMilli());
        out.writeInt(audio.timings().size());
        for (TimingMark mark : audio.timings()) {
            out.writeUTF(mark.kind().name());
            out.writeInt(mark.textStart());
            out.writeInt(mark.textEnd());
            out.writeLong(mark.start().toNanos());
            out.writeLong(mark.end().toNanos());
        }
        out.writeInt(audio.chunks().size());
        for (AudioChunk chunk : audio.chunks()) {
            out.writeInt(chunk.size());
        }
        ByteBuffer head = ByteBuffer.allocate(PREFIX_BYTES + bytes.size());
        return head.putInt(MAGIC).putInt(bytes.size()).put(bytes.toByteArray()).flip();
    }

    /** What follows the chunks. */
    static ByteBuffer checksum(ByteBuffer head, StoredAudio audio) {
        var checksum = new CRC32C();
        checksum.update(head.duplicate());
        audio.chunks().forEach(chunk -> checksum.update(chunk.bytes()));
        return ByteBuffer.allocate(CHECKSUM_BYTES)
                .putInt((int) checksum.getValue())
                .flip();
    }

    /** How many bytes it takes. */
    static long size(ByteBuffer head, StoredAudio audio) {
        return head.remaining() + audio.size() + CHECKSUM_BYTES;
    }

    /** What was written under {@code key}; empty if these bytes are something else, or damaged. */
    static Optional<StoredAudio> read(String key, ByteBuffer bytes) {
        int size = bytes.remaining();
        if (size < PREFIX_BYTES + CHECKSUM_BYTES || bytes.getInt(0) != MAGIC) {
            return Optional.empty();
        }
        var checksum = new CRC32C();
        checksum.update(bytes.slice(0, size - CHECKSUM_BYTES));
        if ((int) checksum.getValue() != bytes.getInt(size - CHECKSUM_BYTES)) {
            return Optional.empty();
        }
        int headLength = bytes.getInt(4);
        int audioLength = size - PREFIX_BYTES - headLength - CHECKSUM_BYTES;
        if (headLength < 0 || audioLength < 0) {
            return Optional.empty();
        }
        byte[] head = new byte[headLength];
        bytes.get(PREFIX_BYTES, head);
        try {
            var in = new DataInputStream(new ByteArrayInputStream(head));
            return in.readUTF().equals(key)
                    ? Optional.of(read(in, bytes.slice(PREFIX_BYTES + headLength, audioLength)))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
            return Optional.empty(); // a version that we do not know, with a checksum that is right
        }
    }

    private static StoredAudio read(DataInputStream in, ByteBuffer audio) throws IOException {
        var encoding = Encoding.valueOf(in.readUTF());
        var container = Container.valueOf(in.readUTF());
        var format = new AudioFormat(encoding, container, in.readInt(), in.readInt());
        String voice = in.readBoolean() ? in.readUTF() : null;
        Instant madeAt = Instant.ofEpochMilli(in.readLong());
        List<TimingMark> timings = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            timings.add(new TimingMark(
                    TimingMark.Kind.valueOf(in.readUTF()),
                    in.readInt(),
                    in.readInt(),
                    Duration.ofNanos(in.readLong()),
                    Duration.ofNanos(in.readLong())));
        }
        List<AudioChunk> chunks = new ArrayList<>();
        int at = 0;
        for (int left = in.readInt(); left > 0; left--) {
            int length = in.readInt();
            chunks.add(new AudioChunk(audio.slice(at, length)));
            at += length;
        }
        return new StoredAudio(format, chunks, timings, voice, madeAt);
    }
}
