// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.ttsclient.error.TtsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** A graph and the config beside it: files of the application, or the voice that comes with this library. */
final class VoiceFiles {
    private static final String BUILT_IN = "builtin";
    private static final String GRAPH = ".onnx";
    private static final String CONFIG = ".onnx.json";

    private final @Nullable Path graph; // null for the built-in voice
    private final String voice;
    private String fingerprint = ""; // as far as was read

    private VoiceFiles(@Nullable Path graph, String voice) {
        this.graph = graph;
        this.voice = voice;
    }

    static VoiceFiles builtIn() {
        return new VoiceFiles(null, BUILT_IN);
    }

    /**
     * The voice in {@code graph} with the config beside it.
     *
     * @throws TtsException with category {@code NOT_FOUND} if there is no such file
     */
    static VoiceFiles of(Path graph) {
        Path name = graph.getFileName();
        if (name == null || !Files.isRegularFile(graph)) {
            throw Failures.notFound("model: there is no file " + graph);
        }
        String file = name.toString();
        return new VoiceFiles(graph, file.endsWith(GRAPH) ? file.substring(0, file.length() - GRAPH.length()) : file);
    }

    boolean isBuiltIn() {
        return graph == null;
    }

    /** The id of the voice: the name of the file without its ending. */
    String voice() {
        return voice;
    }

    /** The name of the graph's file. */
    String name() {
        return voice + GRAPH;
    }

    /**
     * The config.
     *
     * @throws TtsException with category {@code UNSUPPORTED} if there is none that can be used
     */
    VoiceConfig config() {
        if (graph == null) {
            return config(resource(CONFIG), voice + CONFIG);
        }
        Path config = graph.resolveSibling(graph.getFileName() + ".json");
        if (!Files.isRegularFile(config)) {
            throw Failures.unsupported("model: beside " + graph + " there is no " + config.getFileName()
                    + ", and without it a voice cannot be spoken; Piper's voices come with it");
        }
        try {
            return config(Files.readAllBytes(config), config.getFileName().toString());
        } catch (IOException e) {
            throw Failures.unsupported("model: " + config + " cannot be read", e);
        }
    }

    private VoiceConfig config(byte[] json, String name) {
        fingerprint += checksum(json);
        return VoiceConfigReader.read(json, name);
    }

    OrtSession openSession(OrtEnvironment environment, SessionOptions options) throws OrtException {
        if (graph != null) {
            return environment.createSession(graph.toString(), options);
        }
        byte[] bytes = resource(GRAPH);
        fingerprint += checksum(bytes);
        return environment.createSession(bytes, options);
    }

    /**
     * Differs where what was read differs: the config by its content, and so the graph that comes with this library; one in a file, which
     * may be large, by its size and when it was written.
     */
    String fingerprint() {
        if (graph == null) {
            return fingerprint;
        }
        try {
            return fingerprint + " " + Files.size(graph) + " " + Files.getLastModifiedTime(graph);
        } catch (IOException e) {
            return UUID.randomUUID().toString(); // it is gone by now, and like no other
        }
    }

    private static String checksum(byte[] bytes) {
        var checksum = new CRC32();
        checksum.update(bytes);
        return " " + Long.toHexString(checksum.getValue());
    }

    private static byte[] resource(String ending) {
        try (InputStream in = VoiceFiles.class.getResourceAsStream(BUILT_IN + ending)) {
            if (in == null) {
                throw Failures.notFound("the jar of tts-client-local has no " + BUILT_IN + ending);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw Failures.unsupported("the jar of tts-client-local cannot be read", e);
        }
    }
}
