// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.AudioSink;
import io.ttsclient.error.Category;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.text.SegmentLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(LeakCheck.class)
class SessionSnippetsTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(8_000);

    private final FakeBackend fake = FakeBackend.builder("fake", FORMAT)
            .segmentLimits(SegmentLimits.sentences())
            .behaviour(Behaviour.speak().withTimings())
            .build();
    private final TtsClient tts =
            TtsClient.builder().backend(fake).retry(RetryPolicy.none()).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final AudioSink speaker = AudioSink.to(heard);

    @AfterEach
    void close() {
        tts.close();
        threads.shutdownNow();
    }

    private void assertHeard(String text) {
        assertThat(heard.toByteArray()).isEqualTo(FakeBackend.audioOf(text, FORMAT));
    }

    @Test
    void session_tokens_areHeard() throws Exception {
        SessionSnippets.session(tts, Stream.of("Your table", " is", " ready", "."), speaker, threads);

        assertHeard("Your table is ready.");
    }

    @Test
    void turns_severalQuestions_areHeardOneAfterTheOther() throws IOException {
        try (SpeechSession session = tts.open()) {
            SessionSnippets.turns(session, speaker, List.of("Who?", "Why?"));
        }

        assertHeard("You asked: Who? You asked: Why?");
    }

    @Test
    void bargeIn_inTheMiddle_remembersWhatWasHeard() {
        var history = new ArrayList<String>();
        try (SpeechSession session = tts.open()) {
            session.write("One two three four five.");
            session.finish();
            session.audio().read();

            SessionSnippets.bargeIn(session, Duration.ofMillis(60), history);
        }

        assertThat(history).containsExactly("One two ...");
    }

    @Test
    void resume_audioBreaksOff_isHeardFromThereOn() throws IOException {
        fake.enqueue(Behaviour.speak());
        fake.enqueue(Behaviour.speak().failAt(0, Category.TRUNCATED));
        try (SpeechSession session = tts.open()) {
            SessionSnippets.resume(session, speaker, "The first sentence. The second one.");
        }

        assertHeard("The first sentence. The second one.");
    }

    @Test
    void loop_turnsAndInterruptions_goesOnUntilItIsClosed() throws Exception {
        SpeechSession session = tts.open();
        CompletableFuture<Void> playing = CompletableFuture.runAsync(
                () -> {
                    try {
                        SessionSnippets.loop(session, speaker);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
        session.write("Nobody hears");
        session.interrupt();
        session.write("One.");
        session.finish();
        session.write("Two.");
        session.finish();
        fake.awaitCalls(2);
        while (heard.size() < FakeBackend.audioOf("One. Two.", FORMAT).length) {
            Thread.onSpinWait();
        }

        session.close();

        playing.get(20, TimeUnit.SECONDS);
        assertHeard("One. Two.");
    }

    @Test
    void documents_examplesOfSessions_areThese() throws IOException {
        List<String> run =
                blocks("src/test/java/io/ttsclient/SessionSnippets.java", "// @start region=\\w+\n(.*?)// @end");

        assertThat(blocks("../docs/sessions.md", "```java\n(.*?)```"))
                .hasSize(4)
                .isSubsetOf(run);
        assertThat(blocks("../README.md", "```java\n(.*?)```")).contains(run.get(0));
    }

    private static List<String> blocks(String file, String pattern) throws IOException {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(Files.readString(Path.of(file)))
                .results()
                .map(match -> match.group(1).stripIndent().strip())
                .toList();
    }
}
