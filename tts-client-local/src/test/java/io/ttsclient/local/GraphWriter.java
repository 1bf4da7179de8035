// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes ONNX graphs for tests. */
final class GraphWriter {
    static final int FLOAT = 1;
    static final int INT32 = 6;
    static final int INT64 = 7;
    static final int BOOL = 9;
    private static final int OPSET = 17;
    private static final int IR_VERSION = 8;

    private final List<ProtoWriter> nodes = new ArrayList<>();
    private final List<ProtoWriter> constants = new ArrayList<>();
    private final List<ProtoWriter> inputs = new ArrayList<>();
    private final List<ProtoWriter> outputs = new ArrayList<>();
    private final String prefix;
    private int names;

    GraphWriter() {
        this("v");
    }

    /** Values of an inner graph must not be called as those around it. */
    GraphWriter(String prefix) {
        this.prefix = prefix;
    }

    private String name() {
        return prefix + names++;
    }

    /** A dimension below 0 is unknown. */
    String input(String name, int type, long... shape) {
        inputs.add(value(name, type, shape));
        return name;
    }

    GraphWriter output(String name, int type, long... shape) {
        outputs.add(value(name, type, shape));
        return this;
    }

    private static ProtoWriter value(String name, int type, long... shape) {
        var dimensions = new ProtoWriter();
        for (long size : shape) {
            dimensions.message(1, size < 0 ? new ProtoWriter().text(2, "n") : new ProtoWriter().number(1, size));
        }
        var tensor = new ProtoWriter().number(1, type).message(2, dimensions);
        return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
    }

    String floats(float... values) {
        return constant(FLOAT, values.length, ProtoWriter.littleEndian(values));
    }

    String longs(long... values) {
        return constant(INT64, values.length, ProtoWriter.littleEndian(values));
    }

    private String constant(int type, int count, byte[] raw) {
        String name = name();
        constants.add(
                new ProtoWriter().number(1, count).number(2, type).text(8, name).bytes(9, raw));
        return name;
    }

    String node(String operator, String... values) {
        return node(operator, Map.of(), values);
    }

    /** An attribute is a {@code Long} or, as the body of a loop, a {@code GraphWriter}. */
    String node(String operator, Map<String, Object> attributes, String... values) {
        String result = name();
        return nodeNamed(result, operator, attributes, values);
    }

    String nodeNamed(String result, String operator, Map<String, Object> attributes, String... values) {
        var node = new ProtoWriter();
        for (String value : values) {
            node.text(1, value);
        }
        node.text(2, result).text(3, "node_" + result).text(4, operator);
        attributes.forEach((name, value) -> node.message(5, attribute(name, value)));
        nodes.add(node);
        return result;
    }

    private static ProtoWriter attribute(String name, Object value) {
        var attribute = new ProtoWriter().text(1, name);
        return value instanceof GraphWriter body
                ? attribute.message(6, body.graph()).number(20, 5)
                : attribute.number(3, (Long) value).number(20, 2);
    }

    private ProtoWriter graph() {
        var graph = new ProtoWriter();
        nodes.forEach(node -> graph.message(1, node));
        graph.text(2, prefix);
        constants.forEach(constant -> graph.message(5, constant));
        inputs.forEach(input -> graph.message(11, input));
        outputs.forEach(output -> graph.message(12, output));
        return graph;
    }

    byte[] model() {
        return new ProtoWriter()
                .number(1, IR_VERSION)
                .message(7, graph())
                .message(8, new ProtoWriter().text(1, "").number(2, OPSET))
                .toByteArray();
    }
}
