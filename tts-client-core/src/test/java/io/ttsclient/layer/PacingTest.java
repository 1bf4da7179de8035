// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.layer.SegmentFeed.Demand;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** With 15 chars a second, before a voice shows its own pace. */
class PacingTest {
    private final Pacing pacing = new Pacing(true, Duration.ofSeconds(10), 1);

    @Test
    void demand_nothingOnItsWay_isForAllThatMayBeAhead() {
        assertThat(pacing.demand(false)).isEqualTo(new Demand(150, true, true, false));
        assertThat(pacing.demand(true)).isEqualTo(new Demand(150, true, true, true));
    }

    @Test
    void demand_wholeText_hasNoBound() {
        var unpaced = new Pacing(false, Duration.ofSeconds(10), 1);
        unpaced.begins(1_000);

        assertThat(unpaced.demand(false)).isEqualTo(new Demand(Integer.MAX_VALUE, true, false, false));
    }

    @Test
    void demand_pieceOnItsWay_isForTheRest() {
        pacing.begins(60); // 4 s

        assertThat(pacing.demand(false)).isEqualTo(new Demand(90, false, false, false));
        assertThat(pacing.unread()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void demand_moreOnItsWayThanMayBe_isForNothing() {
        pacing.begins(300);

        assertThat(pacing.demand(false).chars()).isZero();
    }

    @Test
    void leftOut_pieceThatWasBegun_isNotOnItsWayAnyMore() {
        pacing.begins(60);

        pacing.leftOut(60);

        assertThat(pacing.demand(false)).isEqualTo(new Demand(150, true, true, false));
    }

    @Test
    void demand_aQuarterIsLeft_isDueWhateverItsLength() {
        pacing.begins(60);
        pacing.sounds(60);

        pacing.read(Duration.ofMillis(1_400)); // 2.6 s are left
        assertThat(pacing.demand(false).due()).isFalse();
        pacing.read(Duration.ofMillis(200));
        assertThat(pacing.demand(false).due()).isTrue();
        assertThat(pacing.demand(false).early()).isFalse();
    }

    @Test
    void demand_halfASecondIsLeft_isEarlyUnlessAPieceIsOnItsWay() {
        pacing.begins(60);
        pacing.sounds(60);
        pacing.read(Duration.ofMillis(3_600));
        assertThat(pacing.demand(false).early()).isTrue();

        pacing.begins(1);

        assertThat(pacing.demand(false).early()).isFalse();
    }

    @Test
    void ended_fastVoice_isThePaceFromThenOn() {
        pacing.begins(60);
        pacing.sounds(60);
        pacing.read(Duration.ofSeconds(2));

        pacing.ended();

        assertThat(pacing.demand(false).chars()).isEqualTo(300);
    }

    @Test
    void ended_withoutAudio_keepsThePace() {
        pacing.begins(60);
        pacing.sounds(60);

        pacing.ended();

        assertThat(pacing.demand(false).chars()).isEqualTo(150);
    }

    @Test
    void unread_slowVoice_isNeverLessThanNothing() {
        pacing.begins(15);
        pacing.sounds(15);

        pacing.read(Duration.ofSeconds(5));

        assertThat(pacing.unread()).isZero();
    }

    @Test
    void demand_speed_countsBeforeTheVoiceShowsItsPace() {
        assertThat(new Pacing(true, Duration.ofSeconds(10), 2).demand(false).chars())
                .isEqualTo(300);
    }
}
