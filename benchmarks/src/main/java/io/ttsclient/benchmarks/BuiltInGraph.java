// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ttsclient.local.LocalVoice;
import io.ttsclient.local.PhonemeRun;
import io.ttsclient.local.Phonemizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The built-in voice's graph driven by nothing but ONNX Runtime: the least that its speech can cost. */
final class BuiltInGraph implements AutoCloseable {
    private static final long BOS = 1;
    private static final long PAD = 0;
    private static final long EOS = 2;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final JsonNode ids;

    BuiltInGraph(int intraOpThreads) throws OrtException, IOException {
        ids = new ObjectMapper().readTree(resource("builtin.onnx.json")).get("phoneme_id_map");
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(intraOpThreads);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.BASIC_OPT);
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            session = environment.createSession(resource("builtin.onnx"), options);
        }
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = LocalVoice.class.getResourceAsStream("/io/ttsclient/local/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    /** The ids of {@code text} by Piper's rule. */
    long[] ids(String text) {
        List<Long> list = new ArrayList<>(List.of(BOS, PAD));
        try (Phonemizer english = Phonemizer.english()) {
            for (PhonemeRun run : english.phonemize(text)) {
                run.symbols().codePoints().forEach(symbol -> {
                    list.add(ids.get(Character.toString(symbol)).get(0).asLong());
                    list.add(PAD);
                });
            }
        }
        list.add(EOS);
        return list.stream().mapToLong(Long::longValue).toArray();
    }

    /** The samples as the runtime hands them out. */
    ByteBuffer run(long[] input) throws OrtException {
        try (var ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(input), new long[] {1, input.length});
                var lengths = OnnxTensor.createTensor(
                        environment, LongBuffer.wrap(new long[] {input.length}), new long[] {1});
                var scales = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(new float[] {0.3f, 1f, 0.3f}), new long[] {3});
                var result = session.run(Map.of("input", ids, "input_lengths", lengths, "scales", scales))) {
            return ((OnnxTensor) result.get(0)).getByteBuffer();
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
