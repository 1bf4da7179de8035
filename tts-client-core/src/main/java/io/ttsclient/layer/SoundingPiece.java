// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.error.DeliveredText;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.TimingMark;
import io.ttsclient.text.Segment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The piece of a {@link SegmentedSource} that is read, and what the pieces before it leave behind: their marks and their bytes. The
 * reading thread changes it, with the lock of its user held, and reads it without.
 */
final class SoundingPiece {
    private final List<TimingMark> before = new ArrayList<>();
    private @Nullable AudioSource source;
    private @Nullable Segment segment;
    /** Null where nobody knows: behind a piece whose bytes do not tell how long it plays. */
    private @Nullable Duration start;

    private boolean isSounding;
    private long bytes; // of all pieces, with the silence between them
    private long ownBytes;

    /** Whether there is, or may be, more to read of it. */
    boolean isSounding() {
        return isSounding;
    }

    /** The latest; null before the first. */
    @Nullable
    AudioSource source() {
        return source;
    }

    @Nullable
    Segment segment() {
        return segment;
    }

    /** Goes on with this one, behind that silence; gives the one before, which is to be closed. */
    @Nullable
    AudioSource begin(AudioSource next, Segment text, Duration pause) {
        AudioSource previous = source;
        AudioFormat format = next.format();
        bytes += format.encoding().isCompressed() ? 0 : format.bytesIn(pause);
        start = previous != null && format.encoding().isCompressed() ? null : time(format, bytes);
        source = next;
        segment = text;
        ownBytes = 0;
        isSounding = true;
        return previous;
    }

    private static Duration time(AudioFormat format, long bytes) {
        return format.encoding().isCompressed() ? Duration.ZERO : format.durationOf(bytes);
    }

    /** Null at the end, and once {@link #end} was called. */
    @Nullable
    AudioChunk read() {
        return source == null || !isSounding ? null : source.read();
    }

    /** That many bytes of it were read; gives how long they play, zero where they do not tell. */
    Duration delivered(int count) {
        bytes += count;
        ownBytes += count;
        return source == null ? Duration.ZERO : time(source.format(), count);
    }

    /** It was read to its end. One that has no marks gets one for all of it. */
    void end() {
        if (!isSounding || source == null || segment == null) {
            return;
        }
        List<TimingMark> marks = marks(source, segment);
        isSounding = false;
        if (!marks.isEmpty()) {
            before.addAll(marks);
        } else if (start != null && !source.format().encoding().isCompressed()) {
            before.add(new TimingMark(
                    TimingMark.Kind.SEGMENT,
                    segment.start(),
                    segment.end(),
                    start,
                    source.format().durationOf(bytes)));
        }
    }

    List<TimingMark> timings() {
        var all = new ArrayList<>(before);
        if (isSounding && source != null && segment != null) {
            all.addAll(marks(source, segment));
        }
        return List.copyOf(all);
    }

    private List<TimingMark> marks(AudioSource piece, Segment text) {
        Duration from = start;
        return from == null
                ? List.of()
                : piece.timings().stream()
                        .map(mark -> mark.shiftedBy(text.start(), from))
                        .toList();
    }

    /** How much of the text was delivered, if no more is. */
    DeliveredText deliveredText() {
        if (source == null || segment == null) {
            return new DeliveredText(0, 0);
        }
        if (!isSounding) {
            return new DeliveredText(segment.end(), segment.end());
        }
        if (ownBytes == 0) {
            return new DeliveredText(segment.start(), segment.start());
        }
        Duration heard = time(source.format(), bytes);
        int complete = marks(source, segment).stream()
                .filter(mark -> mark.end().compareTo(heard) <= 0)
                .mapToInt(TimingMark::textEnd)
                .reduce(segment.start(), Math::max);
        return new DeliveredText(Math.min(complete, segment.end()), segment.end());
    }
}
