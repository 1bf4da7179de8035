// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.ReloadableTtsClient;
import io.ttsclient.TtsClientConfig;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.deepgram.DeepgramEmulator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Over real sockets: what a reload leaves behind is over when what ran on it is. {@link LeakCheck} looks for the rest. */
@ExtendWith(LeakCheck.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReloadLeavesNothingTest {
    @Test
    void reload_whileASessionSpeaks_theFormerSocketsAndThreadsAreGone() throws Exception {
        ExecutorService player = Executors.newSingleThreadExecutor();
        try (DeepgramEmulator emulator = DeepgramEmulator.start()) {
            try (ReloadableTtsClient tts = ReloadableTtsClient.open(() -> config(emulator, "aura-2-thalia-en"));
                    SpeechSession session = tts.open(SpeechOptions.none())) {
                session.write("Your table is ready. ");
                for (String voice : List.of("aura-2-luna-en", "aura-2-apollo-en", "aura-2-orion-en")) {
                    tts.reload(config(emulator, voice));
                    assertThat(tts.synthesize("Please follow me.").report().voice())
                            .hasValue(voice);
                }
                Future<byte[]> heard = player.submit(() -> session.audio().toBytes());
                session.write("Please follow me.");
                session.finish();
                assertThat(heard.get(30, TimeUnit.SECONDS)).isNotEmpty();
            }
            emulator.awaitNoConnections();
        } finally {
            player.shutdown();
        }
    }

    private static TtsClientConfig config(DeepgramEmulator emulator, String voice) {
        return TtsClientConfig.fromJson(
                "{\"backends\": [{\"backend\": \"deepgram\", \"settings\": {\"apiKey\": \"${KEY}\", \"baseUrl\": \""
                        + emulator.baseUrl() + "\"}, \"options\": {\"voice\": \"" + voice + "\"}}]}",
                Map.of("KEY", DeepgramEmulator.KEY));
    }
}
