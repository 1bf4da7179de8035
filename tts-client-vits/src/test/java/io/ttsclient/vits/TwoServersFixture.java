// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.VirtualTime;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tests of several servers begin with: two equal ones, a backend over both, and their clock. */
@ExtendWith(LeakCheck.class)
abstract class TwoServersFixture {
    final VirtualTime time = new VirtualTime();
    final LoopbackServer one;
    final LoopbackServer two;
    final VitsServer backend;

    TwoServersFixture(LoopbackServer.Handler emulator, UnaryOperator<VitsServerBuilder> settings) {
        one = LoopbackServer.start(emulator);
        two = LoopbackServer.start(emulator);
        backend = settings.apply(VitsServer.builder()
                        .baseUrls(List.of(one.url(""), two.url("")))
                        .time(time))
                .build();
    }

    @AfterEach
    final void close() {
        backend.close();
        one.close();
        two.close();
    }

    final Synthesis hello() {
        return TestSynthesis.of("Hello", SpeechOptions.none(), time);
    }

    final void speak() {
        assertThat(Emulated.speak(backend, hello())).isNotEmpty();
    }

    /** How many requests each has had. */
    final List<Integer> asked() {
        return List.of(one.requests().size(), two.requests().size());
    }
}
