// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Deadline;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Health.Status;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.doubles.Requests;
import io.ttsclient.doubles.ScriptedBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.FallbackLayer.Target;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechListener.FellBack;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.Voice;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FallbackLayerTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(16_000);
    private static final Set<Category> FINAL =
            EnumSet.of(Category.CONTENT_REJECTED, Category.INVALID_REQUEST, Category.CANCELLED, Category.CLOSED);

    private final VirtualTime time = new VirtualTime();
    private final Requests requests = new Requests(time);
    private final FakeBackend red = FakeBackend.builder("red").build();
    private final FakeBackend green = FakeBackend.builder("green").build();
    private final FakeBackend blue = FakeBackend.builder("blue").build();

    private static Target target(TtsBackend backend) {
        return target(backend, SpeechOptions.none());
    }

    private static Target target(TtsBackend backend, SpeechOptions options) {
        return new Target(new AttemptLayer(backend), options);
    }

    private Synthesis synthesis() {
        return requests.builder("Hello there").build();
    }

    private Synthesis synthesis(SpeechOptions options) {
        return requests.builder("Hello there").options(options).build();
    }

    private static FallbackLayer layer(TtsBackend... backends) {
        return new FallbackLayer(
                Arrays.stream(backends).map(FallbackLayerTest::target).toList(), FallbackPolicy.defaults());
    }

    private FallbackLayer all() {
        return layer(red, green, blue);
    }

    private TtsException failure(FallbackLayer layer, Synthesis synthesis) {
        return catchThrowableOfType(TtsException.class, () -> layer.stream(synthesis));
    }

    private TtsException failure(FallbackLayer layer) {
        return failure(layer, synthesis());
    }

    private static List<Category> suppressed(TtsException e) {
        return Arrays.stream(e.getSuppressed())
                .map(each -> ((TtsException) each).category())
                .toList();
    }

    private List<FellBack> fellBack() {
        return requests.listener().events(FellBack.class);
    }

    @Test
    void stream_firstSpeaks_asksNobodyElse() {
        Synthesis synthesis = synthesis();
        all().stream(synthesis).close();

        assertThat(red.calls()).hasSize(1);
        assertThat(green.calls()).isEmpty();
        assertThat(requests.listener().events()).isEmpty();
        assertThat(synthesis.journal().report().warnings()).isEmpty();
    }

    @Test
    void stream_firstFails_nextSpeaksAndTheReportSaysSo() {
        red.always(Behaviour.fail(Category.UNAVAILABLE));
        Synthesis synthesis = requests.builder("Hello").build();
        FallbackLayer layer = layer(red, green);

        assertThat(Requests.drain(layer.stream(synthesis))).isPositive();

        assertThat(synthesis.journal().report().backend()).contains("green");
        assertThat(synthesis.journal().report().warnings()).containsExactly("fell back from red: UNAVAILABLE");
        assertThat(fellBack()).containsExactly(new FellBack("r-1", "red", "green", Category.UNAVAILABLE));
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    void stream_everyCategory_goesOnAsTheTableSays(Category category) {
        red.always(Behaviour.fail(category));

        if (FINAL.contains(category)) {
            assertThat(failure(all()).category()).isEqualTo(category);
            assertThat(green.calls()).isEmpty();
        } else {
            all().stream(synthesis()).close();
            assertThat(green.calls()).hasSize(1);
        }
        assertThat(red.calls()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(TimeoutPhase.class)
    void stream_timeouts_goOnUnlessTheCallersTimeIsOver(TimeoutPhase phase) {
        red.always(Behaviour.fail(TtsException.builder(Category.TIMEOUT, "late")
                .timeoutPhase(phase)
                .build()));

        if (phase == TimeoutPhase.TOTAL || phase == TimeoutPhase.CLOSE) {
            assertThat(failure(all()).timeoutPhase()).contains(phase);
            assertThat(green.calls()).isEmpty();
        } else {
            all().stream(synthesis()).close();
            assertThat(green.calls()).hasSize(1);
        }
    }

    @Test
    void stream_contentRejected_goesOnOnlyByOption() {
        red.always(Behaviour.fail(Category.CONTENT_REJECTED));
        var willing = new FallbackLayer(List.of(target(red), target(green)), new FallbackPolicy(true));

        willing.stream(synthesis()).close();

        assertThat(green.calls()).hasSize(1);
    }

    @Test
    void stream_nothingToSpeak_isNoStormOfFallbacks() {
        TtsException e = failure(all(), requests.builder("   ").build());

        assertThat(e.category()).isEqualTo(Category.INVALID_REQUEST);
        assertThat(green.calls()).isEmpty();
        assertThat(blue.calls()).isEmpty();
        assertThat(fellBack()).isEmpty();
    }

    @Test
    void stream_requestIsWrongForTheSecond_endsThereWithTheFirstSuppressed() {
        red.always(Behaviour.fail(Category.CONNECTION));
        green.always(Behaviour.fail(Category.INVALID_REQUEST));

        TtsException e = failure(all());

        assertThat(e.category()).isEqualTo(Category.INVALID_REQUEST);
        assertThat(e.backend()).contains("green");
        assertThat(suppressed(e)).containsExactly(Category.CONNECTION);
        assertThat(blue.calls()).isEmpty();
    }

    @Test
    void stream_allFail_oneFailureCarriesEach() {
        red.always(Behaviour.fail(TtsException.builder(Category.CIRCUIT_OPEN, "open")
                .origin(Origin.CLIENT)
                .retryAfter(Duration.ofSeconds(9))
                .build()));
        green.always(Behaviour.fail(TtsException.builder(Category.RATE_LIMIT, "slow")
                .retryAfter(Duration.ofSeconds(4))
                .providerRequestId("p-7")
                .build()));
        blue.always(Behaviour.fail(Category.CONNECTION));

        TtsException e = failure(all());

        assertThat(e.category()).isEqualTo(Category.RATE_LIMIT);
        assertThat(e.backend()).contains("green");
        assertThat(e.origin()).isEqualTo(Origin.PROVIDER);
        assertThat(e.retryable()).isTrue();
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(4));
        assertThat(e.providerRequestId()).contains("p-7");
        assertThat(e.requestId()).contains("r-1");
        assertThat(suppressed(e)).containsExactly(Category.CIRCUIT_OPEN, Category.RATE_LIMIT, Category.CONNECTION);
        assertThat(e)
                .hasMessageContaining(
                        "none of 3 backends could speak: red CIRCUIT_OPEN, green RATE_LIMIT, blue CONNECTION");
        assertThat(fellBack()).hasSize(2);
    }

    @Test
    void stream_allFailByTimeout_keepsThePhase() {
        red.always(Behaviour.fail(Category.TIMEOUT));
        green.always(Behaviour.fail(Category.AUTHENTICATION));

        TtsException e = failure(layer(red, green));

        assertThat(e.category()).isEqualTo(Category.TIMEOUT);
        assertThat(e.timeoutPhase()).contains(TimeoutPhase.FIRST_AUDIO);
    }

    @Test
    void stream_telling_isNotRetryable_neitherIsTheWhole() {
        red.always(Behaviour.fail(TtsException.builder(Category.TRUNCATED, "no more")
                .notRetryable()
                .build()));
        green.always(Behaviour.fail(Category.CONNECTION));

        assertThat(failure(layer(red, green)).retryable()).isFalse();
    }

    @Test
    void stream_allRefusedByOurselves_theFirstSpeaks() {
        red.always(Behaviour.fail(TtsException.builder(Category.CIRCUIT_OPEN, "open")
                .origin(Origin.CLIENT)
                .build()));
        green.always(Behaviour.fail(TtsException.builder(Category.RATE_LIMIT, "full")
                .origin(Origin.CLIENT)
                .build()));

        assertThat(failure(layer(red, green)).category()).isEqualTo(Category.CIRCUIT_OPEN);
    }

    @Test
    void stream_oneBackend_failsAsItDoes() {
        red.always(Behaviour.fail(Category.UNAVAILABLE));

        TtsException e = failure(layer(red));

        assertThat(e).hasMessageContaining("the fake backend was told to fail");
        assertThat(e.getSuppressed()).isEmpty();
    }

    private void speak(FallbackLayer layer, int times) {
        for (int i = 0; i < times; i++) {
            layer.stream(synthesis()).close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTHENTICATION", "QUOTA"})
    void stream_firstTurnsEverybodyAway_isAskedAfterTheOthersForAWhile(Category category) {
        red.always(Behaviour.fail(category));
        FallbackLayer layer = all();
        speak(layer, Refusals.ENOUGH);
        assertThat(red.calls()).hasSize(Refusals.ENOUGH);

        Synthesis synthesis = synthesis();
        layer.stream(synthesis).close();

        assertThat(red.calls()).as("no round trip any more").hasSize(Refusals.ENOUGH);
        assertThat(synthesis.journal().report().backend()).contains("green");
        assertThat(synthesis.journal().report().warnings()).containsExactly("fell back from red: " + category);
        assertThat(fellBack()).hasSize(Refusals.ENOUGH + 1).endsWith(new FellBack("r-1", "red", "green", category));
    }

    @Test
    void stream_whileIsOver_oneRequestFindsOut() {
        red.always(Behaviour.fail(Category.AUTHENTICATION));
        FallbackLayer layer = layer(red, green);
        speak(layer, Refusals.ENOUGH);

        time.advance(Refusals.ASIDE);
        speak(layer, 2);
        assertThat(red.calls()).as("still refused, so left alone again").hasSize(Refusals.ENOUGH + 1);

        red.always(Behaviour.speak());
        time.advance(Refusals.ASIDE);
        int fallbacks = green.calls().size();
        speak(layer, 2);
        assertThat(red.calls()).hasSize(Refusals.ENOUGH + 3);
        assertThat(green.calls()).hasSize(fallbacks);
    }

    @Test
    void stream_othersFailToo_theOneThatTurnsEverybodyAwayIsAskedAllTheSame() {
        red.always(Behaviour.fail(Category.AUTHENTICATION));
        FallbackLayer layer = layer(red, green);
        speak(layer, Refusals.ENOUGH);
        green.always(Behaviour.fail(Category.CONNECTION));
        red.always(Behaviour.speak());

        Synthesis synthesis = synthesis(SpeechOptions.builder().voice("thalia").build());
        layer.stream(synthesis).close();

        assertThat(synthesis.journal().report().backend()).contains("red");
        assertThat(red.calls().get(Refusals.ENOUGH).options().voice())
                .as("it is the first still")
                .contains("thalia");
    }

    @Test
    void stream_refusalsBetweenRequestsThatAreServed_areOfThoseRequestsOnly() {
        FallbackLayer layer = layer(red, green);
        for (int i = 0; i < 2 * Refusals.ENOUGH; i++) {
            red.enqueue(Behaviour.fail(Category.AUTHENTICATION));
            red.enqueue(Behaviour.speak());
            speak(layer, 2);
        }

        assertThat(red.calls()).hasSize(4 * Refusals.ENOUGH);
    }

    @Test
    void stream_refusedByUs_costsNothingAndIsNotRemembered() {
        red.always(Behaviour.fail(TtsException.builder(Category.QUOTA, "used up")
                .origin(Origin.CLIENT)
                .build()));
        speak(layer(red, green), 2 * Refusals.ENOUGH);

        assertThat(red.calls()).hasSize(2 * Refusals.ENOUGH);
    }

    @Test
    void stream_voiceAndModelOfTheRequest_areOnlyForTheFirst() {
        red.always(Behaviour.fail(Category.CONNECTION));
        green.always(Behaviour.fail(Category.CONNECTION));
        var layer = new FallbackLayer(
                List.of(
                        target(red),
                        target(green),
                        target(
                                blue,
                                SpeechOptions.builder().voice("kore").speed(1.5).build())),
                FallbackPolicy.defaults());

        layer.stream(synthesis(SpeechOptions.builder()
                        .voice("thalia")
                        .model("aura")
                        .language("en-GB")
                        .speed(1.25)
                        .build()))
                .close();

        SpeechOptions first = red.calls().get(0).options();
        assertThat(first.voice()).contains("thalia");
        assertThat(first.model()).contains("aura");
        SpeechOptions second = green.calls().get(0).options();
        assertThat(second.voice()).isEmpty();
        assertThat(second.model()).isEmpty();
        assertThat(second.language()).contains("en-GB");
        assertThat(second.speed()).hasValue(1.25);
        SpeechOptions third = blue.calls().get(0).options();
        assertThat(third.voice()).contains("kore");
        assertThat(third.model()).isEmpty();
        assertThat(third.speed()).hasValue(1.5);
    }

    @Test
    void stream_formatOfTheRequest_isForAll() {
        FakeBackend both =
                FakeBackend.builder("both").format(AudioFormat.linear16(8_000)).build();
        red.always(Behaviour.fail(Category.CONNECTION));
        var layer = new FallbackLayer(
                List.of(
                        target(red),
                        target(
                                both,
                                SpeechOptions.builder()
                                        .format(AudioFormat.linear16(8_000))
                                        .build())),
                FallbackPolicy.defaults());

        layer.stream(synthesis(SpeechOptions.builder().format(FORMAT).build())).close();
        layer.stream(synthesis()).close();

        assertThat(both.calls().get(0).options().format()).contains(FORMAT);
        assertThat(both.calls().get(1).options().format()).contains(AudioFormat.linear16(8_000));
    }

    @Test
    void stream_firstDoesNotSpeakTheLanguage_isPassedOverAndNotAsked() {
        FakeBackend english =
                FakeBackend.builder("english").languages("en-US", "en-GB").build();
        Synthesis synthesis =
                synthesis(SpeechOptions.builder().language("de-AT").build());

        layer(english, red).stream(synthesis).close();

        assertThat(english.calls()).isEmpty();
        assertThat(red.calls()).hasSize(1);
        assertThat(synthesis.journal().report().warnings())
                .containsExactly("passed over english: UNSUPPORTED", "fell back from english: UNSUPPORTED");
    }

    @Test
    void stream_regionThatIsNotNamed_isAskedAllTheSame() {
        FakeBackend english = FakeBackend.builder("english").languages("en-US").build();

        layer(english, red).stream(
                        synthesis(SpeechOptions.builder().language("en-IN").build()))
                .close();

        assertThat(english.calls()).hasSize(1);
    }

    @Test
    void stream_fallbackCannotMakeTheFormat_isPassedOver() {
        FakeBackend stereo = FakeBackend.builder(
                        "opus",
                        new AudioFormat(io.ttsclient.audio.Encoding.OPUS, io.ttsclient.audio.Container.OGG, 48_000, 1))
                .build();
        red.always(Behaviour.fail(Category.CONNECTION));

        layer(red, stereo, blue).stream(
                        synthesis(SpeechOptions.builder().format(FORMAT).build()))
                .close();

        assertThat(stereo.calls()).isEmpty();
        assertThat(blue.calls()).hasSize(1);
        assertThat(fellBack()).containsExactly(new FellBack("r-1", "red", "blue", Category.CONNECTION));
    }

    @Test
    void stream_nobodyCanServeIt_isUnsupportedBeforeAnybodyIsAsked() {
        FakeBackend english = FakeBackend.builder("english").languages("en").build();
        FakeBackend french = FakeBackend.builder("french").languages("fr").build();
        var german = SpeechOptions.builder().language("de").build();

        TtsException e = failure(layer(english, french), synthesis(german));

        assertThat(e.category()).isEqualTo(Category.UNSUPPORTED);
        assertThat(e.origin()).isEqualTo(Origin.CLIENT);
        assertThat(suppressed(e)).hasSize(2);
        assertThat(e.getSuppressed()[1]).hasMessageContaining("language: de, french speaks [fr]");
        assertThat(failure(layer(english), synthesis(german)).category()).isEqualTo(Category.UNSUPPORTED);
        assertThat(english.calls()).isEmpty();
    }

    @Test
    void stream_passedOverAndFailed_theOneThatWasAskedIsTelling() {
        FakeBackend english = FakeBackend.builder("english").languages("en").build();
        red.always(Behaviour.fail(Category.QUOTA));

        TtsException e = failure(
                layer(english, red),
                synthesis(SpeechOptions.builder().language("de").build()));

        assertThat(e.category()).isEqualTo(Category.QUOTA);
        assertThat(suppressed(e)).containsExactly(Category.UNSUPPORTED, Category.QUOTA);
    }

    @Test
    void stream_callerLeft_asksNobodyElse() {
        var leaving = new ScriptedBackend(FORMAT, synthesis -> {
            requests.caller().cancel();
            throw synthesis.failure(Category.CONNECTION, "gone").build();
        });

        TtsException e = failure(layer(leaving, green));

        assertThat(e.category()).isEqualTo(Category.CANCELLED);
        assertThat(suppressed(e)).containsExactly(Category.CONNECTION);
        assertThat(green.calls()).isEmpty();
    }

    @Test
    void stream_deadlinePassed_asksNobodyElse() {
        var slow = new ScriptedBackend(FORMAT, synthesis -> {
            time.advance(Duration.ofSeconds(5));
            throw synthesis.failure(Category.CONNECTION, "gone").build();
        });

        TtsException e = failure(
                layer(slow, green),
                requests.builder("Hello there")
                        .deadline(Deadline.after(Duration.ofSeconds(5), time))
                        .build());

        assertThat(e.timeoutPhase()).contains(TimeoutPhase.TOTAL);
        assertThat(suppressed(e)).containsExactly(Category.CONNECTION);
        assertThat(green.calls()).isEmpty();
    }

    @Test
    void stream_failureWithoutAName_getsOne() {
        var nameless = new ScriptedBackend(FORMAT, synthesis -> {
            throw TtsException.builder(Category.CONNECTION, "gone").build();
        });

        TtsException e = failure(
                new FallbackLayer(List.of(new Target(nameless, SpeechOptions.none())), FallbackPolicy.defaults()));

        assertThat(e.backend()).contains("scripted");
    }

    @Test
    void stream_bugInTheFirst_isNotHidden() {
        var bug = new IllegalStateException("a bug");
        red.always(Behaviour.fail(bug));

        assertThatThrownBy(() -> all().stream(synthesis())).isSameAs(bug);
    }

    @Test
    void read_breaksOffAfterTheFirstAudio_isTheStreamsFailure() {
        red.always(Behaviour.speak().chunks(320).failAt(320, Category.TRUNCATED));

        try (AudioSource source = all().stream(synthesis())) {
            source.read();
            assertThatThrownBy(source::read).isInstanceOf(TtsException.class);
        }

        assertThat(green.calls()).isEmpty();
    }

    @Test
    void capabilitiesAndVoices_areThoseOfTheFirst() {
        FakeBackend voiced = FakeBackend.builder("voiced")
                .voices(new Voice("a", "A", List.of("en"), ""))
                .build();

        assertThat(layer(voiced, red).capabilities().backend()).isEqualTo("voiced");
        assertThat(layer(voiced, red).voices()).extracting(Voice::id).containsExactly("a");
    }

    @Test
    void health_firstSpeaks_isItsOwn() {
        assertThat(all().health().status()).isEqualTo(Status.UP);
    }

    @Test
    void health_onlyAFallbackSpeaks_isDegraded() {
        FakeBackend down =
                FakeBackend.builder("down").health(Health.down("gone")).build();
        FakeBackend busy =
                FakeBackend.builder("busy").health(Health.busy("full")).build();

        assertThat(layer(down, busy, red).health()).isEqualTo(Health.degraded("a fallback speaks instead: gone"));
        assertThat(layer(busy, down).health()).isEqualTo(Health.busy("full"));
    }

    @Test
    void prewarm_oneFails_preparesTheOthersAndSaysSo() {
        TtsBackend broken = failing("first");
        TtsBackend broken2 = failing("second");

        assertThatThrownBy(() -> layer(broken, red, broken2, green).prewarm())
                .hasMessage("first")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("second"));
        assertThat(red.prewarms()).isOne();
        assertThat(green.prewarms()).isOne();
    }

    @Test
    void close_oneFails_closesTheOthersAndSaysSo() {
        assertThatThrownBy(() -> layer(failing("first"), red).close()).hasMessage("first");
        assertThat(red.isClosed()).isTrue();
    }

    @Test
    void close_oneFailsWithAnError_closesTheOthersAndSaysSo() {
        var error = new NoClassDefFoundError("a jar is missing");
        TtsBackend broken = new DelegatingBackend(FakeBackend.create()) {
            @Override
            public void close() {
                throw error;
            }
        };

        assertThatThrownBy(() -> layer(broken, failing("second"), red).close())
                .isSameAs(error)
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("second"));
        assertThat(red.isClosed()).isTrue();
    }

    private TtsBackend failing(String message) {
        return new DelegatingBackend(FakeBackend.create()) {
            @Override
            public void prewarm() {
                throw new IllegalStateException(message);
            }

            @Override
            public void close() {
                throw new IllegalStateException(message);
            }
        };
    }

    @Test
    void layer_noTargets_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FallbackLayer(List.of(), FallbackPolicy.defaults()))
                .withMessage("targets: none, allowed at least 1");
        assertThat(layer(red, green))
                .hasToString("FallbackLayer[AttemptLayer(FakeBackend[red]), AttemptLayer(FakeBackend[green])]");
    }
}
