// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.ServerRequest;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.gemini.GeminiEmulator;
import io.ttsclient.testkit.gemini.GeminiReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of the audio of an answer, whole and cut. */
@ExtendWith(LeakCheck.class)
class GeminiAudioTest {
    private static final String TEXT = "Your table is ready.";
    private static final int EARLY_CUTS = 2_000;

    private final GeminiEmulator emulator = GeminiEmulator.start();

    @AfterEach
    void close() {
        emulator.close();
    }

    private GeminiBuilder builder() {
        return Gemini.builder().apiKey(GeminiEmulator.KEY).baseUrl(emulator.url());
    }

    private static Speaking speak(GeminiBuilder builder, SpeechOptions options) {
        try (Gemini backend = builder.build()) {
            return Speaking.of(backend, TEXT, options);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "audio/wav, linear16 24000 Hz",
        "audio/L16;codec=pcm;rate=24000, linear16 24000 Hz",
        "AUDIO/l16 ; RATE = 16000 ; channels=1, linear16 16000 Hz",
        "audio/pcm, linear16 24000 Hz",
        "audio/l16; rate=48000; channels=2, linear16 48000 Hz stereo",
        "audio/mulaw, mulaw 8000 Hz",
        "audio/basic;rate=16000, mulaw 16000 Hz",
        "audio/PCMA, alaw 8000 Hz",
    })
    void format_anySpelling_isUnderstood(String mimeType, String format) {
        emulator.always(GeminiReply.speak().mimeType(mimeType));
        try (Gemini backend = builder().build();
                AudioSource source = backend.stream(TestSynthesis.of(TEXT))) {
            assertThat(source.format()).hasToString(format);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear16", "mulaw", "alaw"})
    void read_wavWhateverItIsCalled_givesItsSamples(String encoding) {
        AudioFormat format = switch (encoding) {
            case "mulaw" -> AudioFormat.mulaw(8_000);
            case "alaw" -> AudioFormat.alaw(8_000);
            default -> AudioFormat.linear16(24_000);
        };
        SpeechOptions options = SpeechOptions.builder().format(format).build();
        for (String mimeType : new String[] {"audio/wav", "audio/l16", "nonsense"}) {
            emulator.always(GeminiReply.speak().wav().mimeType(mimeType));
            for (boolean streaming : new boolean[] {true, false}) {
                Speaking speaking = speak(builder().streaming(streaming), options);
                assertThat(speaking.failure()).isNull();
                assertThat(speaking.audio()).isEqualTo(GeminiEmulator.audioOf(TEXT, format));
            }
        }
    }

    @Test
    void read_streamOfWavs_givesTheSamplesOfAll() {
        AudioFormat format = AudioFormat.linear16(24_000);
        byte[] audio = GeminiEmulator.audioOf(TEXT, format);
        var events = new StringBuilder();
        for (int at = 0; at < audio.length; at += 2_000) {
            byte[] samples = Arrays.copyOfRange(audio, at, Math.min(audio.length, at + 2_000));
            events.append("data: ")
                    .append(answer("\"mimeType\":\"audio/wav\"," + data(FakeBackend.wavOf(samples, format)), ""));
        }
        emulator.always(events(events + "data: {\"candidates\":[{\"finishReason\":\"STOP\"}]}\n\n"));

        Speaking speaking = speak(builder(), SpeechOptions.none());

        assertThat(speaking.failure()).isNull();
        assertThat(speaking.audio()).isEqualTo(audio);
    }

    private static String data(byte[] audio) {
        return "\"data\":\"" + Base64.getEncoder().encodeToString(audio) + "\"";
    }

    private static String answer(String inlineData, String more) {
        return "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{" + inlineData + "}}]}" + more + "}]}\n\n";
    }

    private static GeminiReply events(String body) {
        return GeminiReply.speak()
                .wire(answer -> ServerAnswer.of(200)
                        .header("Content-Type", "text/event-stream")
                        .body(body));
    }

    @ParameterizedTest
    @CsvSource({
        "RIFF, linear16 24000 Hz",
        "RIFF0000AVI 0000, linear16 24000 Hz",
        "RIF, TRUNCATED",
        "RIFFwave, linear16 24000 Hz",
    })
    void read_samplesThatBeginLikeAWav_areSamples(String samples, String formatOrFailure) {
        byte[] bytes = samples.getBytes(StandardCharsets.US_ASCII);
        emulator.always(GeminiReply.json(answer(data(bytes), ",\"finishReason\":\"STOP\"")));

        Speaking speaking = speak(builder().streaming(false), SpeechOptions.none());

        if (formatOrFailure.equals("TRUNCATED")) {
            assertThat(speaking.thrown().category()).isEqualTo(Category.TRUNCATED);
        } else {
            assertThat(speaking.failure()).isNull();
            assertThat(speaking.audio()).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "audio/l16; rate=24000, false",
        "audio/l16; rate=16000, true",
        "audio/mulaw, true",
        "image/png, true",
    })
    void read_typeBehindTheData_isHeldAgainstWhatWasAsked(String mimeType, boolean another) {
        byte[] audio = GeminiEmulator.audioOf(TEXT, AudioFormat.linear16(24_000));
        emulator.always(GeminiReply.json(
                answer(data(audio) + ",\"mimeType\":\"" + mimeType + "\"", ",\"finishReason\":\"STOP\"")));

        for (boolean streaming : new boolean[] {true, false}) {
            Speaking speaking = speak(builder().streaming(streaming), SpeechOptions.none());

            assertThat(speaking.audio()).isEqualTo(audio);
            if (another) {
                assertThat(speaking.thrown().category()).isEqualTo(Category.PROTOCOL);
            } else {
                assertThat(speaking.failure()).isNull();
            }
        }
    }

    @Test
    void read_cutWav_isTruncatedThoughItSaysStop() {
        String half = "UklGRiQfAABXQVZFZm10IBAAAAABAAEAwF0AAIC7AAACABAAZGF0YQAfAAAAAAAA"; // announces 7936 bytes
        emulator.always(GeminiReply.json("{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\"" + half
                + "\"}}]},\"finishReason\":\"STOP\"}]}"));

        assertThat(speak(builder(), SpeechOptions.none()).thrown().category()).isEqualTo(Category.TRUNCATED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 4_801})
    void read_eventsThatSplitSamples_areMended(int eventBytes) {
        emulator.always(GeminiReply.speak().eventBytes(eventBytes));

        Speaking speaking = speak(builder(), SpeechOptions.none());

        assertThat(speaking.failure()).isNull();
        assertThat(speaking.audio()).isEqualTo(GeminiEmulator.audioOf(TEXT, AudioFormat.linear16(24_000)));
    }

    @Test
    void stream_oneAnswerStillArriving_returnsWithItsFirstBytes() {
        emulator.always(GeminiReply.speak().wire(answer -> answer.stallAt(1_000)));
        try (Gemini backend = builder().streaming(false).build();
                AudioSource source = backend.stream(TestSynthesis.of(TEXT))) {
            emulator.server().awaitStalled(1);
            AudioChunk first = source.read();
            assertThat(first).extracting(AudioChunk::size, INTEGER).isPositive();
        }
    }

    @Test
    void read_lineBeyond8Mib_isNotKept() throws IOException {
        byte[] line = ("data: {\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\""
                        + "A".repeat(12 << 20) + "\"}}]},\"finishReason\":\"STOP\"}]}\n\n")
                .getBytes(StandardCharsets.US_ASCII);
        var answer = new Answer();
        var reader = new AnswerReader(new EventsInputStream(new ByteArrayInputStream(line)), answer);
        long bytes = 0;
        for (ByteBuffer piece = reader.read(); piece != null; piece = reader.read()) {
            bytes += piece.remaining();
            assertThat(piece.remaining()).isLessThanOrEqualTo(16 * 1024);
        }
        assertThat(bytes).isEqualTo(9 << 20);
        assertThat(answer.isStopped()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void read_tenMinutes_memoryIsBounded(boolean streaming) throws IOException {
        long chars = 600L * 24_000 * 2 / 3 * 4;
        String around = answer("\"data\":\"*\"", ",\"finishReason\":\"STOP\"").replace("\n", "") + "\n\n";
        String[] ends = ((streaming ? "data: " : "") + around).split("\\*", -1);
        InputStream body = new SequenceInputStream(
                Collections.enumeration(List.of(ascii(ends[0]), letters(chars), ascii(ends[1]))));
        var answer = new Answer();
        var reader = new AnswerReader(streaming ? new EventsInputStream(body) : body, answer);
        long before = usedMemory();
        long bytes = 0;
        boolean measured = false;
        for (ByteBuffer piece = reader.read(); piece != null; piece = reader.read()) {
            bytes += piece.remaining();
            if (!measured && bytes > chars / 2) {
                measured = true;
                assertThat(usedMemory() - before)
                        .as("bytes that are held after %d of audio", bytes)
                        .isLessThan(4 << 20);
            }
        }
        assertThat(measured).isTrue();
        assertThat(bytes).isEqualTo(chars / 4 * 3);
        assertThat(answer.isStopped()).isTrue();
    }

    private static InputStream ascii(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static InputStream letters(long count) {
        return new InputStream() {
            private long left = count;

            @Override
            public int read() {
                return left-- > 0 ? 'A' : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                int most = (int) Math.min(length, left);
                Arrays.fill(target, offset, offset + most, (byte) 'A');
                left -= most;
                return most > 0 ? most : -1;
            }
        };
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    // --- cut answers

    private static int[] cuts(int length) {
        IntStream later = new Random(17).ints(200, EARLY_CUTS, length);
        return IntStream.concat(IntStream.range(0, EARLY_CUTS), later).toArray();
    }

    /** What the emulator answers {@code request} with. */
    private byte[] bodyFor(ServerRequest request) throws IOException {
        var connection = (HttpURLConnection)
                URI.create(emulator.url() + request.target()).toURL().openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Connection", "close");
        connection.setRequestProperty("x-goog-api-key", GeminiEmulator.KEY);
        connection.getOutputStream().write(request.body());
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        } finally {
            connection.disconnect();
        }
    }

    /** Most are cut so that nothing but the JSON tells, and the connection is kept for the next one; some so that HTTP tells, too. */
    private static ServerAnswer cut(String contentType, byte[] body, int at) {
        ServerAnswer whole = ServerAnswer.of(200).header("Content-Type", contentType);
        return switch (at % 8) {
            case 0 -> whole.body(body).chunked().cutAt(at);
            case 4 -> whole.body(body).untilClose().cutAt(at);
            default -> whole.body(Arrays.copyOf(body, at));
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void read_cutAnywhere_isNoSuccess(boolean streaming) throws IOException {
        emulator.always(GeminiReply.speak().eventBytes(1_000));
        try (Gemini backend = builder().streaming(streaming).build()) {
            byte[] audio = Speaking.of(backend, TEXT).audio();
            byte[] body = bodyFor(emulator.server().requests().get(0));
            String contentType = streaming ? "text/event-stream" : "application/json; charset=UTF-8";
            int lineEnds = streaming ? 4 : 0; // at the very end, which are no loss
            for (int cut : cuts(body.length - lineEnds)) {
                emulator.server().enqueue(cut(contentType, body, cut));
                Speaking speaking = Speaking.of(backend, TEXT);
                TtsException failure = speaking.thrown();
                assertThat(failure.category()).as("cut at %d: %s", cut, failure).isEqualTo(Category.TRUNCATED);
                assertThat(speaking.audio())
                        .as("cut at %d", cut)
                        .isEqualTo(Arrays.copyOf(audio, speaking.audio().length));
            }
        }
    }
}
