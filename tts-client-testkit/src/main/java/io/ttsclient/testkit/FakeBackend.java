// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.WavWriter;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.Origin;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.Voice;
import io.ttsclient.text.SegmentLimits;
import io.ttsclient.text.Speakable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A backend without an engine. It speaks noise that depends on the text only ({@link #audioOf}), does with each request what
 * its script says ({@link #enqueue}), and takes down what it was asked and what became of it ({@link #calls()}).
 *
 * {@snippet class="io.ttsclient.testkit.ExampleTest" region="script"}
 *
 * <p>It keeps the contract of a {@link TtsBackend}, unless a {@link Behaviour} says otherwise, and is strict with its caller:
 * reading from two threads at once, or again after the end or a failure, is an {@link IllegalStateException}. Thread-safe.
 */
public final class FakeBackend implements TtsBackend {
    private final TtsCapabilities capabilities;
    private final List<Voice> voices;
    private final Health health;
    private final Monitor monitor = new Monitor();
    private final Deque<Behaviour> script = new ArrayDeque<>(); // guarded by monitor, as all below
    private final List<FakeCall> calls = new ArrayList<>();
    private Behaviour behaviour;
    private int prewarms;
    private int closes;

    private FakeBackend(Builder builder) {
        capabilities = builder.capabilities.build();
        voices = List.copyOf(builder.voices);
        health = builder.health;
        behaviour = builder.behaviour;
    }

    /** A backend named {@code fake} that speaks 16 kHz LINEAR16. */
    public static FakeBackend create() {
        return builder("fake").build();
    }

    /** Starts one that speaks 16 kHz LINEAR16 and nothing else. */
    public static Builder builder(String name) {
        return builder(name, AudioFormat.linear16(16_000));
    }

    /** Starts one that speaks {@code defaultFormat} unless asked for another of its formats. */
    public static Builder builder(String name, AudioFormat defaultFormat) {
        return new Builder(name, defaultFormat);
    }

    /**
     * What a fake says for {@code text} at normal speed. White space has no sound, so the audio of a text is that of its pieces,
     * one after the other, wherever it is cut.
     */
    public static byte[] audioOf(String text, AudioFormat format) {
        return new FakeAudio(text, format, 1).bytes();
    }

    /** A WAV with these samples, complete and with true sizes, as most servers answer. */
    public static byte[] wavOf(byte[] samples, AudioFormat format) {
        ByteBuffer header;
        try {
            header = WavWriter.header(format, samples.length);
        } catch (IOException e) {
            throw new UncheckedIOException("an array fits into a WAV", e);
        }
        int padding = samples.length % 2;
        return ByteBuffer.allocate(header.remaining() + samples.length + padding)
                .put(header)
                .put(samples)
                .array();
    }

    /** What to do with the next request that has nothing else queued before it. */
    public void enqueue(Behaviour next) {
        monitor.locked(() -> script.add(next));
    }

    /** What to do when nothing is queued. */
    public void always(Behaviour from) {
        monitor.locked(() -> behaviour = from);
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        var call = new FakeCall(synthesis, monitor);
        RuntimeException invalid = invalid(synthesis, call);
        // In one go, so that what is queued by somebody who has seen the call is for the next one.
        Behaviour told = monitor.locked(() -> {
            calls.add(call);
            return closes > 0 || invalid != null ? null : script.isEmpty() ? behaviour : script.remove();
        });
        try {
            if (told != null) {
                return speak(synthesis, call, told);
            }
            throw invalid != null
                    ? invalid
                    : synthesis
                            .failure(Category.CLOSED, "the fake backend is closed")
                            .origin(Origin.CLIENT)
                            .build();
        } catch (RuntimeException e) {
            call.end(FakeCall.State.FAILED);
            throw e;
        }
    }

    private AudioSource speak(Synthesis synthesis, FakeCall call, Behaviour told) {
        if (told.ignoresCancellation()) {
            call.ignoreCancellation();
        }
        Registration onCancel = synthesis.onCancel(call::cancel);
        try {
            call.requireWanted(synthesis);
            boolean isGrowing = call.isGrowing();
            if (!isGrowing) {
                synthesis.attempt().sent(call.text().length());
            }
            Duration delay = told.delay();
            if (delay == null || !delay.isZero()) {
                call.await(synthesis, delay);
            }
            RuntimeException refusal = told.refusal(synthesis);
            if (refusal != null) {
                throw refusal;
            }
            speaker(synthesis).ifPresent(synthesis.attempt()::voice);
            if (isGrowing) {
                var source = new GrowingFakeSource(call, told, synthesis, format(synthesis)).begun();
                call.answered();
                return source;
            }
            call.answered();
            return new FakeSource(call, told, synthesis, format(synthesis));
        } finally {
            onCancel.remove();
        }
    }

    private AudioFormat format(Synthesis synthesis) {
        return synthesis.options().format().orElse(capabilities.defaultFormat());
    }

    private Optional<String> speaker(Synthesis synthesis) {
        return synthesis
                .options()
                .voice()
                .or(() -> voices.stream().map(Voice::id).findFirst());
    }

    /** Why it cannot be spoken at all; null if it can. */
    private @Nullable RuntimeException invalid(Synthesis synthesis, FakeCall call) {
        if (call.isGrowing() && !capabilities.growingText()) {
            return new IllegalStateException("a text that still grows came to a backend that does not take one");
        }
        String text = call.text();
        if (!call.isGrowing() && !Speakable.anythingIn(text)) {
            return new NothingToSpeakException("text: nothing to pronounce in " + text.length() + " chars");
        }
        AudioFormat format = format(synthesis);
        if (!capabilities.formats().contains(format)) {
            return synthesis
                    .failure(Category.UNSUPPORTED, "format: " + format + ", allowed " + capabilities.formats())
                    .origin(Origin.CLIENT)
                    .build();
        }
        String voice = speaker(synthesis).orElse("");
        if (!voices.isEmpty()
                && voices.stream().noneMatch(offered -> offered.id().equals(voice))) {
            return synthesis
                    .failure(
                            Category.NOT_FOUND,
                            "voice: '" + voice + "', allowed "
                                    + voices.stream().map(Voice::id).toList())
                    .origin(Origin.CLIENT)
                    .build();
        }
        return null;
    }

    @Override
    public TtsCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public List<Voice> voices() {
        return voices;
    }

    @Override
    public Health health() {
        return isClosed() ? Health.down("closed") : health;
    }

    @Override
    public void prewarm() {
        monitor.locked(() -> prewarms++);
    }

    /** Ends every wait with {@code CLOSED}, even of those that ignore being cancelled. */
    @Override
    public void close() {
        monitor.locked(() -> closes++);
        calls().forEach(FakeCall::backendClosed);
    }

    /** Every call of {@link #stream} so far, the refused ones too, in order. */
    public List<FakeCall> calls() {
        return monitor.locked(() -> List.copyOf(calls));
    }

    /**
     * Waits until {@link #stream} was called {@code count} times.
     *
     * @return the calls
     * @throws AssertionError after 10 seconds of real time
     */
    public List<FakeCall> awaitCalls(int count) {
        monitor.await(() -> calls.size() >= count, () -> "expected " + count + " calls, got " + calls);
        return calls();
    }

    /**
     * Waits until every call has failed or its source was closed: the proof that its user leaves nothing open.
     *
     * @throws AssertionError after 10 seconds of real time
     */
    public void awaitReleased() {
        monitor.await(
                () -> calls.stream().allMatch(FakeCall::isReleased),
                () -> "expected every source to be closed, still open: "
                        + calls.stream().filter(call -> !call.isReleased()).toList());
    }

    /** How often {@link #prewarm()} was called. */
    public int prewarms() {
        return monitor.locked(() -> prewarms);
    }

    /** Whether it was closed. */
    public boolean isClosed() {
        return closes() > 0;
    }

    /** How often it was closed. */
    public int closes() {
        return monitor.locked(() -> closes);
    }

    @Override
    public String toString() {
        return "FakeBackend[" + capabilities.backend() + "]";
    }

    /** Collects a {@link FakeBackend}. Not thread-safe. */
    public static final class Builder {
        private final TtsCapabilities.Builder capabilities;
        private List<Voice> voices = List.of();
        private Health health = Health.up("a fake is always up");
        private Behaviour behaviour = Behaviour.speak();

        private Builder(String name, AudioFormat defaultFormat) {
            capabilities = TtsCapabilities.builder(name, raw(defaultFormat));
        }

        private static AudioFormat raw(AudioFormat format) {
            if (format.container() == Container.WAV) {
                throw new IllegalArgumentException("format: " + format + ", allowed any but a WAV container");
            }
            return format;
        }

        /** Another format that it speaks; not in a WAV container. Bytes of compressed encodings are noise, nothing decodes them. */
        public Builder format(AudioFormat value) {
            capabilities.format(raw(value));
            return this;
        }

        /** BCP 47 tags of all languages that it says it speaks; it speaks any. */
        public Builder languages(String... tags) {
            capabilities.languages(tags);
            return this;
        }

        /** It takes a text that is still being written, and speaks it as it comes; an endless one is not for it. */
        public Builder growingText() {
            capabilities.growingText();
            return this;
        }

        /** The pieces that a long text is cut into; without them it takes any text whole. */
        public Builder segmentLimits(SegmentLimits value) {
            capabilities.segmentLimits(value);
            return this;
        }

        /** The silence between pieces; none unless set. */
        public Builder pauses(Duration sentence, Duration paragraph) {
            capabilities.pauses(sentence, paragraph);
            return this;
        }

        /** The voices that it offers, its own first; others are {@code NOT_FOUND}. Without them it takes any voice. */
        public Builder voices(Voice... values) {
            voices = List.of(values);
            return this;
        }

        /** What {@link FakeBackend#health()} says until it is closed. */
        public Builder health(Health value) {
            health = value;
            return this;
        }

        /** What to do when nothing is queued; {@link Behaviour#speak()} unless set. */
        public Builder behaviour(Behaviour value) {
            behaviour = value;
            return this;
        }

        /** The backend. */
        public FakeBackend build() {
            return new FakeBackend(this);
        }
    }
}
