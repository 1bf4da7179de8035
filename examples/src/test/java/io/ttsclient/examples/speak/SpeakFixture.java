// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.testkit.FakeBackend;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the program begin with: a call of it over a fake backend, and a folder for what it writes. */
abstract class SpeakFixture {
    /** What the backend makes. */
    static final AudioFormat MADE = AudioFormat.linear16(16_000);

    @TempDir
    Path folder;

    final FakeBackend backend = FakeBackend.create();
    final SpeakCall speak = new SpeakCall(backend);

    final String file(String name) {
        return folder.resolve(name).toString();
    }
}
