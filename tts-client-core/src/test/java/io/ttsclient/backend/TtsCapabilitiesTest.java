// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ttsclient.audio.AudioFormat;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TtsCapabilitiesTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(16_000);

    private final TtsCapabilities.Builder builder = TtsCapabilities.builder("red", FORMAT);

    @Test
    void build_nothingSaid_leavesItToTheClient() {
        TtsCapabilities capabilities = builder.build();

        assertThat(capabilities.concurrentStreams()).isEmpty();
        assertThat(capabilities.firstAudioPatience()).isEmpty();
        assertThat(capabilities.stallPatience()).isEmpty();
    }

    @Test
    void build_allSaid_isThere() {
        TtsCapabilities capabilities = builder.concurrentStreams(2)
                .patience(Duration.ofSeconds(60), Duration.ofSeconds(30))
                .build();

        assertThat(capabilities.concurrentStreams()).hasValue(2);
        assertThat(capabilities.firstAudioPatience()).contains(Duration.ofSeconds(60));
        assertThat(capabilities.stallPatience()).contains(Duration.ofSeconds(30));
    }

    @Test
    void builder_nonsense_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.concurrentStreams(0))
                .withMessage("concurrentStreams: 0, allowed at least 1");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.patience(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.patience(Duration.ofSeconds(1), Duration.ofSeconds(-1)));
    }
}
