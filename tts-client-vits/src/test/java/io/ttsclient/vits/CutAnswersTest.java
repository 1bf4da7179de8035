// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.testkit.CutAnswers;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.SeededRandom;
import io.ttsclient.testkit.ServerAnswer;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LeakCheck.class)
class CutAnswersTest {
    private static final byte[] WAV = Wav.saying("Hello, world", AudioFormat.linear16(24_000));
    /** Enough for what is framed otherwise: an answer that is cut after each of its bytes is better short. */
    private static final byte[] SHORT_WAV = Wav.saying("Hi", AudioFormat.linear16(24_000));

    private static final int FIRST_EVENT = 300;

    @RegisterExtension
    final SeededRandom random = new SeededRandom();

    /** How audio comes. */
    enum Form {
        WAV(Dialect.OPENAI_SPEECH),
        WAV_OF_UNKNOWN_SIZE(Dialect.OPENAI_SPEECH),
        WAV_UNTIL_CLOSE(Dialect.OPENAI_SPEECH),
        EVENTS(Dialect.OPENAI_SPEECH),
        EVENTS_UNTIL_CLOSE(Dialect.OPENAI_SPEECH),
        BASE64(base64()),
        BASE64_IN_CHUNKS(base64());

        private final Dialect dialect;

        Form(Dialect dialect) {
            this.dialect = dialect;
        }

        private static Dialect base64() {
            return Dialect.builder("base64")
                    .route(Route.postJson("say").with("text", Value.TEXT).base64In("audio"))
                    .build();
        }

        VitsServer backend(String baseUrl) {
            VitsServerBuilder builder = VitsServer.builder().baseUrl(baseUrl).dialect(dialect);
            return (name().startsWith("EVENTS") ? builder.delivery(Delivery.EVENTS) : builder).build();
        }

        ServerAnswer answer() {
            return switch (this) {
                case WAV -> typed("audio/wav").body(CutAnswersTest.WAV);
                case WAV_OF_UNKNOWN_SIZE ->
                    typed("audio/wav")
                            .body(Wav.announcing(-1, SHORT_WAV))
                            .chunked()
                            .inPieces(777);
                case WAV_UNTIL_CLOSE -> typed("audio/wav").body(SHORT_WAV).untilClose();
                case EVENTS -> typed("text/event-stream").body(events());
                case EVENTS_UNTIL_CLOSE ->
                    typed("text/event-stream").body(events()).untilClose();
                case BASE64 -> typed("application/json").body(json());
                case BASE64_IN_CHUNKS ->
                    typed("application/json").body(json()).chunked().inPieces(777);
            };
        }

        private static ServerAnswer typed(String contentType) {
            return ServerAnswer.of(200).header("Content-Type", contentType);
        }

        private static String events() {
            return delta(Arrays.copyOf(SHORT_WAV, FIRST_EVENT))
                    + delta(Arrays.copyOfRange(SHORT_WAV, FIRST_EVENT, SHORT_WAV.length))
                    + "data: {\"type\":\"speech.audio.done\"}"; // which ends that line as well
        }

        private static String delta(byte[] audio) {
            return "data: {\"type\":\"speech.audio.delta\",\"audio\":\""
                    + Base64.getEncoder().encodeToString(audio) + "\"}\n\n";
        }

        private static String json() {
            return "{\"audio\":\"" + Base64.getEncoder().encodeToString(SHORT_WAV) + "\"}";
        }
    }

    @ParameterizedTest
    @EnumSource
    void stream_cutAnywhere_fails(Form form) {
        CutAnswers.assertNoneSucceeds(form.answer(), random, form::backend);
    }
}
