// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the tests through the client say about backends that break the rules. */
class TtsBackendConformanceTest {
    private static final String VIEWS = "client_everyView_givesTheSameBytes";
    private static final String TEN_PAGES = "client_tenPages_comeWholeAndInOrderInBoundedPieces";
    private static final String REPORT = "client_report_namesBackendAndCharactersSent";

    @Test
    void limitThatIsNotTold_isNoticed() {
        ConformanceRun.of(ShortTextsOnly.class, TEN_PAGES).failed(TEN_PAGES, "text: too long");
    }

    static class ShortTextsOnly extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) -> {
                if (synthesis.text().text().length() > 200) {
                    throw TtsException.invalidRequest("text: too long");
                }
                return fake.stream(synthesis);
            });
        }
    }

    @Test
    void chunksThatChangeLater_areNoticedInAView() {
        ConformanceRun.of(ZeroesItsBuffers.class, VIEWS, TEN_PAGES)
                .failed(VIEWS, "the audio through read() does not go on with piece 1 of 1 at byte 0")
                .failed(TEN_PAGES, "the audio of ten pages does not go on with piece 1 of 1 at byte 0");
    }

    /** Whoever looks later finds silence. */
    static class ZeroesItsBuffers extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) -> new DelegatingSource(fake.stream(synthesis)) {
                private byte[] last = new byte[0];

                @Override
                public @Nullable AudioChunk read() {
                    AudioChunk chunk = super.read();
                    Arrays.fill(last, (byte) 0);
                    if (chunk == null) {
                        return null;
                    }
                    last = ConformanceHooks.copy(chunk);
                    return new AudioChunk(ByteBuffer.wrap(last));
                }
            });
        }
    }

    @Test
    void charactersNotNoted_areNoticedInTheReport() {
        ConformanceRun.of(NotesNothing.class, REPORT).failed(REPORT, "characters sent in an attempt");
    }

    static class NotesNothing extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) ->
                    fake.stream(TestSynthesis.of(synthesis.text().text())));
        }
    }
}
