// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.speech.AudioChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

class AudioRecordFuzz {
    private static final String KEY = "k";
    private static final int MAGIC = 0x54545301;

    /** What follows the magic number and comes before the checksum, which would keep everything else out. */
    @FuzzTest
    void read_anyBytesUnderARightChecksum_areAudioThatCanBeWrittenOrNothing(byte[] bytes) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(4 + bytes.length + 4);
        record.putInt(MAGIC).put(bytes);
        var checksum = new CRC32C();
        checksum.update(record.array(), 0, record.position());
        record.putInt((int) checksum.getValue()).flip();

        StoredAudio audio = AudioRecord.read(KEY, record).orElse(null);

        if (audio != null) {
            assertThat(audio.size()).isLessThanOrEqualTo(bytes.length);
            assertThat(AudioRecord.read(KEY, written(audio))).contains(audio);
        }
    }

    private static ByteBuffer written(StoredAudio audio) throws IOException {
        ByteBuffer head = AudioRecord.head(KEY, audio);
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(AudioRecord.size(head, audio)));
        all.put(head.duplicate());
        audio.chunks().stream().map(AudioChunk::bytes).forEach(all::put);
        return all.put(AudioRecord.checksum(head, audio)).flip();
    }
}
