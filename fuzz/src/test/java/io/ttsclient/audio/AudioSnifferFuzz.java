// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Optional;

class AudioSnifferFuzz {
    @FuzzTest
    void sniff_anyBytes_needsTheFirstOnesOnly(byte[] bytes) {
        ByteBuffer all = ByteBuffer.wrap(bytes).asReadOnlyBuffer();

        Optional<AudioSniffer.Type> type = AudioSniffer.sniff(all);

        assertThat(all.remaining()).isEqualTo(bytes.length);
        ByteBuffer first = all.slice(0, Math.min(bytes.length, AudioSniffer.BYTES_NEEDED));
        assertThat(AudioSniffer.sniff(first)).isEqualTo(type);
    }
}
