// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.fuzz.Pieces;
import java.io.ByteArrayInputStream;

class EventsInputStreamFuzz {
    @FuzzTest
    void read_anyBytesAsEvents_areHeardTheSameHoweverTheyCome(byte[] bytes) {
        Heard whole = Heard.of(new EventsInputStream(new ByteArrayInputStream(bytes)));

        whole.assertSameInPieces(Heard.of(new EventsInputStream(Pieces.stream(bytes, 1))));
        whole.assertSameInPieces(Heard.of(new EventsInputStream(Pieces.stream(bytes, 40))));
    }
}
