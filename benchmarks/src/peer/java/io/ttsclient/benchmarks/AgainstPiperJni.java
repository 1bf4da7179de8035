package io.ttsclient.benchmarks;

import ai.onnxruntime.OrtEnvironment;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.givimad.piperjni.PiperJNI;
import io.ttsclient.TtsClient;
import io.ttsclient.local.LocalVoice;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The library against piper-jni in one JVM: same graph, same text, same thread count. Both read the text character by
 * character (phoneme type {@code text}), so that neither's phonemizer counts. Aim: at most 0.6 of the peer's time, with a
 * small voice.
 */
final class AgainstPiperJni {
    private static final String TEXT = "the train to the airport leaves from platform four in twenty minutes.";

    private AgainstPiperJni() {}

    public static void main(String[] args) throws Exception {
        int threads = Runtime.getRuntime().availableProcessors(); // the peer's own choice cannot be changed
        Path directory = Files.createTempDirectory("tts-client-benchmark");
        Path model = directory.resolve("voice.onnx");
        Path config = directory.resolve("voice.onnx.json");
        Files.write(model, BuiltInGraph.resource("builtin.onnx"));
        var json = (ObjectNode) new ObjectMapper().readTree(BuiltInGraph.resource("builtin.onnx.json"));
        json.put("phoneme_type", "text");
        Files.writeString(config, json.toString());
        try (var peer = new PiperJNI();
                TtsClient client = TtsClient.of(LocalVoice.builder()
                        .model(model)
                        .threads(threads)
                        .build())) {
            peer.initialize(false, false);
            System.out.println("ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion() + " here, Piper "
                    + peer.getPiperVersion() + " there, " + threads + " threads");
            try (var voice = peer.loadVoice(model, config)) {
                new Interleaved(30, 150)
                        .compare(
                                "TtsClient",
                                Interleaved.whole(() -> client.synthesize(TEXT)),
                                "piper-jni",
                                Interleaved.whole(() -> peer.textToAudio(voice, TEXT)));
            }
        } finally {
            Files.deleteIfExists(model);
            Files.deleteIfExists(config);
            Files.delete(directory);
        }
    }
}
