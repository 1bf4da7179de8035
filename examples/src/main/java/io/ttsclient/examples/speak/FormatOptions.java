// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what the audio is like. */
final class FormatOptions {
    private static final int TELEPHONY_HZ = 8_000;

    /** What files and lines here can hold. */
    enum EncodingName {
        linear16(Encoding.LINEAR16),
        mulaw(Encoding.MULAW),
        alaw(Encoding.ALAW);

        private final Encoding encoding;

        EncodingName(Encoding encoding) {
            this.encoding = encoding;
        }
    }

    @Option(names = "--encoding", paramLabel = "NAME", description = "linear16 (default), mulaw or alaw.")
    private @Nullable EncodingName encoding;

    @Option(
            names = "--sample-rate",
            paramLabel = "HZ",
            description = "4000 to 192000; without it the voice's own, or 8000 for mulaw and alaw.")
    private @Nullable Integer sampleRate;

    /**
     * The format to ask for; empty where the voice's own will do.
     *
     * @throws UsageException if the sample rate is out of range
     */
    Optional<AudioFormat> format() {
        boolean linear = encoding == null || encoding == EncodingName.linear16;
        if (linear && sampleRate == null) {
            return Optional.empty();
        }
        Encoding wanted = encoding == null ? Encoding.LINEAR16 : encoding.encoding;
        try {
            return Optional.of(
                    new AudioFormat(wanted, Container.RAW, sampleRate == null ? TELEPHONY_HZ : sampleRate, 1));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--sample-rate: " + e.getMessage());
        }
    }
}
