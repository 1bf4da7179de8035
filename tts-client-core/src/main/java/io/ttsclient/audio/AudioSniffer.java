// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells by its first bytes what audio is, since file names and media types of servers often say something else. */
public final class AudioSniffer {
    /** With this many first bytes, or with all where there are fewer, {@link #sniff} says all that it can. */
    public static final int BYTES_NEEDED = 37;

    /** A page header, the sizes of two segments, and the name of a codec are what is {@link #BYTES_NEEDED}. */
    private static final int OGG_PAGE_HEADER_BYTES = 27;

    /** What {@link #sniff} tells apart. */
    public enum Type {
        /** RIFF, RF64 or BW64; {@link WavReader} tells what is in it. */
        WAV,
        /** MPEG layer III, perhaps behind an ID3 tag. */
        MP3,
        /** Opus in Ogg. */
        OGG_OPUS,
        /** Vorbis in Ogg. */
        OGG_VORBIS,
        /** FLAC in Ogg. */
        OGG_FLAC,
        /** FLAC in its own container. */
        FLAC,
        /** AAC in ADTS frames. */
        AAC
    }

    private AudioSniffer() {}

    /**
     * Looks at the beginning of a stream or file. Raw samples have no beginning to be known by; that loud ones begin like an MP3
     * or AAC frame is possible, though it takes a first sample beyond -1000.
     *
     * @param first at least {@link #BYTES_NEEDED} bytes, or all that there are; neither changed nor kept
     * @return empty where it is nothing known
     */
    public static Optional<Type> sniff(ByteBuffer first) {
        // No more, so that the answer does not depend on how much has come.
        ByteBuffer bytes = first.slice(first.position(), Math.min(first.remaining(), BYTES_NEEDED));
        if (isAt(bytes, 8, "WAVE") && (isAt(bytes, 0, "RIFF") || isAt(bytes, 0, "RF64") || isAt(bytes, 0, "BW64"))) {
            return Optional.of(Type.WAV);
        }
        if (isAt(bytes, 0, "ID3")) {
            return Optional.of(Type.MP3);
        }
        if (isAt(bytes, 0, "fLaC")) {
            return Optional.of(Type.FLAC);
        }
        if (isAt(bytes, 0, "OggS")) {
            return sniffOgg(bytes);
        }
        return sniffFrame(bytes);
    }

    /** The first page of an Ogg holds the identification of the codec and nothing else, behind a list of segment sizes. */
    private static Optional<Type> sniffOgg(ByteBuffer bytes) {
        if (bytes.limit() < OGG_PAGE_HEADER_BYTES) {
            return Optional.empty();
        }
        int packet = OGG_PAGE_HEADER_BYTES + (bytes.get(OGG_PAGE_HEADER_BYTES - 1) & 0xFF);
        if (isAt(bytes, packet, "OpusHead")) {
            return Optional.of(Type.OGG_OPUS);
        }
        if (isAt(bytes, packet, "\u0001vorbis")) {
            return Optional.of(Type.OGG_VORBIS);
        }
        return isAt(bytes, packet, "\u007FFLAC") ? Optional.of(Type.OGG_FLAC) : Optional.empty();
    }

    /** A frame header of MPEG or ADTS: 11 or 12 bits set, then fields of which some values are reserved. */
    private static Optional<Type> sniffFrame(ByteBuffer bytes) {
        if (bytes.limit() < 4 || bytes.get(0) != (byte) 0xFF) {
            return Optional.empty();
        }
        int second = bytes.get(1) & 0xFF;
        int third = bytes.get(2) & 0xFF;
        if ((second & 0xF6) == 0xF0) {
            boolean knownRate = (third >> 2 & 0xF) < 13;
            return knownRate ? Optional.of(Type.AAC) : Optional.empty();
        }
        boolean sync = (second & 0xE0) == 0xE0;
        boolean version = (second >> 3 & 3) != 1;
        boolean layer3 = (second >> 1 & 3) == 1;
        // Neither free nor forbidden: a free bit rate is not used, and zeros are likelier to be samples.
        boolean bitRate = (third >> 4) != 0 && (third >> 4) != 15;
        boolean sampleRate = (third >> 2 & 3) != 3;
        return sync && version && layer3 && bitRate && sampleRate ? Optional.of(Type.MP3) : Optional.empty();
    }

    private static boolean isAt(ByteBuffer bytes, int at, String ascii) {
        byte[] expected = ascii.getBytes(StandardCharsets.US_ASCII);
        return bytes.limit() >= at + expected.length
                && bytes.slice(at, expected.length).equals(ByteBuffer.wrap(expected));
    }
}
