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

    private static final List<AudioFormat> AURA_SAMPLES = samples(Container.RAW, AURA_RATES);
    private static final List<AudioFormat> FLUX_SAMPLES = samples(Container.RAW, FLUX_RATES);
    private static final List<AudioFormat> AURA_ALL = all(AURA_RATES);
    private static final List<AudioFormat> FLUX_ALL = all(FLUX_RATES);

    private Formats() {}

    /** What comes over a WebSocket: samples without a header. */
    static List<AudioFormat> overSocket(Product product) {
        return product == Product.FLUX ? FLUX_SAMPLES : AURA_SAMPLES;
    }

    /** What comes over REST: the same, and more. */
    static List<AudioFormat> overRest(Product product) {
        return product == Product.FLUX ? FLUX_ALL : AURA_ALL;
    }

    private static List<AudioFormat> all(List<Integer> linear16Rates) {
        var formats = new ArrayList<>(samples(Container.RAW, linear16Rates));
        formats.addAll(samples(Container.WAV, linear16Rates));
        formats.add(new AudioFormat(Encoding.MP3, Container.RAW, MP3_RATE, 1));
        formats.add(new AudioFormat(Encoding.OPUS, Container.OGG, OPUS_RATE, 1));
        FLAC_RATES.forEach(rate -> formats.add(new AudioFormat(Encoding.FLAC, Container.RAW, rate, 1)));
        formats.add(new AudioFormat(Encoding.AAC, Container.RAW, AAC_RATE, 1));
        return List.copyOf(formats);
    }

    private static List<AudioFormat> samples(Container container, List<Integer> linear16Rates) {
        var formats = new ArrayList<AudioFormat>();
        linear16Rates.forEach(rate -> formats.add(new AudioFormat(Encoding.LINEAR16, container, rate, 1)));
        for (Encoding encoding : List.of(Encoding.MULAW, Encoding.ALAW)) {
            TELEPHONE_RATES.forEach(rate -> formats.add(new AudioFormat(encoding, container, rate, 1)));
        }
        return List.copyOf(formats);
    }
}
