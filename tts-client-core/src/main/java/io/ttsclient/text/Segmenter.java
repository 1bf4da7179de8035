// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import io.ttsclient.text.Segment.Boundary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into segments while it grows: sentence by sentence, within {@link SegmentLimits}. One for each text; not
 * thread-safe.
 *
 * <ul>
 *   <li>The segments and the white space between them are the text, each char once.
 *   <li>A segment is given as soon as no further text could change it, in general when the next word begins: {@code "3."} may
 *       become {@code "3.14"}, and {@code "Dr."} expects a name. So the segments do not depend on how the text was cut for
 *       {@link #append}, nor on when they were polled; only {@link #flush} changes them.
 *   <li>A sentence, as understood here, ends at a stop with white space behind it, or at a stop that needs none ({@code 。}), at a
 *       blank line, and around list items, headings and table rows. A single line break is white space.
 *   <li>What has nothing to pronounce is joined with what follows; only the last segment may be such.
 *   <li>The hard limits cut at the last clause within them, else at white space, else where a line could be broken, else between
 *       graphemes. A surrogate pair is never split; a grapheme, or a tag such as {@code <short pause>}, only if it exceeds a limit
 *       by itself.
 * </ul>
 *
 * <p>Reading takes time proportional to the text, and the text behind the segments already given is forgotten.
 */
public final class Segmenter {
    private final TextWindow text;
    private final BoundaryScanner scanner;
    private final Packer packer;
    private final Deque<Segment> flushed = new ArrayDeque<>();
    /** Where the next segment starts; null until its first char is there. */
    private @Nullable Position start;

    /** For a text whose language is unknown. */
    public Segmenter(SegmentLimits limits) {
        this(limits, Locale.ROOT);
    }

    /**
     * For a text in {@code language}, which decides about abbreviations; {@link Locale#ROOT} if unknown. {@link
     * Locale#forLanguageTag} makes one from a BCP 47 tag.
     */
    public Segmenter(SegmentLimits limits, Locale language) {
        this(limits, language, new TextWindow());
    }

    Segmenter(SegmentLimits limits, Locale language, TextWindow text) {
        this.text = text;
        scanner = new BoundaryScanner(text, Objects.requireNonNull(language, "language"));
        packer = new Packer(limits, new HardCut(text, limits));
    }

    /** The segments of a whole text. */
    public static List<Segment> split(CharSequence text, SegmentLimits limits, Locale language) {
        Segmenter segmenter = new Segmenter(limits, language);
        segmenter.append(text);
        segmenter.finish();
        List<Segment> segments = new ArrayList<>();
        for (Segment segment; (segment = segmenter.poll()) != null; ) {
            segments.add(segment);
        }
        return segments;
    }

    /**
     * Adds to the end of the text; may be cut anywhere, inside a surrogate pair too.
     *
     * @throws IllegalStateException after {@link #finish}, or if the text exceeds {@link Integer#MAX_VALUE} chars
     */
    public void append(CharSequence delta) {
        text.append(delta);
    }

    /** The next segment that is certain; null if there is none yet, and after the last one. */
    public @Nullable Segment poll() {
        Segment segment = flushed.poll();
        return segment != null ? segment : cut();
    }

    /**
     * Takes all text so far as complete, because nobody knows when more will come: it is cut into segments to poll now, and what
     * is appended later starts a new one. Only a high surrogate at the very end stays, for its partner.
     */
    public void flush() {
        text.flushing(true);
        for (Segment segment; (segment = cut()) != null; ) {
            flushed.add(segment);
        }
        text.flushing(false);
        scanner.restart();
        start = null;
    }

    /** Says that no more text will come. The last segment ends with {@link Segment.Boundary#END}, if text is left for it. */
    public void finish() {
        text.finish();
    }

    private @Nullable Segment cut() {
        Break cut;
        boolean exhausted = false;
        while ((cut = decide()) == null && !exhausted) {
            Break found = scanner.next();
            if (found == null) {
                exhausted = true;
            } else {
                packer.add(found);
            }
        }
        return cut == null ? null : segment(Objects.requireNonNull(start), cut);
    }

    private @Nullable Break decide() {
        if (start == null) {
            start = scanner.start();
        }
        return start == null ? null : packer.decide(start, scanner.decided());
    }

    private Segment segment(Position from, Break cut) {
        int end = cut.end().index();
        boolean flush = cut.kind() == Boundary.END && !text.isFinished();
        Segment segment = new Segment(
                text.substring(from.index(), end), from.index(), end, flush ? scanner.pending() : cut.kind());
        packer.cutAt(cut);
        start = cut.next();
        text.discardBefore(Math.min(start.index(), scanner.needed()));
        return segment;
    }
}
