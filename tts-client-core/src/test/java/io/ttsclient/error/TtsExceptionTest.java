// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TtsExceptionTest {
    private static final Set<Category> RETRYABLE = EnumSet.of(
            Category.CONNECTION,
            Category.UNAVAILABLE,
            Category.OVERLOADED,
            Category.TIMEOUT,
            Category.NO_AUDIO,
            Category.TRUNCATED,
            Category.RATE_LIMIT);

    @Test
    void message_onlyRequiredParts_saysWhatHappenedAndTheCategory() {
        TtsException e =
                TtsException.builder(Category.NOT_FOUND, "no such voice").build();

        assertThat(e).hasMessage("no such voice [NOT_FOUND]");
    }

    @Test
    void message_everyPart_isInIt() {
        TtsException e = TtsException.builder(Category.TIMEOUT, "no audio came")
                .timeoutPhase(TimeoutPhase.FIRST_AUDIO)
                .backend("deepgram")
                .requestId("r-1")
                .providerRequestId("p-2")
                .attempts(3)
                .retryAfter(Duration.ofSeconds(7))
                .audioDelivered(Duration.ofMillis(1500))
                .build();

        assertThat(e)
                .hasMessage(
                        "no audio came [TIMEOUT first audio, backend=deepgram, requestId=r-1, providerRequestId=p-2,"
                                + " attempts=3, retryAfter=PT7S, audioDelivered=PT1.5S]");
    }

    @Test
    void builder_nothingSet_leavesTheOptionalPartsEmpty() {
        TtsException e =
                TtsException.builder(Category.CONNECTION, "unreachable").build();

        assertThat(e.category()).isEqualTo(Category.CONNECTION);
        assertThat(e.origin()).isEqualTo(Origin.PROVIDER);
        assertThat(e.timeoutPhase()).isEmpty();
        assertThat(e.backend()).isEmpty();
        assertThat(e.requestId()).isEmpty();
        assertThat(e.providerRequestId()).isEmpty();
        assertThat(e.attempts()).isZero();
        assertThat(e.retryAfter()).isEmpty();
        assertThat(e.audioDelivered()).isZero();
        assertThat(e).hasNoCause();
    }

    @Test
    void builder_everythingSet_isThere() {
        var cause = new IOException("reset");
        TtsException e = TtsException.builder(Category.TIMEOUT, "slow")
                .origin(Origin.CLIENT)
                .timeoutPhase(TimeoutPhase.STALL)
                .backend("gemini")
                .requestId("r")
                .providerRequestId("p")
                .attempts(2)
                .retryAfter(Duration.ofSeconds(1))
                .audioDelivered(Duration.ofSeconds(2))
                .cause(cause)
                .build();

        assertThat(e.origin()).isEqualTo(Origin.CLIENT);
        assertThat(e.timeoutPhase()).contains(TimeoutPhase.STALL);
        assertThat(e.backend()).contains("gemini");
        assertThat(e.requestId()).contains("r");
        assertThat(e.providerRequestId()).contains("p");
        assertThat(e.attempts()).isEqualTo(2);
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(e.audioDelivered()).isEqualTo(Duration.ofSeconds(2));
        assertThat(e).hasCause(cause);
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    void retryable_nothingSaid_isTheCategorysOwn(Category category) {
        TtsException e = TtsException.builder(category, "it failed").build();

        assertThat(category.retryable()).isEqualTo(RETRYABLE.contains(category));
        assertThat(e.retryable()).isEqualTo(RETRYABLE.contains(category));
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    void retryable_turnedOff_isOffForEveryCategoryAndItsCopies(Category category) {
        TtsException e =
                TtsException.builder(category, "it failed").notRetryable().build();

        assertThat(e.retryable()).isFalse();
        assertThat(e.toBuilder().build().retryable()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(TimeoutPhase.class)
    void retryable_timeout_onlyWhereAnotherAttemptHasTime(TimeoutPhase phase) {
        TtsException e = TtsException.builder(Category.TIMEOUT, "slow")
                .timeoutPhase(phase)
                .build();

        assertThat(e.retryable()).isEqualTo(phase != TimeoutPhase.TOTAL && phase != TimeoutPhase.CLOSE);
    }

    @Test
    void retryable_rateLimit_onlyIfTheProviderSetIt() {
        TtsException.Builder limit = TtsException.builder(Category.RATE_LIMIT, "too many");

        assertThat(limit.origin(Origin.PROVIDER).build().retryable()).isTrue();
        assertThat(limit.origin(Origin.CLIENT).build().retryable()).isFalse();
    }

    @Test
    void invalidRequest_message_isOursAndNotWorthARepeat() {
        TtsException e = TtsException.invalidRequest("speed: 9, allowed 0.25 to 4");

        assertThat(e.category()).isEqualTo(Category.INVALID_REQUEST);
        assertThat(e.origin()).isEqualTo(Origin.CLIENT);
        assertThat(e.retryable()).isFalse();
        assertThat(e).hasMessageStartingWith("speed: 9, allowed 0.25 to 4 [INVALID_REQUEST");
    }

    @Test
    void toBuilder_failureWithEverything_copiesEverything() {
        var cause = new IOException("reset");
        TtsException original = TtsException.builder(Category.TIMEOUT, "slow")
                .origin(Origin.CLIENT)
                .timeoutPhase(TimeoutPhase.CONNECT)
                .backend("vits")
                .requestId("r")
                .providerRequestId("p")
                .attempts(2)
                .retryAfter(Duration.ofSeconds(1))
                .audioDelivered(Duration.ofSeconds(2))
                .cause(cause)
                .build();
        TtsException earlier =
                TtsException.builder(Category.CONNECTION, "first attempt").build();
        original.addSuppressed(earlier);

        TtsException copy = original.toBuilder().build();

        assertThat(copy).isNotSameAs(original).hasMessage(original.getMessage()).hasCause(cause);
        assertThat(copy.getStackTrace()).isEqualTo(original.getStackTrace());
        assertThat(copy.getSuppressed()).containsExactly(earlier);
        assertThat(copy.origin()).isEqualTo(Origin.CLIENT);
        assertThat(copy.retryable()).isTrue();
    }

    @Test
    void toBuilder_changedParts_changeOnlyTheCopy() {
        TtsException original =
                TtsException.builder(Category.TRUNCATED, "cut").backend("vits").build();

        TtsException copy = original.toBuilder().attempts(3).requestId("r").build();

        assertThat(copy).hasMessage("cut [TRUNCATED, backend=vits, requestId=r, attempts=3]");
        assertThat(original).hasMessage("cut [TRUNCATED, backend=vits]");
    }

    @Test
    void toBuilder_suppressedAddedLater_staysWithItsException() {
        TtsException original = TtsException.builder(Category.TRUNCATED, "cut").build();
        TtsException copy = original.toBuilder().build();

        original.addSuppressed(new IOException("late"));

        assertThat(copy.getSuppressed()).isEmpty();
    }

    @Test
    void nothingToSpeak_copied_staysOfItsType() {
        var original = new NothingToSpeakException("text: nothing to pronounce in 3 chars");

        TtsException copy = original.toBuilder().requestId("r").build();

        assertThat(copy)
                .isInstanceOf(NothingToSpeakException.class)
                .hasMessage("text: nothing to pronounce in 3 chars [INVALID_REQUEST, requestId=r]");
        assertThat(copy.getStackTrace()).isEqualTo(original.getStackTrace());
    }

    @Test
    void nothingToSpeak_category_isAnInvalidRequestFoundByUs() {
        var e = new NothingToSpeakException("text: blank");

        assertThat(e.category()).isEqualTo(Category.INVALID_REQUEST);
        assertThat(e.origin()).isEqualTo(Origin.CLIENT);
        assertThat(e.retryable()).isFalse();
    }
}
