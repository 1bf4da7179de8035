// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.doubles.Console;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final ApiKey A = ApiKey.of("key-a");
    private static final ApiKey B = ApiKey.of("key-b");
    private static final ApiKey C = ApiKey.of("key-c");
    private static final Duration ASIDE = Duration.ofMinutes(5);

    private final VirtualTime time = new VirtualTime();
    private final Synthesis synthesis = TestSynthesis.of("Hello.", SpeechOptions.none(), time);
    private final List<ApiKey> offered = new ArrayList<>();
    private final List<ApiKey> asked = new ArrayList<>();
    private final Map<ApiKey, TtsException> refusals = new HashMap<>();
    private final KeyRing ring = new KeyRing(() -> List.copyOf(offered));

    private String call() {
        return call(ring);
    }

    private String call(KeyRing keys) {
        asked.clear();
        return keys.call(synthesis, key -> {
            asked.add(key);
            TtsException refusal = refusals.get(key);
            if (refusal != null) {
                throw refusal;
            }
            return key.value();
        });
    }

    private TtsException failure() {
        return catchThrowableOfType(TtsException.class, this::call);
    }

    private void refuse(ApiKey key, Category category) {
        refusals.put(key, synthesis.failure(category, "no").build());
    }

    private void useUp(ApiKey key, Duration untilReset) {
        refusals.put(
                key,
                synthesis
                        .failure(Category.QUOTA, "no more today")
                        .retryAfter(untilReset)
                        .build());
    }

    @Test
    void call_keyAccepted_isTheOnlyOneTried() {
        offered.addAll(List.of(A, B));

        assertThat(call()).isEqualTo("key-a");
        assertThat(asked).containsExactly(A);
    }

    @Test
    void call_inRotation_beginsWithAnotherKeyEachTime() {
        offered.addAll(List.of(A, B, C));
        KeyRing rotating = KeyRing.inRotation(() -> List.copyOf(offered));
        List<ApiKey> used = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            used.add(rotating.call(synthesis, key -> key));
        }
        assertThat(used).containsExactly(A, B, C, A);

        refuse(B, Category.AUTHENTICATION);
        assertThat(call(rotating)).isEqualTo("key-c");
        assertThat(asked).containsExactly(B, C);
        assertThat(List.of(call(rotating), call(rotating), call(rotating), call(rotating)))
                .as("while one is set aside the others take turns")
                .containsExactlyInAnyOrder("key-a", "key-c", "key-a", "key-c");
    }

    @Test
    void call_keyRefused_nextIsTriedAtOnceAndTheFirstNotForAWhile() {
        offered.addAll(List.of(A, B));
        refuse(A, Category.AUTHENTICATION);

        assertThat(call()).isEqualTo("key-b");
        assertThat(asked).containsExactly(A, B);
        assertThat(time.elapsed()).isZero();
        assertThat(ring).hasToString("KeyRing[1 keys set aside]");

        time.advance(ASIDE.minusNanos(1));
        call();
        assertThat(asked).containsExactly(B);

        time.advance(Duration.ofNanos(1));
        call();
        assertThat(asked).containsExactly(A, B);
    }

    @Test
    void call_allRefused_eachIsTriedOnceAndTheEarlierFailuresAreSuppressed() {
        offered.addAll(List.of(A, B, C));
        refuse(A, Category.AUTHENTICATION);
        refuse(B, Category.QUOTA);
        refuse(C, Category.AUTHENTICATION);

        TtsException failure = failure();

        assertThat(asked).containsExactly(A, B, C);
        assertThat(failure).isSameAs(refusals.get(C));
        TtsException ofB = refusals.get(B);
        assertThat(ofB).isNotNull();
        assertThat(failure.getSuppressed()).containsExactly(ofB);
        assertThat(ofB.getSuppressed()).containsExactly(refusals.get(A));
    }

    @Test
    void call_allSetAside_theOneThatWasForLongestIsTriedAllTheSame() {
        offered.addAll(List.of(A, B));
        refuse(A, Category.AUTHENTICATION);
        call();
        time.advance(Duration.ofMinutes(1));
        refuse(B, Category.AUTHENTICATION);
        failure();
        refusals.clear();

        assertThat(call()).isEqualTo("key-a");
        assertThat(ring).hasToString("KeyRing[1 keys set aside]");
    }

    @Test
    void preferred_isTheFirstThatIsNotSetAside() {
        offered.addAll(List.of(A, B));
        assertThat(ring.preferred("fake")).isEqualTo(A);
        refuse(A, Category.AUTHENTICATION);
        call();
        assertThat(ring.preferred("fake")).isEqualTo(B);
        refuse(B, Category.QUOTA);
        failure();
        assertThat(ring.preferred("fake")).as("where none is left").isEqualTo(A);
    }

    @Test
    void preferred_timeAsideIsOver_isTheFirstAgain() {
        offered.addAll(List.of(A, B));
        refuse(A, Category.AUTHENTICATION);
        call();

        time.advance(ASIDE);

        assertThat(ring.preferred("fake")).isEqualTo(A);
    }

    @Test
    void call_keyRefused_isLoggedByItsNumber() {
        offered.addAll(List.of(A, B));
        refuse(A, Category.AUTHENTICATION);
        try (Console console = Console.open()) {
            call();

            assertThat(console.operatorsLines())
                    .singleElement()
                    .asString()
                    .contains(
                            "WARN",
                            "requestId=" + synthesis.requestId(),
                            "category=authentication",
                            "API key 1 of 2 is set aside for PT5M")
                    .doesNotContain("key-a");
        }
    }

    @Test
    void call_onlyKeyRefused_isNotSaidToBeSetAside() {
        offered.add(A);
        refuse(A, Category.AUTHENTICATION);
        try (Console console = Console.open()) {
            failure();

            assertThat(console.operatorsLines()).isEmpty();
        }
    }

    @Test
    void preferred_noKey_isAFailureOfThatBackend() {
        assertThat(catchThrowableOfType(TtsException.class, () -> ring.preferred("fake")))
                .hasMessageContaining("the source of API keys gave none")
                .extracting(TtsException::category, failure -> failure.backend().orElse(""))
                .containsExactly(Category.AUTHENTICATION, "fake");
    }

    @Test
    void call_onlyKeyRefused_isTriedEveryTime() {
        offered.add(A);
        refuse(A, Category.AUTHENTICATION);
        assertThat(failure().category()).isEqualTo(Category.AUTHENTICATION);
        assertThat(failure().category()).isEqualTo(Category.AUTHENTICATION);
        assertThat(asked).containsExactly(A);

        refusals.clear();
        assertThat(call()).isEqualTo("key-a");
    }

    @Test
    void call_onlyKeyOutOfQuotaWithoutAnEndOfIt_isTriedEveryTime() {
        offered.add(A);
        refuse(A, Category.QUOTA);
        failure();
        failure();

        assertThat(asked).containsExactly(A);
    }

    @Test
    void call_everyKeyUsedUpUntilAReset_failsWithoutAskingUntilThen() {
        offered.addAll(List.of(A, B));
        useUp(A, Duration.ofHours(3));
        useUp(B, Duration.ofHours(2));
        assertThat(failure().origin()).isEqualTo(Origin.PROVIDER);

        time.advance(Duration.ofHours(1));
        TtsException failure = failure();
        assertThat(asked).isEmpty();
        assertThat(failure.category()).isEqualTo(Category.QUOTA);
        assertThat(failure.origin()).isEqualTo(Origin.CLIENT);
        assertThat(failure.retryAfter()).contains(Duration.ofHours(1));
        assertThat(failure).hasMessageContaining("2 in all").hasMessageNotContaining("key-");

        time.advance(Duration.ofHours(1));
        refusals.clear();
        assertThat(call()).isEqualTo("key-b");
    }

    @Test
    void call_oneRefusedAndOneUsedUp_theRefusedOneIsTried() {
        offered.addAll(List.of(A, B));
        useUp(A, Duration.ofHours(3));
        refuse(B, Category.AUTHENTICATION);
        failure();
        failure();

        assertThat(asked).containsExactly(B);
    }

    @Test
    void call_otherFailure_isNotTheKeysFault() {
        offered.addAll(List.of(A, B));
        refuse(A, Category.RATE_LIMIT);

        assertThat(failure().category()).isEqualTo(Category.RATE_LIMIT);
        assertThat(asked).containsExactly(A);
        assertThat(ring).hasToString("KeyRing[0 keys set aside]");
    }

    @Test
    void call_keysChange_theNewOnesAreUsedAndTheOldForgotten() {
        offered.add(A);
        refuse(A, Category.AUTHENTICATION);
        failure();
        offered.set(0, B);

        assertThat(call()).isEqualTo("key-b");
        assertThat(ring).hasToString("KeyRing[0 keys set aside]");
    }

    @Test
    void call_sameKeyTwice_isTriedOnce() {
        offered.addAll(List.of(A, ApiKey.of("key-a")));
        refuse(A, Category.AUTHENTICATION);
        failure();

        assertThat(asked).containsExactly(A);
    }

    @Test
    void call_noKeyOffered_isAuthenticationOfOurs() {
        TtsException failure = failure();

        assertThat(failure.category()).isEqualTo(Category.AUTHENTICATION);
        assertThat(failure.origin()).isEqualTo(Origin.CLIENT);
    }

    @Test
    void call_sourceFails_saysSoWithoutItsMessage() {
        var failing = new KeyRing(() -> {
            throw new IllegalStateException("vault said sk-secret");
        });

        TtsException failure = catchThrowableOfType(TtsException.class, () -> failing.call(synthesis, ApiKey::value));

        assertThat(failure.category()).isEqualTo(Category.AUTHENTICATION);
        assertThat(failure.origin()).isEqualTo(Origin.CLIENT);
        assertThat(failure).hasMessageContaining("IllegalStateException").hasNoCause();
    }

    @Test
    void call_sourceFailsWithOneOfOurs_passesItOn() {
        TtsException own = TtsException.invalidRequest("no");
        var failing = new KeyRing(() -> {
            throw own;
        });

        assertThat(catchThrowableOfType(TtsException.class, () -> failing.call(synthesis, ApiKey::value)))
                .isSameAs(own);
    }

    @Test
    void aside_zero_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyRing(ApiKeySource.of(A), Duration.ZERO))
                .withMessageContaining("aside");
    }

    @Test
    void keys_stringForms_holdNoKey() {
        assertThat(A).hasToString("ApiKey[redacted]");
        assertThat(ApiKeySource.of(List.of(A, B))).hasToString("ApiKeySource[2 keys]");
        assertThat(ApiKeySource.of(A).keys()).containsExactly(A);
    }

    @Test
    void keys_none_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ApiKeySource.of(List.of()));
    }

    @Test
    void key_equality_isByContent() {
        assertThat(ApiKey.of(" key-a\n")).isEqualTo(A).hasSameHashCodeAs(A).isNotEqualTo(B);
        assertThat(A).isNotEqualTo("key-a");
    }

    @Test
    void key_wrongValue_isRefusedWithoutSayingIt() {
        for (String wrong : new String[] {null, "", "  ", "se cret", "secret\r\nX-Evil: 1", "sécret"}) {
            TtsException refusal = catchThrowableOfType(TtsException.class, () -> ApiKey.of(wrong));
            assertThat(refusal.category()).isEqualTo(Category.INVALID_REQUEST);
            assertThat(refusal)
                    .hasMessageContaining("apiKey")
                    .hasMessageNotContaining("cret")
                    .hasMessageNotContaining("Evil");
        }
    }
}
