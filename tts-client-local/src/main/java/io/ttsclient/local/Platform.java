// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import java.util.List;
import java.util.Locale;

/**
 * An operating system and a processor, named as ONNX Runtime names the folders of its native libraries.
 *
 * @param name such as {@code linux-x64}
 */
record Platform(String name) {
    /** The platforms that the runtime's jar has libraries for; on Linux they need glibc. */
    static final List<String> SUPPORTED = List.of("linux-x64", "linux-aarch64", "osx-aarch64", "win-x64");

    static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String system, String processor) {
        return new Platform(
                system(system.toLowerCase(Locale.ROOT)) + "-" + processor(processor.toLowerCase(Locale.ROOT)));
    }

    private static String system(String name) {
        if (name.contains("mac") || name.contains("darwin")) {
            return "osx";
        }
        if (name.contains("win")) {
            return "win";
        }
        return name.contains("linux") ? "linux" : name.replace(' ', '-');
    }

    private static String processor(String name) {
        return switch (name) {
            case "amd64", "x86_64" -> "x64";
            case "aarch64", "arm64" -> "aarch64";
            default -> name;
        };
    }
}
