// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.AudioSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Whole speech, all of it in memory. Immutable and thread-safe; every view starts at the beginning. */
public final class Speech {
    private final AudioFormat format;
    private final List<AudioChunk> chunks;
    private final List<TimingMark> timings;
    private final SpeechReport report;
    private final long size;

    private Speech(AudioFormat format, List<AudioChunk> chunks, List<TimingMark> timings, SpeechReport report) {
        this.format = format;
        this.chunks = List.copyOf(chunks);
        this.timings = List.copyOf(timings);
        this.report = report;
        size = this.chunks.stream().mapToLong(AudioChunk::size).sum();
    }

    /** Speech of these chunks, which are shared and not copied. For those who build clients and test doubles. */
    public static Speech of(
            AudioFormat format, List<AudioChunk> chunks, List<TimingMark> timings, SpeechReport report) {
        return new Speech(format, chunks, timings, report);
    }

    /** The format of the audio. */
    public AudioFormat format() {
        return format;
    }

    /** The audio in the pieces in which it arrived. */
    public List<AudioChunk> chunks() {
        return chunks;
    }

    /** How many bytes the audio has. */
    public long size() {
        return size;
    }

    /** How long it plays; zero where the encoding is compressed. */
    public Duration duration() {
        return format.encoding().isCompressed() ? Duration.ZERO : format.durationOf(size);
    }

    /** When which part of the text is heard, in order; empty where the backend gave no timings. */
    public List<TimingMark> timings() {
        return timings;
    }

    /** What happened while it was made. */
    public SpeechReport report() {
        return report;
    }

    /** A copy of the audio. */
    public byte[] toBytes() {
        return open().toBytes();
    }

    /** The audio as a stream of bytes. */
    public InputStream asInputStream() {
        return open().asInputStream();
    }

    /** As {@link AudioStream#writeTo(Path)}. */
    public void writeTo(Path file) throws IOException {
        open().writeTo(file);
    }

    /** As {@link AudioStream#transferTo(AudioSink)}. */
    public long transferTo(AudioSink sink) throws IOException {
        return open().transferTo(sink);
    }

    private AudioStream open() {
        return AudioStream.of(AudioSource.of(format, chunks, timings), Runnable::run, () -> report);
    }

    @Override
    public String toString() {
        return "Speech[" + format + ", " + size + " bytes, " + duration() + "]";
    }
}
