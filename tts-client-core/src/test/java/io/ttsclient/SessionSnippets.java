// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.audio.AudioSink;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.speech.SpokenText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** The examples of sessions, in the Javadoc and in docs/sessions.md. They are run by {@link SessionSnippetsTest}. */
final class SessionSnippets {
    private SessionSnippets() {}

    static void session(TtsClient tts, Stream<String> tokens, AudioSink speaker, ExecutorService executor)
            throws ExecutionException, InterruptedException {
        // @start region=session
        try (SpeechSession session = tts.open(SpeechOptions.none())) {
            Future<Long> playing = executor.submit(() -> session.audio().transferTo(speaker));
            session.write(tokens); // a Stream<String>, heard while the model writes it
            session.finish();
            playing.get();
        }
        // @end
    }

    static void turns(SpeechSession session, AudioSink speaker, List<String> questions) throws IOException {
        // @start region=turns
        for (String question : questions) {
            session.write("You asked: ");
            session.write(question);
            session.finish();
            session.audio().transferTo(speaker);
        }
        // @end
    }

    static void bargeIn(SpeechSession session, Duration played, List<String> history) {
        // @start region=bargeIn
        session.interrupt(); // the user talks: silence at once, from any thread
        SpokenText spoken = session.spokenUpTo(played);
        history.add(spoken.text() + " ..."); // not spoken.rest(): nobody has heard it
        // @end
    }

    static void resume(SpeechSession session, AudioSink speaker, String answer) throws IOException {
        // @start region=resume
        session.write(answer);
        session.finish();
        try {
            session.audio().transferTo(speaker);
        } catch (TtsException e) {
            if (e.deliveredText().isEmpty()) {
                throw e;
            }
            session.write(answer.substring(e.deliveredText().get().complete())); // what was cut is heard again
            session.finish();
            session.audio().transferTo(speaker);
        }
        // @end
    }

    static void loop(SpeechSession session, AudioSink speaker) throws IOException {
        // @start region=loop
        while (true) {
            try (AudioStream turn = session.audio()) {
                turn.transferTo(speaker);
            } catch (TtsException e) {
                switch (e.category()) {
                    case CANCELLED -> {} // interrupted: on to the next turn
                    case CLOSED -> {
                        return;
                    }
                    default -> throw e;
                }
            }
        }
        // @end
    }
}
