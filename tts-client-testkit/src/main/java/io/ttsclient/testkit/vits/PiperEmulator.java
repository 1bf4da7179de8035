// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.vits;

import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.ServerRequest;
import io.ttsclient.text.Speakable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Piper's HTTP server. A voice that it does not know is its default one, without a word. */
public final class PiperEmulator implements LoopbackServer.Handler {
    private static final int SAMPLE_RATE = 22_050;
    /** One of them was called {@code en_US-john} before its end was cut off. */
    private static final String VOICES = "{\"en_US-amy-medium\":{\"audio\":{\"sample_rate\":22050},"
            + "\"espeak\":{\"voice\":\"en-us\"},\"language\":{\"code\":\"en_US\"},\"num_speakers\":1},"
            + "\"en_US-joh\":{\"audio\":{\"sample_rate\":22050},\"espeak\":{\"voice\":\"en-us\"},"
            + "\"language\":{\"code\":\"en_US\"},\"num_speakers\":1}}";

    /** Which of its three APIs. */
    public enum Version {
        /** The archived one: the bare text. */
        LEGACY,
        /** piper1-gpl 1.3 and 1.4: JSON to {@code /}. */
        V1_3,
        /** piper1-gpl from 1.5: JSON to {@code /synthesize}. */
        V1_5
    }

    private final Version version;
    /** What it spoke last, whoever asked for it: it tells everybody. */
    private volatile String last = "null";

    public PiperEmulator(Version version) {
        this.version = version;
    }

    @Override
    public ServerAnswer answer(ServerRequest request) {
        return switch (version) {
            case LEGACY -> legacy(request);
            case V1_3 -> v13(request);
            case V1_5 -> v15(request);
        };
    }

    private ServerAnswer legacy(ServerRequest request) {
        if (!request.path().equals("/")) {
            return Pages.flask404();
        }
        return speak(
                request.method().equals("POST")
                        ? request.text()
                        : Fields.ofQuery(request).getOrDefault("text", ""));
    }

    private ServerAnswer v13(ServerRequest request) {
        return switch (request.path()) {
            case "/" -> request.method().equals("POST") ? speakJson(request) : Pages.flask405();
            default -> besides(request);
        };
    }

    /** What both of the newer ones have. */
    private static ServerAnswer besides(ServerRequest request) {
        return switch (request.path()) {
            case "/voices", "/all-voices" -> Pages.json(200, VOICES);
            case "/download" -> request.method().equals("POST") ? download(request) : Pages.flask405();
            default -> Pages.flask404();
        };
    }

    private static ServerAnswer download(ServerRequest request) {
        return json(request)
                .flatMap(json -> Optional.ofNullable(json.get("voice")))
                .map(voice -> ServerAnswer.of(200)
                        .header("Content-Type", "text/html; charset=utf-8")
                        .body(voice))
                .orElseGet(Pages::flask500);
    }

    private ServerAnswer v15(ServerRequest request) {
        boolean post = request.method().equals("POST");
        return switch (request.path()) {
            case "/" ->
                post
                        ? Pages.flask405()
                        : ServerAnswer.of(200)
                                .header("Content-Type", "text/html; charset=utf-8")
                                .body("<!doctype html><title>Piper</title><form></form>");
            case "/synthesize" -> post ? speakJson(request) : Pages.flask405();
            case "/info" ->
                Pages.json(
                        200,
                        "{\"voice\":{\"name\":\"en_US-amy-medium\",\"language\":\"en_US\",\"num_speakers\":1},\"last\":"
                                + last + "}");
            default -> besides(request);
        };
    }

    private ServerAnswer speakJson(ServerRequest request) {
        return json(request)
                .map(json -> speakAndTell(json.getOrDefault("text", "")))
                .orElseGet(Pages::flask500);
    }

    private static Optional<Map<String, String>> json(ServerRequest request) {
        try {
            return Optional.of(Fields.ofJson(request));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private ServerAnswer speakAndTell(String text) {
        last = "{\"text\":" + Fields.quoted(text) + ",\"synthesize_seconds\":0.1,\"phonemes\":[],\"alignments\":[]}";
        return speak(text);
    }

    private static ServerAnswer speak(String text) {
        // Without phonemes there is nothing to write a header from, and Python's wave says so.
        return Speakable.anythingIn(text)
                ? ServerAnswer.of(200)
                        .header("Content-Type", "text/html; charset=utf-8")
                        .body(EmulatedAudio.wav(text, SAMPLE_RATE))
                : Pages.flask500();
    }
}
