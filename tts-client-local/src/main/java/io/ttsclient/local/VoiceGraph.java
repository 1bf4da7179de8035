// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.ttsclient.error.TtsException;
import io.ttsclient.local.GraphSignature.IntegerInput;
import io.ttsclient.local.VoiceConfig.Scales;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A voice's graph in ONNX Runtime. Many threads may run it at once; it must not be closed under a run. */
final class VoiceGraph implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VoiceGraph.class);
    /** Errors come as exceptions; the runtime would also print them, and each run that is told to end is one. */
    private static final OrtLoggingLevel QUIET = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;

    /**
     * What a run made.
     *
     * @param samples s16le
     * @param frames that each phoneme id takes; null where the voice does not tell
     */
    record Utterance(ByteBuffer samples, @Nullable FloatBuffer frames) {}

    private final OrtEnvironment environment;
    private final SessionOptions options; // the session may refer to it
    private final OrtSession session;
    private final GraphSignature signature;

    private VoiceGraph(
            OrtEnvironment environment, SessionOptions options, OrtSession session, GraphSignature signature) {
        this.environment = environment;
        this.options = options;
        this.session = session;
        this.signature = signature;
    }

    /**
     * Loads it.
     *
     * @param threads that one run computes on
     * @param config entries for the session, beyond those that every voice has
     * @throws TtsException with category {@code UNSUPPORTED} if it cannot be loaded or is none of Piper's contract
     */
    static VoiceGraph open(VoiceFiles files, int threads, Map<String, String> config, NativeCache cache) {
        OrtEnvironment environment = NativeRuntime.environment(cache);
        var options = new SessionOptions();
        OrtSession session = null;
        try {
            configure(options, threads);
            for (Map.Entry<String, String> entry : config.entrySet()) {
                options.addConfigEntry(entry.getKey(), entry.getValue());
            }
            session = files.openSession(environment, options);
            return new VoiceGraph(environment, options, session, GraphSignature.of(session, files.name()));
        } catch (OrtException e) {
            release(session, options);
            throw Failures.unsupported(files.name() + " does not load in ONNX Runtime " + environment.getVersion(), e);
        } catch (RuntimeException | Error e) {
            release(session, options);
            throw e;
        }
    }

    private static void configure(SessionOptions options, int threads) throws OrtException {
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
        // More optimisation takes longer at start and gains a voice nothing that can be measured.
        options.setOptimizationLevel(SessionOptions.OptLevel.BASIC_OPT);
        // Every text has another shape: an arena grows to the largest and stays there, and patterns never repeat.
        options.setCPUArenaAllocator(false);
        options.setMemoryPatternOptimization(false);
        // Without this the threads burn the processor for a while after each run.
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.setSessionLogLevel(QUIET);
        options.setLoggerId("tts-client");
    }

    /**
     * Holds the graph against its config.
     *
     * @throws TtsException with category {@code UNSUPPORTED} if they do not agree whether there are several speakers
     */
    void requireSpeakers(int count) {
        boolean choice = signature.speaker().isPresent();
        if (choice != count > 1) {
            throw Failures.unsupported("the voice's config has num_speakers " + count + ", and its graph has "
                    + (choice ? "an input for the speaker" : "no input for the speaker")
                    + "; are they of one voice?");
        }
    }

    /** The version of ONNX Runtime. */
    String runtimeVersion() {
        return environment.getVersion();
    }

    /**
     * Speaks {@code ids} on the calling thread.
     *
     * @param speaker ignored where the graph has only one
     * @throws TtsException if the turn is stopped meanwhile, or the graph fails
     */
    Utterance run(long[] ids, Scales scales, int speaker, Turn turn) {
        try (var inputs = new Inputs(environment);
                var run = new RunOptions()) {
            inputs.add(signature.ids(), ids);
            inputs.add(signature.lengths(), ids.length);
            inputs.add(signature.scales(), scales);
            if (signature.speaker().isPresent()) {
                inputs.add(signature.speaker().get(), speaker);
            }
            run.setLogLevel(QUIET);
            turn.begin(() -> terminate(run));
            try (OrtSession.Result result = session.run(inputs.tensors, signature.outputs(), run)) {
                turn.requireGoing();
                return utterance(result, ids.length);
            } finally {
                turn.finish();
            }
        } catch (OrtException e) {
            turn.requireGoing(); // a run that was told to end fails
            throw Failures.brokenGraph("the voice's graph failed: " + e.getCode(), e);
        }
    }

    private static void terminate(RunOptions run) {
        try {
            run.setTerminate(true);
        } catch (OrtException e) {
            LOG.warn("A run could not be told to end; it goes on to its end", e);
        }
    }

    private Utterance utterance(OrtSession.Result result, int idCount) {
        OnnxTensor audio = (OnnxTensor) result.get(0);
        long[] shape = audio.getInfo().getShape();
        long samples = shape.length == 0 ? 0 : shape[shape.length - 1];
        var values = audio.getFloatBuffer();
        if (samples != values.remaining()) {
            throw Failures.brokenGraph(
                    "the voice's graph made " + Arrays.toString(shape) + ", expected samples of one channel", null);
        }
        return new Utterance(Pcm.linear16(values), frames(result, idCount));
    }

    private @Nullable FloatBuffer frames(OrtSession.Result result, int idCount) {
        if (signature.durations().isEmpty()) {
            return null;
        }
        var values = ((OnnxTensor) result.get(1)).getFloatBuffer();
        return values.remaining() == idCount ? values : null; // else some other output, not what is spent on each id
    }

    @Override
    public void close() {
        release(session, options);
    }

    private static void release(@Nullable OrtSession session, SessionOptions options) {
        try {
            if (session != null) {
                session.close();
            }
        } catch (OrtException e) {
            LOG.warn("ONNX Runtime could not free a voice", e);
        } finally {
            options.close();
        }
    }

    /** The tensors of one run; the runtime's memory, freed on close. */
    private static final class Inputs implements AutoCloseable {
        private final OrtEnvironment environment;
        private final Map<String, OnnxTensor> tensors = new HashMap<>();

        Inputs(OrtEnvironment environment) {
            this.environment = environment;
        }

        void add(IntegerInput input, long[] row) throws OrtException {
            put(input.name(), input.wide() ? new long[][] {row} : new int[][] {narrow(row)});
        }

        void add(IntegerInput input, int value) throws OrtException {
            put(input.name(), input.wide() ? new long[] {value} : new int[] {value});
        }

        void add(String input, Scales scales) throws OrtException {
            put(input, new float[] {scales.noise(), scales.length(), scales.noiseWidth()});
        }

        private void put(String name, Object array) throws OrtException {
            tensors.put(name, OnnxTensor.createTensor(environment, array));
        }

        private static int[] narrow(long[] values) {
            int[] narrow = new int[values.length];
            for (int i = 0; i < values.length; i++) {
                narrow[i] = Math.toIntExact(values[i]);
            }
            return narrow;
        }

        @Override
        public void close() {
            tensors.values().forEach(OnnxTensor::close);
        }
    }
}
