// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.fuzz.Pieces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

class SegmenterFuzz {
    private static final Locale[] LANGUAGES = {Locale.ROOT, Locale.ENGLISH, Locale.JAPANESE, Locale.GERMAN};

    /** The first two bytes choose limits and language. */
    @FuzzTest
    void poll_anyText_losesNothingHoweverItGrows(byte[] bytes) {
        if (bytes.length < 2) {
            return;
        }
        SegmentLimits limits = limits(bytes[0] & 0xFF);
        Locale language = LANGUAGES[(bytes[1] & 0xFF) % LANGUAGES.length];
        String text = new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_8);

        List<Segment> whole = Segmenter.split(text, limits, language);

        assertCovers(text, whole);
        for (Segment segment : whole) {
            assertThat(segment.text().codePointCount(0, segment.text().length()))
                    .isLessThanOrEqualTo(limits.maxCodePoints());
            assertThat(segment.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(limits.maxBytes());
        }
        assertThat(grown(Pieces.of(bytes, text, 1), limits, language)).isEqualTo(whole);
        assertThat(grown(Pieces.of(bytes, text, 9), limits, language)).isEqualTo(whole);
    }

    private static void assertCovers(String text, List<Segment> segments) {
        int at = 0;
        for (Segment segment : segments) {
            assertBlank(text.substring(at, segment.start()));
            assertThat(segment.text()).isEqualTo(text.substring(segment.start(), segment.end()));
            at = segment.end();
        }
        assertBlank(text.substring(at));
    }

    private static void assertBlank(String between) {
        assertThat(between.codePoints().allMatch(Punctuation::isSpace)).isTrue();
    }

    private static List<Segment> grown(List<String> pieces, SegmentLimits limits, Locale language) {
        var segmenter = new Segmenter(limits, language);
        List<Segment> segments = new ArrayList<>();
        for (String piece : pieces) {
            segmenter.append(piece);
            drain(segmenter, segments);
        }
        segmenter.finish();
        drain(segmenter, segments);
        return segments;
    }

    private static void drain(Segmenter segmenter, List<Segment> segments) {
        for (@Nullable Segment segment = segmenter.poll(); segment != null; segment = segmenter.poll()) {
            segments.add(segment);
        }
    }

    private static SegmentLimits limits(int choice) {
        int most = 1 + choice % 60;
        SegmentLimits.Builder limits = SegmentLimits.builder();
        return switch (choice / 60) {
            case 0 -> limits.build();
            case 1 -> limits.maxCodePoints(most).packUpTo(most).build();
            case 2 -> limits.maxBytes(3 + most).build();
            default -> limits.firstSegment(most / 2, most).minCodePoints(most).build();
        };
    }
}
