// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.error.Category;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.deepgram.DeepgramEmulator;
import io.ttsclient.testkit.deepgram.Fault;
import io.ttsclient.transport.ApiKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which sockets there are, for whom and for how long, as the emulator sees it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(LeakCheck.class)
class SocketPoolTest {
    @Test
    void prewarm_opensOneSocket_andTheFirstTurnTakesIt() {
        try (var scene = new Scene()) {
            scene.deepgram.prewarm();
            scene.deepgram.prewarm(); // there is one
            assertThat(scene.emulator.openSockets()).isEqualTo(1);

            assertThat(scene.say("One.")).isEqualTo("One.");
            assertThat(scene.emulator.received()).hasSize(1);
            scene.closeInOrder();
        }
    }

    @Test
    void prewarm_whereEveryPlaceIsTaken_opensNothing() {
        try (var scene = new Scene(builder -> builder.maxAuraSockets(1), DeepgramEmulator.Builder::paced)) {
            AudioSource first = scene.deepgram.stream(scene.synthesis("Words that take their time."));
            scene.deepgram.prewarm();

            assertThat(scene.emulator.requests()).hasSize(1);
            first.close();
        }
    }

    @Test
    void socket_isKeptByHostVoiceFormatAndWhatElseIsInTheAddress() {
        try (var scene = new Scene()) {
            for (String voice : List.of("aura-2-thalia-en", "aura-2-luna-en", "aura-2-thalia-en", "aura-2-luna-en")) {
                scene.say(scene.synthesis("One.", SpeechOptions.voice(voice)));
            }
            SpeechOptions tagged = SpeechOptions.builder()
                    .voice("aura-2-luna-en")
                    .provider(DeepgramOptions.builder().tag("a").build())
                    .build();
            scene.say(scene.synthesis("One.", tagged));
            scene.say(scene.synthesis("One.", tagged));

            assertThat(scene.emulator.received()).hasSize(3);
            scene.closeInOrder();
        }
    }

    @Test
    void socket_ofAnotherKey_isNotUsed() {
        var key = new AtomicReference<>(ApiKey.of(DeepgramEmulator.KEY));
        try (var scene = new Scene(builder -> builder.apiKeys(() -> List.of(key.get())))) {
            scene.say("One.");
            key.set(ApiKey.of("revoked"));

            assertThat(scene.failure("Two.").category()).isEqualTo(Category.AUTHENTICATION);
            key.set(ApiKey.of(DeepgramEmulator.KEY));
            assertThat(scene.say("Three.")).isEqualTo("Three.");
            assertThat(scene.emulator.received()).hasSize(1);
            scene.closeInOrder();
        }
    }

    @Test
    void socket_ageAndIdleLimit_areUpToATenthShorter() {
        try (var scene = new Scene(builder -> builder.random(() -> 1))) {
            scene.say("One.");
            scene.idle(13); // 260 s of 300, which are 270 here
            scene.time.advance(Scene.CHECK_INTERVAL);
            Scene.await(() -> scene.emulator.openSockets() == 0);

            Duration begun = scene.time.elapsed();
            Duration age = PoolLimits.AGE.multipliedBy(9).dividedBy(10);
            while (scene.time.elapsed().minus(begun).compareTo(age) < 0) {
                assertThat(scene.say("One.")).isEqualTo("One.");
                assertThat(scene.emulator.received()).as("sockets").hasSize(2);
                scene.time.advance(Duration.ofSeconds(15));
            }
            scene.time.advance(Scene.CHECK_INTERVAL);
            Scene.await(() -> scene.emulator.openSockets() == 0);
            scene.closeInOrder();
        }
    }

    @Test
    void socket_closedByTheServerWhileNobodyUsesIt_isReplacedAndItsPlaceIsFree() {
        try (var scene = new Scene(builder -> builder.maxAuraSockets(1), emulator -> emulator.concurrency(1))) {
            for (String code : List.of("NET-0001", "NET-0003")) {
                scene.emulator.next(Fault.errorAfterwards(code));
                scene.say("One.");
                Scene.await(() -> scene.deepgram.toString().contains("AURA, 0 of 1"));
                assertThat(scene.say("Two.")).isEqualTo("Two.");
            }
            scene.closeInOrder();
        }
    }

    @Test
    void close_withSocketsOfBothProducts_saysGoodbyeToAll() {
        try (var scene = new Scene()) {
            scene.say("One.");
            scene.say(scene.synthesis("Two.", SpeechOptions.voice("flux-haley-en")));
            assertThat(scene.emulator.openSockets()).isEqualTo(2);
            scene.deepgram.close();

            assertThat(scene.failure("Three.").category()).isEqualTo(Category.CLOSED);
            Scene.await(() -> scene.emulator.openSockets() == 0);
            scene.closeInOrder();
        }
    }
}
