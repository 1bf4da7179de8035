// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import java.util.regex.Pattern;

/**
 * Names of voices and models that would be a file on the server's disk. Some servers open what they are given: Idiap's Coqui TTS
 * clones a {@code voice} that exists as a file, Piper loads a voice from below its data folder.
 */
final class ServerPath {
    private static final Pattern LIKE = Pattern.compile(
            "(?i)[/\\\\~].*|[a-z]:[/\\\\].*|file:.*" // rooted
                    + "|(.*[/\\\\])?\\.\\.?([/\\\\].*)?" // . and .. anywhere
                    + "|.*[/\\\\].*\\.(wav|mp3|flac|ogg|opus|m4a|onnx|pt|pth|npy|npz|safetensors|json|ya?ml)");

    private ServerPath() {}

    static boolean isLike(String name) {
        return LIKE.matcher(name).matches();
    }
}
