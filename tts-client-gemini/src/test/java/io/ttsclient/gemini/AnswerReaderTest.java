// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    private static final byte[] AUDIO = new byte[1000];

    static {
        new Random(1).nextBytes(AUDIO);
    }

    private final Answer answer = new Answer();

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String unary(String data) {
        return """
            {"candidates":[{"content":{"role":"model","parts":[{"inlineData":{"mimeType":"audio/L16;codec=pcm;rate=24000",
            "data":"%s"}}]},"finishReason":"STOP","index":0}],
            "usageMetadata":{"promptTokenCount":11,"candidatesTokensDetails":[{"modality":"AUDIO","tokenCount":50}]},
            "modelVersion":"gemini-3.8-flash-tts","responseId":"abc123"}
            """.formatted(data);
    }

    /** A stream that gives at most {@code most} bytes at a time. */
    private static InputStream trickling(String text, int most) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, most));
            }
        };
    }

    private byte[] readAll(InputStream in) throws IOException {
        return readAll(new AnswerReader(in, answer));
    }

    private static byte[] readAll(AnswerReader reader) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (ByteBuffer piece = reader.read(); piece != null; piece = reader.read()) {
            assertThat(piece.hasRemaining()).isTrue();
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            bytes.writeBytes(copy);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 13, 100, 20_000})
    void read_oneObject_givesItsAudioAndWhatItSays(int most) throws IOException {
        var reader = new AnswerReader(trickling(unary(base64(AUDIO)), most), answer);

        assertThat(readAll(reader)).isEqualTo(AUDIO);

        assertThat(reader.isComplete()).isTrue();
        assertThat(answer.isStopped()).isTrue();
        assertThat(answer.isFailed()).isFalse();
        assertThat(answer.mimeType()).contains("audio/L16;codec=pcm;rate=24000");
        assertThat(answer.responseId()).contains("abc123");
        assertThat(answer.error()).isEmpty();
    }

    @Test
    void read_bytesStillToCome_doesNotWaitForThem() throws IOException {
        String begun = unary(base64(AUDIO)).substring(0, unary("").indexOf("\"}}]}") + 20);
        InputStream hanging = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("it would have waited");
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                return read();
            }
        };
        var reader = new AnswerReader(new SequenceInputStream(trickling(begun, 5), hanging), answer);

        assertThat(reader.read()).extracting(ByteBuffer::remaining).isEqualTo(6);
        assertThat(answer.mimeType()).isPresent();
    }

    @Test
    void read_everyCut_isIncomplete() throws IOException {
        String json = unary(base64(AUDIO)).strip();
        for (int cut = 0; cut < json.length(); cut++) {
            var reader = new AnswerReader(trickling(json.substring(0, cut), 64), new Answer());

            byte[] before = readAll(reader);

            assertThat(before).isEqualTo(Arrays.copyOf(AUDIO, before.length));
            assertThat(reader.isComplete()).as("cut at %d", cut).isFalse();
        }
    }

    @Test
    void read_severalPartsTextAmongThem_givesTheAudioOfAll() throws IOException {
        String json = """
            {"candidates":[{"content":{"parts":[{"text":"\\"data\\":\\"AAAA\\" and {\\"inlineData\\":{\\"data\\":\\"x\\"}}"},
            {"inlineData":{"data":"%s","mimeType":"audio/l16"},"thoughtSignature":"data"},
            {"inline_data":{"mime_type":"audio/l16","data":"%s"}},{"inlineData":{"data":null,"mimeType":"audio/l16"}},
            {"functionCall":{"args":{"data":"AAAA"}}},{"data":"AAAA"},{"inlineData":{"d\\u0061ta" : \n "%s"}}]},"finishReason":"STOP"}]}
            """.formatted(base64(new byte[] {1}), base64(new byte[] {2, 3}), base64(new byte[] {4, 5, 6}));

        assertThat(readAll(trickling(json, 11))).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(answer.isStopped()).isTrue();
    }

    @Test
    void read_severalObjects_givesTheAudioOfAll() throws IOException {
        String json = unary(base64(AUDIO)).replace("\"finishReason\":\"STOP\",", "") + "\n"
                + "{\"candidates\":[{\"content\":{},\"finishReason\":\"STOP\"}]}";

        assertThat(readAll(trickling(json, 50))).isEqualTo(AUDIO);
        assertThat(answer.isStopped()).isTrue();
    }

    @Test
    void read_array_isReadAsWell() throws IOException {
        var reader = new AnswerReader(trickling("[" + unary(base64(AUDIO)) + ",{}]", 50), answer);

        assertThat(readAll(reader)).isEqualTo(AUDIO);
        assertThat(reader.isComplete()).isTrue();
        assertThat(answer.isStopped()).isTrue();
    }

    @Test
    void read_objectThatRefuses_endsThereWithTheAudioBefore() throws IOException {
        String refusing = unary(base64(AUDIO)).replace("STOP", "SAFETY");

        assertThat(readAll(trickling(refusing + "this would be no JSON", 40))).isEqualTo(AUDIO);

        assertThat(answer.isFailed()).isTrue();
        assertThat(answer.finishReason()).contains("SAFETY");
    }

    @Test
    void read_errorBehindAudio_isKept() throws IOException {
        String error = "{\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}";
        String json = unary(base64(AUDIO)).replace("\"finishReason\":\"STOP\",", "") + error;

        assertThat(readAll(trickling(json, 40))).isEqualTo(AUDIO);

        Answer.ErrorObject kept = answer.error().orElseThrow();
        assertThat(kept.status()).isEqualTo(503);
        assertThat(new String(kept.json(), StandardCharsets.UTF_8)).endsWith(error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RESOURCE_EXHAUSTED 429",
                "INVALID_ARGUMENT 400",
                "FAILED_PRECONDITION 400",
                "UNAUTHENTICATED 401",
                "PERMISSION_DENIED 403",
                "NOT_FOUND 404",
                "UNIMPLEMENTED 501",
                "UNAVAILABLE 503",
                "DEADLINE_EXCEEDED 504",
                "INTERNAL 500",
                "SOMETHING_NEW 500",
            })
    void error_withoutANumber_hasTheStatusOfItsName(String pair) throws IOException {
        String[] nameAndStatus = pair.split(" ", -1);
        readAll(trickling(
                "{\"error\":{\"code\":\"rate_limit_exceeded\",\"status\":\"" + nameAndStatus[0] + "\"}}", 50));

        assertThat(answer.error().orElseThrow().status()).isEqualTo(Integer.parseInt(nameAndStatus[1]));
    }

    @Test
    void read_blockedPrompt_isARefusal() throws IOException {
        assertThat(readAll(trickling("{\"promptFeedback\":{\"blockReason\":\"JAILBREAK\"}}", 50)))
                .isEmpty();

        assertThat(answer.isFailed()).isTrue();
        assertThat(answer.blockReason()).contains("JAILBREAK");
    }

    @Test
    void read_unspecifiedFinishReason_isNone() throws IOException {
        readAll(trickling(unary("").replace("STOP", "FINISH_REASON_UNSPECIFIED"), 50));

        assertThat(answer.finishReason()).isEmpty();
        assertThat(answer.isFailed()).isFalse();
    }

    @Test
    void read_nullErrorAndUnspecifiedBlockReason_areNone() throws IOException {
        String json = "{\"error\":null,\"promptFeedback\":{\"blockReason\":\"BLOCK_REASON_UNSPECIFIED\"},"
                + unary(base64(AUDIO)).strip().substring(1);

        assertThat(readAll(trickling(json, 50))).isEqualTo(AUDIO);

        assertThat(answer.error()).isEmpty();
        assertThat(answer.blockReason()).isEmpty();
        assertThat(answer.isFailed()).isFalse();
        assertThat(answer.isStopped()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":\"words\"}", "{\"error\":{}}", "{\"candidates\":[],\"error\":{\"code\":null}}"})
    void read_errorInAnyForm_isAFailure(String json) throws IOException {
        assertThat(readAll(trickling(json, 50))).isEmpty();

        assertThat(answer.isFailed()).isTrue();
        assertThat(answer.error().orElseThrow().status()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>secret</html>",
                "{\"candidates\":secret}",
                "{\"candidates\":[}",
                "secret",
                "{\"candidates\" \"secret\"}",
            })
    void read_noJson_isRefusedWithoutQuotingIt(String body) {
        assertThatThrownBy(() -> readAll(trickling(body + "\n\n", 7)))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void read_stringWithoutEndBesideTheAudio_isRefusedBeforeMemoryIsGone() {
        InputStream endless = new SequenceInputStream(Collections.enumeration(
                List.of(trickling("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"", 100), new InputStream() {
                    @Override
                    public int read() {
                        return 'a';
                    }
                })));

        assertThatThrownBy(() -> readAll(endless)).isInstanceOf(IOException.class);
    }

    @Test
    void read_emptyData_isNoAudio() throws IOException {
        assertThat(readAll(trickling(unary(""), 50))).isEmpty();
        assertThat(answer.isStopped()).isTrue();
    }
}
