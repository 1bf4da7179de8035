// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Voices with exactly Piper's signature, in which each id becomes {@link #SAMPLES} equal samples, so that a test can read the
 * ids from the audio. Not thread-safe.
 */
final class ToyVoice {
    static final int RATE = 16_000;
    static final int SAMPLES = 64;
    static final int HOP = 32;
    /** A speaker adds this to each id. */
    static final int SPEAKER = 100;

    private static final float UNIT = 1f / 1024;

    private String idsName = "input";
    private int integers = GraphWriter.INT64;
    private boolean durations = true;
    private boolean endless;
    private boolean silent;
    private boolean stereo;
    private boolean otherSecondOutput;
    private boolean failing;
    private int speakers = 1;
    private int speakersInConfig = 1;
    private String json = """
            {
              "audio": {"sample_rate": 16000},
              "espeak": {"voice": "en-us"},
              "language": {"code": "en_US"},
              "inference": {"noise_scale": 0.5, "length_scale": 1, "noise_w": 0.5},
              "phoneme_type": "text",
              "hop_length": 32,
              "num_speakers": %d,
              "speaker_id_map": %s,
              "phoneme_id_map": {
                "_": [0], "^": [1], "$": [2], " ": [3], ".": [4], "a": [10], "b": [11], "c": [12], "d": [13, 14],
                "e": [15], "h": [18], "l": [22], "n": [24], "o": [25], "r": [28], "w": [33], "\u0301": [40]
              }
            }
            """;

    /** Other names and integer types than Piper's own export. */
    ToyVoice exportedElsewhere() {
        idsName = "x";
        integers = GraphWriter.INT32;
        return this;
    }

    ToyVoice withoutDurations() {
        durations = false;
        return this;
    }

    /** A run that does not end by itself, for as long as anybody would wait. */
    ToyVoice endless() {
        endless = true;
        return this;
    }

    /** No sample comes out. */
    ToyVoice silent() {
        silent = true;
        return this;
    }

    /** Two channels come out, which no voice of Piper's has. */
    ToyVoice stereo() {
        stereo = true;
        return this;
    }

    /** A second output that is not what is spent on each id. */
    ToyVoice otherSecondOutput() {
        otherSecondOutput = true;
        return this;
    }

    /** The graph loads, and fails when it runs. */
    ToyVoice failing() {
        failing = true;
        return this;
    }

    /** From three on with the names "low" and "high" for 0 and 2; the default one is 1. */
    ToyVoice speakers(int count) {
        speakers = count;
        return speakersInConfig(count);
    }

    /** Only the config says so. */
    ToyVoice speakersInConfig(int count) {
        speakersInConfig = count;
        return this;
    }

    /** Changes the config. */
    ToyVoice replace(String part, String by) {
        if (!json.contains(part)) {
            throw new IllegalArgumentException("the config has no " + part);
        }
        json = json.replace(part, by);
        return this;
    }

    /** The voice as {@code toy.onnx} and its config. */
    Path in(Path folder) {
        try {
            Path model = Files.write(folder.resolve("toy.onnx"), graph());
            Files.writeString(folder.resolve("toy.onnx.json"), config());
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String config() {
        String names = speakersInConfig > 2 ? "{\"high\": 2, \"low\": 0}, \"default_speaker_id\": 1" : "{}";
        return json.formatted(speakersInConfig, names);
    }

    byte[] graph() {
        var graph = new GraphWriter();
        String ids = graph.input(idsName, integers, 1, -1);
        graph.input(idsName + "_lengths", integers, 1);
        String scales = graph.input("scales", GraphWriter.FLOAT, 3);
        Map<String, Object> toFloat = Map.of("to", (long) GraphWriter.FLOAT);
        Map<String, Object> toLong = Map.of("to", (long) GraphWriter.INT64);

        String values = graph.node("Cast", toFloat, ids);
        if (speakers > 1) {
            String speaker = graph.node("Cast", toFloat, graph.input("sid", integers, 1));
            values = graph.node("Add", values, graph.node("Mul", speaker, graph.floats(SPEAKER)));
        }
        if (endless) {
            values = graph.node("Add", values, endlessly(graph, scales));
        }
        String length = graph.node("Slice", scales, graph.longs(1), graph.longs(2));
        String count = graph.node("Round", graph.node("Mul", length, graph.floats(silent ? 0 : SAMPLES)));
        String column = graph.node("Unsqueeze", graph.node("Mul", values, graph.floats(UNIT)), graph.longs(0, 3));
        String shape =
                graph.node("Concat", Map.of("axis", 0L), graph.longs(1, 1, 1), graph.node("Cast", toLong, count));
        String samples = graph.node("Expand", column, shape);
        String flat = failing ? graph.longs(1, 1, 1, 7) : graph.longs(1, 1, stereo ? 2 : 1, -1);
        graph.nodeNamed("output", "Reshape", Map.of(), samples, flat);
        graph.output("output", GraphWriter.FLOAT, 1, 1, -1, -1);
        if (otherSecondOutput) {
            graph.nodeNamed("other", "Identity", Map.of(), scales);
            graph.output("other", GraphWriter.FLOAT, 3);
        }
        if (durations) {
            String frames = graph.node("Div", count, graph.floats(HOP));
            String each = graph.node("Add", graph.node("Mul", values, graph.floats(0)), frames);
            graph.nodeNamed("durations", "Unsqueeze", Map.of(), each, graph.longs(0));
            graph.output("durations", GraphWriter.FLOAT, 1, 1, -1);
        }
        return graph.model();
    }

    /** Zero, after hours: the matrix depends on the input, so that nothing is computed ahead. */
    private static String endlessly(GraphWriter graph, String scales) {
        String zero = graph.node("Mul", graph.node("Slice", scales, graph.longs(0), graph.longs(1)), graph.floats(0));
        String matrix = graph.node("Expand", zero, graph.longs(256, 256));
        var body = new GraphWriter("body");
        body.input("iteration", GraphWriter.INT64);
        body.input("going", GraphWriter.BOOL);
        body.input("product", GraphWriter.FLOAT, 256, 256);
        String next = body.node("MatMul", "product", matrix);
        String still = body.node("Identity", "going");
        body.output(still, GraphWriter.BOOL).output(next, GraphWriter.FLOAT, 256, 256);
        String times = graph.node("Squeeze", graph.longs(1_000_000_000L));
        String last = graph.node("Loop", Map.of("body", body), times, "", matrix);
        return graph.node("ReduceSum", Map.of("keepdims", 0L), last);
    }

    /** The ids in the audio of a toy voice at its own speed. */
    static List<Integer> idsIn(ByteBuffer audio) {
        var ids = new ArrayList<Integer>();
        for (int i = 0; i < audio.limit(); i += SAMPLES * Short.BYTES) {
            ids.add(Math.round(audio.getShort(i) / UNIT / Short.MAX_VALUE));
        }
        return ids;
    }
}
