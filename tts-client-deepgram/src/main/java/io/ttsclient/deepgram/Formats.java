// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import java.util.ArrayList;
import java.util.List;

/** What Deepgram makes, by its documentation of the media settings and of Flux's parameters. */
final class Formats {
    /** What is made where nothing is asked for. */
    static final AudioFormat DEFAULT = AudioFormat.linear16(24_000);

    private static final List<Integer> AURA_RATES = List.of(8_000, 16_000, 24_000, 32_000, 48_000);
    private static final List<Integer> FLUX_RATES = List.of(8_000, 16_000, 24_000, 32_000, 44_100, 48_000);
    private static final List<Integer> TELEPHONE_RATES = List.of(8_000, 16_000);
    private static final List<Integer> FLAC_RATES = List.of(8_000, 16_000, 22_050, 32_000, 48_000);
    private static final int MP3_RATE = 22_050;
    private static final int AAC_RATE = 22_050;
    private static final int OPUS_RATE = 48_000;

    private Formats() {}

    /** What comes over a WebSocket: samples without a header. */
    static List<AudioFormat> overSocket(Product product) {
        return samples(Container.RAW, product == Product.FLUX ? FLUX_RATES : AURA_RATES);
    }

    /** What comes over REST: the same, and more. */
    static List<AudioFormat> overRest(Product product) {
        var formats = new ArrayList<>(overSocket(product));
        formats.addAll(samples(Container.WAV, product == Product.FLUX ? FLUX_RATES : AURA_RATES));
        formats.add(new AudioFormat(Encoding.MP3, Container.RAW, MP3_RATE, 1));
        formats.add(new AudioFormat(Encoding.OPUS, Container.OGG, OPUS_RATE, 1));
        FLAC_RATES.forEach(rate -> formats.add(new AudioFormat(Encoding.FLAC, Container.RAW, rate, 1)));
        formats.add(new AudioFormat(Encoding.AAC, Container.RAW, AAC_RATE, 1));
        return formats;
    }

    private static List<AudioFormat> samples(Container container, List<Integer> linear16Rates) {
        var formats = new ArrayList<AudioFormat>();
        linear16Rates.forEach(rate -> formats.add(new AudioFormat(Encoding.LINEAR16, container, rate, 1)));
        for (Encoding encoding : List.of(Encoding.MULAW, Encoding.ALAW)) {
            TELEPHONE_RATES.forEach(rate -> formats.add(new AudioFormat(encoding, container, rate, 1)));
        }
        return formats;
    }
}
