// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.TimingMark;
import io.ttsclient.testkit.VirtualTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What fits in memory: by bytes, not by entries. */
class AudioCacheTest {
    private static final int ENTRIES = 50;

    private final VirtualTime time = new VirtualTime();
    private final AudioCache cache = new AudioCache(CachePolicy.inMemory(10_000), time);

    private static CacheKey key(int number) {
        return new CacheKey(ByteBuffer.allocate(4).putInt(0, number));
    }

    private StoredAudio audio(int bytes, TimingMark... marks) {
        return new StoredAudio(
                AudioFormat.mulaw(8_000),
                List.of(new AudioChunk(ByteBuffer.allocate(bytes))),
                List.of(marks),
                null,
                time.now());
    }

    private List<Integer> kept(StoredAudio audio) {
        for (int i = 0; i < ENTRIES; i++) {
            cache.keepInMemory(key(i), audio);
        }
        var kept = new ArrayList<Integer>();
        for (int i = 0; i < ENTRIES; i++) {
            if (cache.inMemory(key(i)) != null) {
                kept.add(i);
            }
        }
        return kept;
    }

    @Test
    void keepInMemory_moreBytesThanFit_otherAudioGoes() {
        assertThat(kept(audio(4_000))).hasSizeBetween(1, 2);
    }

    @Test
    void keepInMemory_smallAudio_moreOfItFits() {
        assertThat(kept(audio(1_000))).hasSizeBetween(3, 6);
    }

    @Test
    void keepInMemory_tinyAudioWithMarks_isNotFree() {
        var mark = new TimingMark(TimingMark.Kind.WORD, 0, 5, Duration.ZERO, Duration.ofMillis(300));

        assertThat(kept(audio(1))).hasSizeLessThan(20);
        assertThat(kept(audio(1, Collections.nCopies(40, mark).toArray(TimingMark[]::new))))
                .hasSizeLessThan(4);
    }

    @Test
    void keepInMemory_longerThanAllMayBe_isNotKept() {
        cache.keepInMemory(key(1), audio(10_001));

        assertThat(cache.inMemory(key(1))).isNull();
    }
}
