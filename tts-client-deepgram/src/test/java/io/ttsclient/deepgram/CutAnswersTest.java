// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.CutAnswers;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.SeededRandom;
import io.ttsclient.testkit.ServerAnswer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers over REST. */
@ExtendWith(LeakCheck.class)
class CutAnswersTest {
    private static final AudioFormat SAMPLES = AudioFormat.linear16(24_000);

    @RegisterExtension
    final SeededRandom random = new SeededRandom();

    @ParameterizedTest
    @EnumSource(names = {"RAW", "WAV"})
    void stream_cutAnywhere_fails(Container container) {
        byte[] samples = FakeBackend.audioOf("Hi", SAMPLES);
        ServerAnswer answer = ServerAnswer.of(200)
                .header("Content-Type", container == Container.WAV ? "audio/wav" : "audio/l16;rate=24000")
                .header("dg-request-id", "dg-7")
                .body(container == Container.WAV ? FakeBackend.wavOf(samples, SAMPLES) : samples)
                .chunked()
                .inPieces(77);
        SpeechOptions options = SpeechOptions.builder()
                .format(new AudioFormat(Encoding.LINEAR16, container, 24_000, 1))
                .provider(DeepgramOptions.builder().rest().build())
                .build();

        CutAnswers.assertNoneSucceeds(answer, random, baseUrl -> asking(options, baseUrl));
    }

    private static TtsBackend asking(SpeechOptions options, String baseUrl) {
        return new DelegatingBackend(
                Deepgram.builder().apiKey("key").baseUrl(baseUrl).build()) {
            @Override
            public AudioSource stream(Synthesis synthesis) {
                return super.stream(synthesis.withOptions(options));
            }
        };
    }
}
