// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SeededRandomTest {
    @Test
    void sameSeed_givesTheSameNumbers() {
        var one = new SeededRandom(7);
        var two = new SeededRandom(7);

        assertThat(one.longs(100).toArray()).isEqualTo(two.longs(100).toArray());
        assertThat(one.nextInt(10)).isEqualTo(two.nextInt(10));
    }

    @Test
    void noSeed_isAnotherEachTime() {
        assertThat(new SeededRandom().seed()).isNotEqualTo(new SeededRandom().seed());
    }

    @Test
    void noSeed_systemProperty_isTheSeed() {
        System.setProperty(SeededRandom.SEED_PROPERTY, "42");
        try {
            assertThat(new SeededRandom().seed()).isEqualTo(42);
        } finally {
            System.clearProperty(SeededRandom.SEED_PROPERTY);
        }
    }

    @Test
    void failedTest_namesTheSeed() {
        ConformanceRun.of(Failing.class, "fails").failed("fails", "it fails", "it failed with -Dttsclient.seed=11");
    }

    @Test
    void toString_isTheSeed() {
        assertThat(new SeededRandom(3)).hasToString("SeededRandom[3]");
    }

    static class Failing {
        @RegisterExtension
        final SeededRandom random = new SeededRandom(11);

        @Test
        void fails() {
            fail("it fails");
        }
    }
}
