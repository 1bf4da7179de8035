// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.speech.Voice;
import io.ttsclient.text.SegmentLimits;
import java.time.Duration;
import java.util.List;

/** A fake with everything that a backend can have. */
final class WellBehavedFake {
    private WellBehavedFake() {}

    static FakeBackend that(Behaviour behaviour) {
        return FakeBackend.builder("fake")
                .format(AudioFormat.linear16(8_000))
                .format(AudioFormat.mulaw(8_000))
                .format(AudioFormat.alaw(8_000))
                .voices(
                        new Voice("alto", "Alto", List.of("en-US"), "a made-up voice"),
                        new Voice("bass", "Bass", List.of("en-GB", "vi"), ""))
                .segmentLimits(SegmentLimits.builder()
                        .maxCodePoints(200)
                        .maxBytes(400)
                        .firstSegment(20, 60)
                        .build())
                .pauses(Duration.ofMillis(150), Duration.ofMillis(400))
                .behaviour(behaviour.withTimings())
                .build();
    }
}
