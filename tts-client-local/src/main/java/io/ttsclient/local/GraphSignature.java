// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.ttsclient.error.TtsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The inputs and outputs of a graph in Piper's contract. Exports of one family differ in names and integer types, so both are
 * read from the session: an input that does not have its usual name is taken by its position.
 *
 * @param ids phoneme ids, [1, T]
 * @param lengths T, [1]
 * @param scales noise, length and noise width, [3]
 * @param speaker the speaker's id, [1]; only where there are several
 * @param audio samples; their number is the last dimension
 * @param durations frames for each phoneme id; not every voice has them
 */
record GraphSignature(
        IntegerInput ids,
        IntegerInput lengths,
        String scales,
        Optional<IntegerInput> speaker,
        String audio,
        Optional<String> durations) {
    /**
     * An input of whole numbers.
     *
     * @param wide whether they have 64 bits, otherwise 32
     */
    record IntegerInput(String name, boolean wide) {}

    private static final String CONTRACT =
            "; a voice in Piper's contract has the inputs input INT64[1,T], input_lengths INT64[1], scales FLOAT[3] and, with"
                    + " several speakers, sid INT64[1], and a first output FLOAT[...,N]";
    private static final int SCALES = 3;

    /**
     * What {@code session} has.
     *
     * @throws TtsException with category {@code UNSUPPORTED} if that is not Piper's contract
     */
    static GraphSignature of(OrtSession session, String file) throws OrtException {
        return new Reader(session.getInputInfo(), session.getOutputInfo(), file).read();
    }

    /** The outputs to ask for. */
    Set<String> outputs() {
        var outputs = new LinkedHashSet<String>();
        outputs.add(audio);
        durations.ifPresent(outputs::add);
        return outputs;
    }

    private record Reader(Map<String, NodeInfo> inputs, Map<String, NodeInfo> outputs, String file) {
        GraphSignature read() {
            if (inputs.size() < 3 || inputs.size() > 4 || outputs.isEmpty()) {
                throw mismatch();
            }
            List<NodeInfo> made = new ArrayList<>(outputs.values());
            require(isFloat(made.get(0)));
            Optional<String> durations = made.stream()
                    .skip(1)
                    .limit(1)
                    .filter(Reader::isFloat)
                    .map(NodeInfo::getName)
                    .findFirst();
            NodeInfo scales = input("scales", 2);
            require(isFloat(scales) && hasShape(scales, SCALES));
            Optional<IntegerInput> speaker =
                    inputs.size() == 4 ? Optional.of(integer(input("sid", 3), 1)) : Optional.empty();
            return new GraphSignature(
                    integer(input("input", 0), 1, -1),
                    integer(input("input_lengths", 1), 1),
                    scales.getName(),
                    speaker,
                    made.get(0).getName(),
                    durations);
        }

        private NodeInfo input(String usualName, int position) {
            NodeInfo named = inputs.get(usualName);
            return named != null ? named : new ArrayList<>(inputs.values()).get(position);
        }

        private IntegerInput integer(NodeInfo node, long... shape) {
            require(hasShape(node, shape));
            OnnxJavaType type = ((TensorInfo) node.getInfo()).type;
            require(type == OnnxJavaType.INT64 || type == OnnxJavaType.INT32);
            return new IntegerInput(node.getName(), type == OnnxJavaType.INT64);
        }

        private static boolean isFloat(NodeInfo node) {
            return node.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT;
        }

        /** Unknown dimensions, -1, fit all. */
        private static boolean hasShape(NodeInfo node, long... expected) {
            if (!(node.getInfo() instanceof TensorInfo tensor)) {
                return false;
            }
            long[] found = tensor.getShape();
            boolean fits = found.length == expected.length;
            for (int i = 0; fits && i < found.length; i++) {
                fits = found[i] < 0 || expected[i] < 0 || found[i] == expected[i];
            }
            return fits;
        }

        private void require(boolean condition) {
            if (!condition) {
                throw mismatch();
            }
        }

        private TtsException mismatch() {
            return Failures.unsupported(
                    file + " has the inputs " + describe(inputs) + " and outputs " + describe(outputs) + CONTRACT);
        }

        private static String describe(Map<String, NodeInfo> nodes) {
            return nodes.values().stream()
                    .map(node -> node.getName()
                            + (node.getInfo() instanceof TensorInfo tensor
                                    ? " " + tensor.type + Arrays.toString(tensor.getShape())
                                    : ", which is no tensor"))
                    .collect(Collectors.joining("; ", "(", ")"));
        }
    }
}
