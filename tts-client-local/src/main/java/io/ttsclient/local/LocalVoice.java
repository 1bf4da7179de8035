// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.TtsException;
import io.ttsclient.local.Speakers.Speaker;
import io.ttsclient.local.VoiceConfig.Scales;
import io.ttsclient.local.VoiceGraph.Utterance;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.TimingMark;
import io.ttsclient.speech.Voice;
import io.ttsclient.text.SegmentLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speech made on this device by a voice in Piper's contract: a {@code .onnx} graph with a {@code .onnx.json} beside it, or the
 * small English voice that comes with this library. It needs no network and no key.
 *
 * <p>A text is spoken on the calling thread, in one run of the graph; a {@link io.ttsclient.TtsClient} cuts long texts into
 * sentences. Some runs go on at once, the others wait in the order in which they came. The format is signed 16-bit PCM at the
 * voice's own rate. Where the graph tells how long each sound is, the audio has a mark for each word.
 *
 * <p>A loaded voice keeps its model in memory until it is closed. The first one of a process also loads ONNX Runtime, for which
 * there are native libraries for Linux with glibc (x64, aarch64), macOS (aarch64) and Windows (x64). They are unpacked once, into
 * a folder below the user's home, unless the system property {@code onnxruntime.native.path} names a folder that has them.
 *
 * <p>Thread-safe. The voice of a request is the id that {@link #voices()} gives; a style has no meaning here, and is ignored.
 */
public final class LocalVoice implements TtsBackend {
    static final String NAME = "local";

    private static final Logger LOG = LoggerFactory.getLogger(LocalVoice.class);
    private static final AtomicBoolean HINTED = new AtomicBoolean();

    private static final Duration BUILT_IN_ENDING = Duration.ofMillis(75);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
    // In code points.
    private static final int MAX_SEGMENT = 400;
    private static final int FIRST_SEGMENT_MINIMUM = 20;
    private static final int FIRST_SEGMENT_TARGET = 80;

    private final VoiceFiles files;
    private final VoiceConfig config;
    private final Scales scales;
    private final Speakers speakers;
    private final Speaker defaultSpeaker;
    private final Phonemizer phonemizer;
    private final boolean ownsPhonemizer;
    private final SymbolEncoder encoder;
    private final WordTimings timings;
    private final VoiceGraph graph;
    private final RunGate gate;
    private final AudioFormat format;
    private final TtsCapabilities capabilities;

    LocalVoice(LocalVoiceBuilder builder) {
        files = builder.files();
        config = files.config();
        scales = builder.scales(config.scales());
        speakers = new Speakers(config, files.voice());
        defaultSpeaker =
                builder.speaker().map(speakers::named).orElseGet(() -> speakers.numbered(config.defaultSpeaker()));
        encoder = new SymbolEncoder(config);
        timings = new WordTimings(config);
        format = AudioFormat.linear16(config.sampleRate());
        if (files.isBuiltIn()) {
            hint();
        }
        ownsPhonemizer = builder.phonemizer().isEmpty();
        phonemizer = builder.phonemizer().orElseGet(() -> builder.ownPhonemizer(config));
        graph = openGraph(builder);
        capabilities = TtsCapabilities.builder(NAME, format)
                .segmentLimits(segmentLimits())
                .pauses(builder.sentencePauseAfter(ending()), builder.paragraphPauseAfter(ending()))
                .identity(VoiceIdentity.of(files, scales, defaultSpeaker.id(), phonemizer))
                .build();
        gate = new RunGate(builder.maxConcurrentRuns(), graph::close);
    }

    private VoiceGraph openGraph(LocalVoiceBuilder builder) {
        VoiceGraph opened = null;
        try {
            opened = VoiceGraph.open(files, builder.threads(), builder.runtimeConfig(), builder.nativeCache());
            opened.requireSpeakers(config.speakerCount());
            return opened;
        } catch (RuntimeException | Error e) {
            if (opened != null) {
                opened.close();
            }
            closePhonemizer();
            throw e;
        }
    }

    private void closePhonemizer() {
        if (ownsPhonemizer) {
            phonemizer.close();
        }
    }

    /**
     * The voice that comes with this library: English, clear but plainly a machine's. Its id is {@code builtin}.
     *
     * @throws TtsException with category {@code UNSUPPORTED} if ONNX Runtime does not load on this platform
     */
    public static LocalVoice builtIn() {
        return builder().build();
    }

    /**
     * The voice in {@code onnx}, with the config named like it and {@code .json} beside it.
     *
     * @throws TtsException with category {@code NOT_FOUND} if there is no such file; with category {@code UNSUPPORTED} if it is
     *     not a voice in Piper's contract or ONNX Runtime does not load on this platform
     */
    public static LocalVoice load(Path onnx) {
        return builder().model(onnx).build();
    }

    /** Starts with the built-in voice and defaults everywhere. */
    public static LocalVoiceBuilder builder() {
        return new LocalVoiceBuilder();
    }

    /** What an utterance ends with anyway. */
    private Duration ending() {
        return files.isBuiltIn() ? BUILT_IN_ENDING : Duration.ZERO;
    }

    private static void hint() {
        if (HINTED.compareAndSet(false, true)) {
            LOG.info(
                    "The built-in voice speaks; it is small and sounds so. LocalVoice.load(path) loads a voice of Piper's.");
        }
    }

    /** Sentence by sentence; of a long first one only its beginning, so that speech starts soon. */
    private static SegmentLimits segmentLimits() {
        return SegmentLimits.builder()
                .maxCodePoints(MAX_SEGMENT)
                .firstSegment(FIRST_SEGMENT_MINIMUM, FIRST_SEGMENT_TARGET)
                .build();
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        try {
            return speak(synthesis);
        } catch (TtsException e) {
            throw synthesis.describe(e.toBuilder()).build();
        }
    }

    private AudioSource speak(Synthesis synthesis) {
        requireOpen();
        synthesis.requireWanted();
        SpeechOptions options = synthesis.options();
        requireSupported(options);
        if (options.style().isPresent()) {
            synthesis.journal().warning("style ignored: a local voice takes no directions");
        }
        Speaker speaker = options.voice().map(speakers::named).orElse(defaultSpeaker);
        String text = synthesis.text().text();
        PhonemeIds phonemes = encoder.encode(phonemize(text));
        if (phonemes.skipped() > 0) {
            synthesis.journal().warning(phonemes.skipped() + " characters left out, for which the voice has no symbol");
        }
        synthesis.attempt().voice(speaker.id());
        try (Turn turn = gate.enter(synthesis)) {
            synthesis.attempt().queued(turn.waited());
            synthesis.attempt().sent(text.length());
            Scales paced = scales.atSpeed(options.speed().orElse(1));
            return audio(graph.run(phonemes.ids(), paced, speaker.number(), turn), phonemes);
        }
    }

    private void requireOpen() {
        if (gate.isClosed()) {
            throw Failures.closed();
        }
    }

    private void requireSupported(SpeechOptions options) {
        options.format().filter(wanted -> !wanted.equals(format)).ifPresent(wanted -> {
            throw Failures.unsupported("format: " + wanted + ", this voice makes " + format);
        });
        options.language().ifPresent(this::requireLanguage);
        options.model().filter(wanted -> !wanted.equals(files.voice())).ifPresent(wanted -> {
            throw Failures.notFound("model: '" + wanted + "', this one is " + files.voice());
        });
    }

    private void requireLanguage(String tag) {
        config.language().filter(own -> !sameLanguage(own, tag)).ifPresent(own -> {
            throw Failures.unsupported("language: " + tag + ", the voice " + files.voice() + " speaks " + own);
        });
    }

    private static boolean sameLanguage(String one, String other) {
        return primaryLanguage(one).equals(primaryLanguage(other));
    }

    /** Without region, and with the tags that are in use for one language brought together. */
    private static String primaryLanguage(String tag) {
        String language = Locale.forLanguageTag(tag).getLanguage();
        return switch (language) {
            case "cmn" -> "zh";
            case "nb", "nn" -> "no";
            default -> language;
        };
    }

    private List<PhonemeRun> phonemize(String text) {
        try {
            return phonemizer.phonemize(text);
        } catch (RuntimeException e) {
            throw gate.isClosed() ? Failures.closed(e) : e; // it may have been closed with the voice
        }
    }

    private AudioSource audio(Utterance utterance, PhonemeIds phonemes) {
        if (!utterance.samples().hasRemaining()) {
            throw Failures.noAudio();
        }
        List<TimingMark> marks =
                utterance.frames() == null ? List.of() : timings.marks(phonemes.words(), utterance.frames());
        return AudioSource.of(format, Pcm.chunks(utterance.samples(), format), marks);
    }

    @Override
    public TtsCapabilities capabilities() {
        return capabilities;
    }

    /** The speakers of the model. */
    @Override
    public List<Voice> voices() {
        return speakers.voices();
    }

    /** Up with the version of ONNX Runtime, until it is closed. */
    @Override
    public Health health() {
        return gate.isClosed()
                ? Health.down("the voice is closed")
                : Health.up(files.voice() + " on ONNX Runtime " + graph.runtimeVersion());
    }

    /** Loads what turns text into phonemes, and runs the model once. */
    @Override
    public void prewarm() {
        try (TimeSource time = TimeSource.system()) {
            Synthesis synthesis =
                    Synthesis.builder(TextSource.of(""), "prewarm", time).build();
            phonemize("1"); // a digit is a word in every language
            try (Turn turn = gate.enter(synthesis)) {
                graph.run(encoder.sample().ids(), scales, defaultSpeaker.number(), turn);
            }
        }
    }

    /**
     * Ends what runs and waits for it, at most five seconds, then frees the model; audio that was handed out stays valid. A
     * phonemizer that was passed in is not closed.
     */
    @Override
    public void close() {
        gate.close(CLOSE_PATIENCE);
        closePhonemizer();
    }

    @Override
    public String toString() {
        return "LocalVoice[" + files.voice() + ", " + format + "]";
    }
}
