// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.testkit.SeededRandom;
import io.ttsclient.text.Segment.Boundary;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds for every text, tried on random ones. */
class SegmenterRandomTest {
    private static final int ROUNDS = 4_000;
    private static final List<Locale> LANGUAGES =
            List.of(Locale.ROOT, Locale.ENGLISH, Locale.forLanguageTag("vi"), Locale.JAPANESE, Locale.GERMAN);

    @RegisterExtension
    final SeededRandom random = new SeededRandom();

    @Test
    void split_anyText_losesNothingAndKeepsTheLimits() {
        for (int round = 0; round < ROUNDS; round++) {
            String text = RandomText.of(random, random.nextInt(60));
            SegmentLimits limits = limits();
            List<Segment> segments = Segmenter.split(text, limits, language());
            assertCovers(text, segments);
            assertWithin(limits, text, segments);
            for (int i = 0; i < segments.size(); i++) {
                assertThat(segments.get(i).boundary() == Boundary.END).isEqualTo(i == segments.size() - 1);
            }
        }
    }

    @Test
    void poll_anyDeltasAndAnyTime_givesTheSegmentsOfTheWhole() {
        for (int round = 0; round < ROUNDS; round++) {
            String text = RandomText.of(random, random.nextInt(60));
            SegmentLimits limits = limits();
            Locale language = language();
            Segmenter segmenter = new Segmenter(limits, language);
            List<Segment> segments = new ArrayList<>();
            int longest = 1 + random.nextInt(8);
            for (int i = 0; i < text.length(); ) {
                int end = Math.min(text.length(), i + 1 + random.nextInt(longest));
                segmenter.append(text.substring(i, end));
                if (random.nextInt(3) > 0) {
                    drain(segmenter, segments);
                }
                i = end;
            }
            segmenter.finish();
            drain(segmenter, segments);
            assertThat(segments).isEqualTo(Segmenter.split(text, limits, language));
        }
    }

    @Test
    void flush_anywhere_losesNothingAndKeepsTheLimits() {
        for (int round = 0; round < ROUNDS; round++) {
            String text = RandomText.of(random, random.nextInt(40));
            SegmentLimits limits = limits();
            Segmenter segmenter = new Segmenter(limits, language());
            List<Segment> segments = new ArrayList<>();
            for (int i = 0; i < text.length(); i++) {
                segmenter.append(text.substring(i, i + 1));
                if (random.nextInt(10) == 0) {
                    segmenter.flush();
                }
                if (random.nextInt(4) == 0) {
                    drain(segmenter, segments);
                }
            }
            segmenter.finish();
            drain(segmenter, segments);
            assertCovers(text, segments);
            for (Segment segment : segments) {
                assertThat(codePoints(segment.text())).isLessThanOrEqualTo(limits.maxCodePoints());
                assertThat(bytes(segment.text())).isLessThanOrEqualTo(limits.maxBytes());
            }
        }
    }

    private static void assertCovers(String text, List<Segment> segments) {
        int at = 0;
        for (Segment segment : segments) {
            assertBlank(text.substring(at, segment.start()));
            assertThat(segment.text()).isEqualTo(text.substring(segment.start(), segment.end()));
            assertThat(segment.text()).isNotEmpty();
            assertThat(Punctuation.isSpace(segment.text().codePointAt(0))).isFalse();
            assertThat(Punctuation.isSpace(
                            segment.text().codePointBefore(segment.text().length())))
                    .isFalse();
            assertNotInsidePair(text, segment.start());
            assertNotInsidePair(text, segment.end());
            at = segment.end();
        }
        assertBlank(text.substring(at));
    }

    private static void assertWithin(SegmentLimits limits, String text, List<Segment> segments) {
        BitSet graphemes = Graphemes.boundaries(text);
        graphemes.set(0);
        for (Segment segment : segments) {
            assertThat(codePoints(segment.text())).isLessThanOrEqualTo(limits.maxCodePoints());
            assertThat(bytes(segment.text())).isLessThanOrEqualTo(limits.maxBytes());
            int cut = segment.end();
            boolean beforeSpace = cut < text.length() && Punctuation.isSpace(text.codePointAt(cut));
            if (!graphemes.get(cut) && !beforeSpace) {
                String grapheme = text.substring(graphemes.previousSetBit(cut), graphemes.nextSetBit(cut));
                assertThat(codePoints(grapheme) > limits.maxCodePoints() || bytes(grapheme) > limits.maxBytes())
                        .as(
                                "the grapheme cut at %d of %s exceeds %s",
                                cut, text.codePoints().boxed().toList(), limits)
                        .isTrue();
            }
        }
    }

    private static void assertBlank(String between) {
        assertThat(between.codePoints().allMatch(Punctuation::isSpace)).isTrue();
    }

    private static void assertNotInsidePair(String text, int index) {
        boolean inside = index > 0
                && index < text.length()
                && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
        assertThat(inside).isFalse();
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    private static long bytes(String text) {
        return text.codePoints().mapToLong(Position::utf8Length).sum();
    }

    private SegmentLimits limits() {
        int max = random.nextBoolean() ? SegmentLimits.UNLIMITED : 1 + random.nextInt(30);
        SegmentLimits.Builder limits = SegmentLimits.builder().maxCodePoints(max);
        if (random.nextInt(3) == 0) {
            limits.maxBytes(4 + random.nextInt(40));
        }
        int most = Math.min(max, 60);
        int pack = random.nextInt(3) == 0 ? random.nextInt(most + 1) : 0;
        int first = random.nextInt(3) == 0 ? random.nextInt(most + 1) : 0;
        int min = random.nextInt(3) == 0 ? random.nextInt((pack > 0 ? pack : most) + 1) : 0;
        return limits.packUpTo(pack)
                .firstSegment(random.nextInt(first + 1), first)
                .minCodePoints(min)
                .build();
    }

    private Locale language() {
        return LANGUAGES.get(random.nextInt(LANGUAGES.size()));
    }

    private static void drain(Segmenter segmenter, List<Segment> segments) {
        for (Segment segment; (segment = segmenter.poll()) != null; ) {
            segments.add(segment);
        }
    }
}
