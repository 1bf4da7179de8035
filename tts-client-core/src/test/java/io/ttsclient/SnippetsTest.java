// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.AudioSink;
import io.ttsclient.error.Category;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.Speech;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.FakeCall;
import io.ttsclient.testkit.LeakCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeakCheck.class)
class SnippetsTest {
    private final FakeBackend fake = FakeBackend.builder("fake", AudioFormat.linear16(8_000))
            .format(AudioFormat.mulaw(8_000))
            .build();

    @Test
    void file_spoken_isAWav(@TempDir Path directory) throws IOException {
        Snippets.file(fake, directory);

        assertThat(directory.resolve("hello.wav")).hasSize(44 + 11 * 160);
        assertThat(fake.isClosed()).isTrue();
    }

    @Test
    void stream_spoken_reachesTheSpeaker() throws IOException {
        var out = new ByteArrayOutputStream();

        Snippets.stream(fake, AudioSink.to(out));

        assertThat(out.toByteArray()).isEqualTo(FakeBackend.audioOf("Your table is ready.", AudioFormat.mulaw(8_000)));
        fake.awaitReleased();
    }

    @Test
    void async_spoken_isWholeSpeech() throws Exception {
        try (TtsClient tts = TtsClient.of(fake)) {
            Speech speech = Snippets.async(tts).get(20, TimeUnit.SECONDS);

            assertThat(speech.toBytes())
                    .isEqualTo(FakeBackend.audioOf("Please hold the line.", AudioFormat.linear16(8_000)));
        }
    }

    @Test
    void builder_defaults_reachTheBackend() {
        try (TtsClient tts = Snippets.builder(fake)) {
            tts.synthesize("Hello");
        }

        FakeCall call = fake.calls().get(0);
        assertThat(call.options().language()).contains("en-US");
        assertThat(call.options().timeout()).contains(Duration.ofMinutes(1));
    }

    @Test
    void failure_ofEachKind_isToldApart() {
        fake.enqueue(Behaviour.speak());
        fake.enqueue(Behaviour.fail(Category.QUOTA));
        fake.enqueue(Behaviour.fail(Category.UNAVAILABLE));
        fake.enqueue(Behaviour.fail(Category.CONTENT_REJECTED));
        try (TtsClient tts =
                TtsClient.builder().backend(fake).retry(RetryPolicy.none()).build()) {
            assertThat(Snippets.failure(tts, "Hello")).isEqualTo("PT0.05S of speech");
            assertThat(Snippets.failure(tts, "Hello")).startsWith("the account needs a look");
            assertThat(Snippets.failure(tts, "Hello")).isEqualTo("perhaps later");
            assertThat(Snippets.failure(tts, "Hello")).startsWith("not now");
            assertThat(Snippets.failure(tts, "?!")).startsWith("the request is wrong");
        }
    }
}
