// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.TtsClient;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.AudioSink;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.SpokenText;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The small programs, with a fake backend in the place of the voice. */
@ExtendWith(LeakCheck.class)
class ExamplesTest {
    private static final AudioFormat MADE = AudioFormat.linear16(16_000);

    private final FakeBackend backend = FakeBackend.create();
    private final TtsClient tts = TtsClient.of(backend);

    @AfterEach
    void closeClient() {
        tts.close();
        backend.awaitReleased();
    }

    @Test
    void telephonyFrames_send_givesWholeFramesInOrder() {
        List<ByteBuffer> frames = new ArrayList<>();

        TelephonyFrames.send(tts, "Hello, world", frames::add);

        int samples = FakeBackend.audioOf("Hello, world", MADE).length / 2 / 2; // at half the rate
        assertThat(frames).hasSize((samples + 159) / 160).allMatch(frame -> frame.remaining() == 160);
        ByteBuffer last = frames.get(frames.size() - 1);
        assertThat(last.get(159)).as("silence at the end").isEqualTo((byte) 0xFF);
    }

    @Test
    void streamToSpeaker_play_playsAll() throws IOException {
        var line = new RecordingLine(false);

        StreamToSpeaker.play(tts, "Hello, world", line.line());

        assertThat(line.played.toByteArray()).isEqualTo(FakeBackend.audioOf("Hello, world", MADE));
    }

    @Test
    void speakTokens_inputThatEnds_playsAllOfIt() throws IOException {
        String text = "Your table is ready. Please follow me.";
        var line = new RecordingLine(false);

        SpokenText spoken = SpeakTokens.speak(tts, new StringReader(text), Reader.nullReader(), line.line());

        assertThat(line.played.toByteArray()).isEqualTo(FakeBackend.audioOf(text, MADE));
        assertThat(spoken.text()).isEqualTo(text);
    }

    @Test
    void speakTokens_key_interruptsAndTellsWhatWasHeard() throws IOException {
        int heard = 2_560; // 80 ms, and 10 for each letter
        backend.always(Behaviour.speak().withTimings().stallAt(heard));
        var line = new RecordingLine(false);

        SpokenText spoken = SpeakTokens.speak(
                tts, new StringReader("One two three four five."), keyOncePlayed(heard, line), line.line());

        assertThat(spoken.text()).isEqualTo("One two");
        assertThat(spoken.rest()).isEqualTo(" three four five.");
        backend.awaitReleased();
    }

    @Test
    void speakTokens_keyInTheMiddleOfAChunk_leavesNothingOfItInTheLine() throws IOException {
        String text = "A chunk of audio that is longer than the line has room for.";
        int room = 8 * 1024;
        backend.always(Behaviour.speak().chunks(FakeBackend.audioOf(text, MADE).length));
        RecordingLine line = RecordingLine.fullAfter(room);

        SpeakTokens.speak(tts, new StringReader(text), keyOncePlayed(room, line), line.line());

        assertThat(line.played.size())
                .as("bytes that the line took, before the flush and after it")
                .isGreaterThan(room);
        assertThat(line.flushedAt).isEqualTo(line.played.size());
    }

    private static Reader keyOncePlayed(int bytes, RecordingLine line) {
        return new StringReader("\n") {
            @Override
            public int read(char[] into, int offset, int length) throws IOException {
                while (line.played.size() < bytes) {
                    Thread.onSpinWait();
                }
                return super.read(into, offset, length);
            }
        };
    }

    @Test
    void speakTokens_noTerminal_saysWhatToDoInstead(@TempDir Path folder) {
        String missing = folder.resolve("tty").toString();

        assertThatThrownBy(() -> SpeakTokens.keys(missing))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(missing, "speak -");
    }

    @Test
    void asyncPrefetch_play_playsAllPromptsInOrder() throws IOException {
        var out = new ByteArrayOutputStream();

        AsyncPrefetch.play(tts, List.of("One", "Two", "Three"), AudioSink.to(out));

        var expected = new ByteArrayOutputStream();
        for (String prompt : List.of("One", "Two", "Three")) {
            expected.writeBytes(FakeBackend.audioOf(prompt, MADE));
        }
        assertThat(out.toByteArray()).isEqualTo(expected.toByteArray());
    }

    @Test
    void asyncPrefetch_whilePlaying_makesTheNextOne() throws IOException {
        List<Integer> begunAtFirstSound = new ArrayList<>();
        AudioSink sink = (audio, format) -> {
            if (begunAtFirstSound.isEmpty()) {
                begunAtFirstSound.add(backend.awaitCalls(2).size());
            }
        };

        AsyncPrefetch.play(tts, List.of("One", "Two", "Three"), sink);

        assertThat(begunAtFirstSound).containsExactly(2);
        assertThat(backend.calls()).hasSize(3);
    }

    @Test
    void asyncPrefetch_failure_cancelsTheNextOne() {
        backend.enqueue(Behaviour.speak());
        backend.enqueue(Behaviour.hang());
        AudioSink broken = (audio, format) -> {
            backend.awaitCalls(2);
            throw new IOException("the loudspeaker fell down");
        };

        assertThatThrownBy(() -> AsyncPrefetch.play(tts, List.of("One", "Two"), broken))
                .isInstanceOf(IOException.class)
                .hasMessage("the loudspeaker fell down");

        backend.awaitReleased();
    }

    @Test
    void asyncPrefetch_promptThatFails_saysWhy() {
        backend.always(Behaviour.fail(Category.QUOTA));

        assertThatThrownBy(() -> AsyncPrefetch.play(tts, List.of("One"), (audio, format) -> {}))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        TtsException.class,
                        failure -> assertThat(failure.category()).isEqualTo(Category.QUOTA));
    }
}
