// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.testkit.CutAnswers;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.SeededRandom;
import io.ttsclient.testkit.ServerAnswer;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(LeakCheck.class)
class CutAnswersTest {
    private static final byte[] WAV = Wav.saying("Hello, world", AudioFormat.linear16(24_000));

    @RegisterExtension
    final SeededRandom random = new SeededRandom();

    static Stream<ServerAnswer> answers() {
        ServerAnswer wav =
                ServerAnswer.of(200).header("Content-Type", "audio/wav").body(WAV);
        byte[] unknownSize = Wav.announcing(-1, WAV);
        return Stream.of(wav, wav.body(unknownSize).chunked().inPieces(777));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void stream_cutAnywhere_fails(ServerAnswer whole) {
        CutAnswers.assertNoneSucceeds(
                whole,
                random,
                baseUrl -> VitsServer.builder()
                        .baseUrl(baseUrl)
                        .dialect(Dialect.OPENAI_SPEECH)
                        .build());
    }
}
