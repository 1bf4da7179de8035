// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.TtsClient;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.testkit.RecordingSink;
import io.ttsclient.testkit.deepgram.AudibleText;
import io.ttsclient.testkit.deepgram.DeepgramEmulator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the documents show. */
class DeepgramExampleTest {
    private final DeepgramEmulator emulator = DeepgramEmulator.start();
    private final String key = DeepgramEmulator.KEY;
    private final String url = emulator.baseUrl();

    @AfterEach
    void close() {
        emulator.close();
        assertThat(emulator.violations()).isEmpty();
    }

    @Test
    void voice_overAWarmWebSocket() {
        // @start region="voice"
        try (Deepgram deepgram = Deepgram.builder().apiKey(key).baseUrl(url).build();
                TtsClient tts = TtsClient.of(deepgram)) {
            deepgram.prewarm(); // the first request finds a socket
            SpeechRequest request = SpeechRequest.builder("Your table is ready.")
                    .voice("aura-2-thalia-en")
                    .build();
            try (AudioStream audio = tts.stream(request)) {
                assertThat(Scene.heard(audio)).isEqualTo("Your table is ready.");
            }
        }
        // @end
        assertThat(emulator.received()).hasSize(1);
    }

    @Test
    void session_textThatIsStillBeingWritten() throws Exception {
        ExecutorService player = Executors.newSingleThreadExecutor();
        var speaker = new RecordingSink();
        List<String> tokens = List.of("Your", " table is", " ready", ". Please", " come in.");
        try (Deepgram deepgram = Deepgram.builder().apiKey(key).baseUrl(url).build();
                TtsClient tts = TtsClient.of(deepgram)) {
            // @start region="growing"
            try (SpeechSession session = tts.open(SpeechOptions.voice("flux-haley-en"))) {
                Future<?> playing =
                        player.submit(() -> session.audio().transferTo(speaker)); // while it is being written
                for (String token : tokens) {
                    session.write(token);
                }
                session.finish();
                playing.get();
            }
            // @end
        } finally {
            player.shutdown();
        }
        assertThat(AudibleText.decode(speaker.toBytes(), Formats.DEFAULT))
                .isEqualTo("Your table is ready. Please come in.");
        assertThat(emulator.received()).hasSize(1);
    }

    @Test
    void options_forOneRequest() {
        try (Deepgram deepgram = Deepgram.builder().apiKey(key).baseUrl(url).build();
                TtsClient tts = TtsClient.of(deepgram)) {
            // @start region="options"
            SpeechOptions options = SpeechOptions.builder()
                    .voice("flux-haley-en")
                    .speed(1.15)
                    .provider(DeepgramOptions.builder()
                            .mipOptOut(true)
                            .tag("reservations")
                            .expressivity(1)
                            .build())
                    .build();
            SpeechRequest request = SpeechRequest.builder("Your table is ready.")
                    .options(options)
                    .build();
            // @end
            try (AudioStream audio = tts.stream(request)) {
                assertThat(Scene.heard(audio)).isEqualTo("Your table is ready.");
            }
        }
        assertThat(emulator.requests().get(0).target())
                .contains("model=flux-haley-en", "mip_opt_out=true", "tag=reservations", "expressivity=1");
    }

    @Test
    void rest_formatsThatNoWebSocketCarries() {
        try (Deepgram deepgram = Deepgram.builder().apiKey(key).baseUrl(url).build();
                TtsClient tts = TtsClient.of(deepgram)) {
            var opus = new AudioFormat(Encoding.OPUS, Container.OGG, 48_000, 1);
            byte[] bytes = tts.synthesize(SpeechRequest.builder("Your table is ready.")
                            .format(opus)
                            .build())
                    .toBytes();
            assertThat(bytes).isNotEmpty();
        }
        assertThat(emulator.received()).isEmpty();
        assertThat(emulator.requests().get(0).method()).isEqualTo("POST");
    }

    @Test
    void factory_byName_makesOneFromConfiguration() {
        TtsBackendFactory factory = TtsBackendFactory.named("deepgram");
        try (TtsBackend backend = factory.create(Map.of("apiKey", key, "baseUrl", url, "model", "aura-2-luna-en"))) {
            assertThat(backend)
                    .hasToString("Deepgram[" + url + ", SocketPool[AURA, 0 of 40], SocketPool[FLUX, 0 of 4]]");
        }
    }
}
