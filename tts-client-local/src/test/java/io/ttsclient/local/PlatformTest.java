// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x64",
        "Linux, aarch64, linux-aarch64",
        "Mac OS X, aarch64, osx-aarch64",
        "Mac OS X, x86_64, osx-x64",
        "Darwin, arm64, osx-aarch64",
        "Windows 11, amd64, win-x64",
        "FreeBSD, amd64, freebsd-x64",
        "Some OS, riscv64, some-os-riscv64",
        "'', '', -",
    })
    void of_systemAndProcessor_areNamedAsTheRuntimeNamesThem(String system, String processor, String name) {
        assertThat(Platform.of(system, processor).name()).isEqualTo(name);
    }

    /** What the README says of platforms: a new version of the runtime may change it. */
    @ParameterizedTest
    @CsvSource({
        "linux-x64/libonnxruntime.so, true",
        "linux-aarch64/libonnxruntime.so, true",
        "osx-aarch64/libonnxruntime.dylib, true",
        "win-x64/onnxruntime.dll, true",
        "osx-x64/libonnxruntime.dylib, false",
        "win-arm64/onnxruntime.dll, false",
    })
    void natives_ofTheRuntime_areThoseOfTheReadme(String file, boolean there) {
        assertThat(OrtEnvironment.class.getResource("/ai/onnxruntime/native/" + file) != null)
                .isEqualTo(there);
    }
}
