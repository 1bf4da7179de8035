// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.text.SegmentLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a family of Gemini's models expects and can do. Ids of models come and go, so they are free text; the profile of one is
 * told by how it begins.
 *
 * <table>
 * <caption>The profiles</caption>
 * <tr><th></th><th>{@link #GEMINI_3_8}</th><th>{@link #GEMINI_3_1}</th><th>{@link #GEMINI_2_5}</th></tr>
 * <tr><td>model ids</td><td>all others</td><td>{@code gemini-3.1...}</td><td>{@code gemini-2.5...}</td></tr>
 * <tr><td>text</td><td>spoken verbatim</td><td>inside of a prompt</td><td>inside of a prompt</td></tr>
 * <tr><td>style</td><td>a field beside the text</td><td>in the prompt</td><td>in the prompt</td></tr>
 * <tr><td>voices</td><td>prebuilt, library and custom ones</td><td>prebuilt</td><td>prebuilt</td></tr>
 * <tr><td>makes</td><td>16-bit PCM at 24 kHz, µ-law and A-law at 8 kHz</td><td>PCM</td><td>PCM</td></tr>
 * <tr><td>asked for</td><td>a stream</td><td>a stream; one answer for what is longer than a piece, such as a long dialogue, since
 * its streams break off after a minute</td><td>one answer: its streams hold all back until the end</td></tr>
 * </table>
 *
 * <p>Source: Google's documentation of the models, as of October 2026.
 */
public enum GeminiProfile {
    /** The 3.8 family and whatever comes after it. */
    GEMINI_3_8("", true, Streams.WHOLE),
    /** The 3.1 preview. */
    GEMINI_3_1("gemini-3.1", false, Streams.OF_PIECES),
    /** The 2.5 previews, and the same models on Vertex. */
    GEMINI_2_5("gemini-2.5", false, Streams.NONE);

    static final AudioFormat PCM = AudioFormat.linear16(24_000);
    static final AudioFormat MULAW = AudioFormat.mulaw(8_000);
    static final AudioFormat ALAW = AudioFormat.alaw(8_000);

    /**
     * At some 15 characters a second 700 of them are 47 s: beyond a minute 3.1 breaks streams off and voices begin to drift. The
     * bytes bound scripts that say more in a character: 800 bytes are 266 Chinese ones, as long again.
     */
    private static final SegmentLimits PIECES = SegmentLimits.builder()
            .maxCodePoints(800)
            .maxBytes(800)
            .packUpTo(700)
            .build();

    /** What a family's streams are good for. */
    private enum Streams {
        WHOLE,
        OF_PIECES,
        NONE
    }

    private final String prefix;
    private final boolean verbatim;
    private final Streams streams;

    GeminiProfile(String prefix, boolean verbatim, Streams streams) {
        this.prefix = prefix;
        this.verbatim = verbatim;
        this.streams = streams;
    }

    /** The profile of a model. */
    public static GeminiProfile of(String model) {
        for (GeminiProfile profile : List.of(GEMINI_3_1, GEMINI_2_5)) {
            if (model.startsWith(profile.prefix)) {
                return profile;
            }
        }
        return GEMINI_3_8;
    }

    /** Whether the text is a transcript and nothing else; otherwise it is a part of a prompt. */
    boolean isVerbatim() {
        return verbatim;
    }

    /** Whether a stream speaks {@code text} sooner than one answer does, and to its end. */
    boolean streams(String text) {
        return switch (streams) {
            case WHOLE -> true;
            case OF_PIECES ->
                text.codePointCount(0, text.length()) <= PIECES.maxCodePoints()
                        && text.getBytes(StandardCharsets.UTF_8).length <= PIECES.maxBytes();
            case NONE -> false;
        };
    }

    /** Whether it may be asked for one answer, whose first audio comes when the last is made. */
    boolean mayAnswerWhole() {
        return streams != Streams.WHOLE;
    }

    /** The formats that it makes, the one that it makes unasked first. */
    List<AudioFormat> formats() {
        return verbatim ? List.of(PCM, MULAW, ALAW) : List.of(PCM);
    }

    /** How long a piece of text may be so that all of it is spoken, in one voice. */
    SegmentLimits pieces() {
        return PIECES;
    }
}
