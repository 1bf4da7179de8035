// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Cancellation;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.doubles.ManualExecutor;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.FakeCall;
import io.ttsclient.testkit.VirtualTime;
import io.ttsclient.text.SegmentLimits;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A text of four sentences, a backend that takes one at a time, and the layer between them. */
final class FourSentences {
    static final AudioFormat FORMAT = AudioFormat.linear16(16_000);
    static final String ONE = "The first one.";
    static final String TWO = "Here comes the second.";
    static final String THREE = "And a third!";
    static final String FOUR = "Is this the fourth?";
    static final String TEXT = String.join(" ", ONE, TWO, THREE, FOUR);

    final ManualExecutor manual = new ManualExecutor();
    final ExecutorService threads = Executors.newCachedThreadPool();
    final Cancellation caller = new Cancellation();
    final FakeBackend fake = builder().build();

    static FakeBackend.Builder builder() {
        return FakeBackend.builder("fake", FORMAT).segmentLimits(SegmentLimits.sentences());
    }

    /** Ends what a test left running. */
    void close() {
        fake.close();
        threads.shutdownNow();
    }

    Synthesis synthesis(String text) {
        Synthesis synthesis = Synthesis.builder(TextSource.of(text), "r-1", new VirtualTime())
                .cancellation(caller)
                .build();
        return synthesis.withAttempt(synthesis.journal().attempt("fake"));
    }

    static AudioSource stream(TtsBackend backend, int window, Executor executor, Synthesis synthesis) {
        return new SegmentingLayer(backend, SegmentingPolicy.defaults().withWindow(window), executor).stream(synthesis);
    }

    AudioSource stream(Executor executor, String text) {
        return stream(fake, 2, executor, synthesis(text));
    }

    List<String> spoken() {
        return fake.calls().stream().map(FakeCall::text).toList();
    }

    static Behaviour unspeakable() {
        return Behaviour.fail(new NothingToSpeakException("a script that the voice does not know"));
    }

    static byte[] readAll(AudioSource source) {
        var bytes = new ByteArrayOutputStream();
        for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
            byte[] piece = new byte[chunk.size()];
            chunk.bytes().get(piece);
            bytes.writeBytes(piece);
        }
        return bytes.toByteArray();
    }

    static byte[] audioOf(String... texts) {
        return FakeBackend.audioOf(String.join("", texts), FORMAT);
    }
}
