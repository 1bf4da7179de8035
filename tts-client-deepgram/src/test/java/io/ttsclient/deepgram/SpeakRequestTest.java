// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.SpeechOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeakRequestTest {
    private static SpeakRequest request(SpeechOptions options) {
        return SpeakRequest.of(options, null, DeepgramOptions.none());
    }

    private static SpeakRequest of(SpeechOptions.Builder options) {
        return request(options.build());
    }

    private static TtsException refusal(SpeechOptions.Builder options) {
        return catchThrowableOfType(TtsException.class, () -> of(options));
    }

    @Test
    void of_nothingSet_isEnglishInTheDefaultFormat() {
        SpeakRequest request = request(SpeechOptions.none());

        assertThat(request.model()).isEqualTo("aura-2-thalia-en");
        assertThat(request.format()).isEqualTo(AudioFormat.linear16(24_000));
        assertThat(request.product()).isEqualTo(Product.AURA);
        assertThat(request.needsRest()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "es, aura-2-celeste-es",
        "de-AT, aura-2-julius-de",
        "en-GB, aura-2-thalia-en",
        "ja, aura-2-izanami-ja",
    })
    void of_onlyALanguage_choosesAVoiceOfIt(String language, String voice) {
        assertThat(of(SpeechOptions.builder().language(language)).model()).isEqualTo(voice);
    }

    @Test
    void of_languageOfTheDefaultModel_keepsTheDefaultModel() {
        var english = SpeechOptions.builder().language("en-US").build();
        var german = SpeechOptions.builder().language("de").build();

        assertThat(SpeakRequest.of(english, "flux-haley-en", DeepgramOptions.none())
                        .model())
                .isEqualTo("flux-haley-en");
        assertThat(SpeakRequest.of(german, "flux-haley-en", DeepgramOptions.none())
                        .model())
                .isEqualTo("aura-2-julius-de");
        assertThat(SpeakRequest.of(SpeechOptions.none(), "a-new-voice", DeepgramOptions.none())
                        .model())
                .isEqualTo("a-new-voice");
    }

    @Test
    void of_whatCannotBe_isRefusedBeforeAnyIoWithFieldValueAndRange() {
        assertThat(refusal(SpeechOptions.builder().language("th")))
                .hasMessageContaining("language: th, Deepgram has voices for en, es, de, nl, fr, it, ja")
                .extracting(TtsException::category, TtsException::origin)
                .containsExactly(Category.UNSUPPORTED, Origin.CLIENT);
        assertThat(refusal(SpeechOptions.builder().voice("aura-2-thalia-en").model("aura-2-luna-en")))
                .hasMessageContaining("model: 'aura-2-luna-en' beside the voice 'aura-2-thalia-en'");
        assertThat(refusal(SpeechOptions.builder().voice("a voice&key=1")))
                .hasMessageContaining("voice: 13 chars, allowed");
        assertThat(refusal(SpeechOptions.builder().speed(1.6))).hasMessageContaining("speed: 1.6, allowed 0.7 to 1.5");
        assertThat(refusal(SpeechOptions.builder().voice("flux-haley-en").speed(1.12)))
                .hasMessageContaining("speed: 1.12, allowed steps of 0.05");
        assertThat(refusal(SpeechOptions.builder().format(AudioFormat.linear16(44_100))))
                .hasMessageContaining("format: linear16 44100 Hz, allowed [");
        assertThat(refusal(SpeechOptions.builder().format(AudioFormat.mulaw(24_000))))
                .hasMessageContaining("format: mulaw 24000 Hz");
        assertThat(refusal(SpeechOptions.builder()
                        .provider(DeepgramOptions.builder().expressivity(1).build())))
                .hasMessageContaining("expressivity: only Flux voices have it");
    }

    @Test
    void of_flux_hasARateAndStepsOfItsOwn() {
        SpeakRequest request = of(SpeechOptions.builder()
                .voice("flux-haley-en")
                .speed(0.55)
                .format(AudioFormat.linear16(44_100))
                .provider(DeepgramOptions.builder().expressivity(-2).build()));

        assertThat(request.product()).isEqualTo(Product.FLUX);
        assertThat(request.speed()).isEqualByComparingTo("0.55");
        assertThat(request.socketKey().speed()).as("which is set on the socket").isNull();
    }

    @Test
    void needsRest_formatsThatNoWebSocketCarries_andByOption() {
        for (AudioFormat format : new AudioFormat[] {
            new AudioFormat(Encoding.MP3, Container.RAW, 22_050, 1),
            new AudioFormat(Encoding.OPUS, Container.OGG, 48_000, 1),
            new AudioFormat(Encoding.FLAC, Container.RAW, 48_000, 1),
            new AudioFormat(Encoding.AAC, Container.RAW, 22_050, 1),
            new AudioFormat(Encoding.LINEAR16, Container.WAV, 24_000, 1),
        }) {
            SpeakRequest request = of(SpeechOptions.builder().format(format));
            assertThat(request.needsRest()).as(format.toString()).isTrue();
            assertThat(catchThrowableOfType(TtsException.class, request::requireGrowing))
                    .hasMessageContaining("text: still growing, which takes a WebSocket");
        }
        assertThat(of(SpeechOptions.builder()
                                .provider(DeepgramOptions.builder().rest().build()))
                        .needsRest())
                .isTrue();
    }

    @Test
    void socketKey_sameWishes_areEqual() {
        SpeechOptions options = SpeechOptions.builder()
                .provider(DeepgramOptions.builder()
                        .tag("a")
                        .mipOptOut(true)
                        .parameter("x", "y")
                        .build())
                .build();

        assertThat(request(options).socketKey())
                .isEqualTo(request(options).socketKey())
                .hasSameHashCodeAs(request(options).socketKey())
                .isNotEqualTo(request(SpeechOptions.none()).socketKey());
    }

    @ParameterizedTest
    @CsvSource({
        "aura-2-thalia-en, MP3,      RAW,  22050, 48000, ''",
        "aura-2-thalia-en, MP3,      RAW,  22050, 40000, '[32000, 48000] for MP3'",
        "flux-haley-en,    MP3,      RAW,  22050, 40000, ''",
        "aura-2-thalia-en, OPUS,     OGG,  48000, 4000,  ''",
        "aura-2-thalia-en, AAC,      RAW,  22050, 192000, ''",
        "aura-2-thalia-en, AAC,      RAW,  22050, 192001, '4000 to 192000 for AAC'",
        "aura-2-thalia-en, FLAC,     RAW,  48000, 48000, 'FLAC has none to choose'",
        "aura-2-thalia-en, LINEAR16, WAV,  24000, 48000, 'LINEAR16 has none to choose'",
    })
    void of_bitRate_isWhatTheMatrixHas(
            String voice, Encoding encoding, Container container, int sampleRate, int bitRate, String refusal) {
        SpeechOptions.Builder options = SpeechOptions.builder()
                .voice(voice)
                .format(new AudioFormat(encoding, container, sampleRate, 1))
                .provider(DeepgramOptions.builder().bitRate(bitRate).build());
        if (refusal.isEmpty()) {
            assertThat(of(options).options().bitRate()).hasValue(bitRate);
        } else {
            assertThat(refusal(options))
                    .hasMessageContaining("bitRate: " + bitRate)
                    .hasMessageContaining(refusal);
            assertThat(refusal(options).category()).isEqualTo(Category.UNSUPPORTED);
        }
    }

    @Test
    void of_defaultsThatTheVoiceOrTheEncodingHasNot_areLeftOut() {
        DeepgramOptions defaults = DeepgramOptions.builder()
                .bitRate(48_000)
                .expressivity(1)
                .tag("a")
                .mipOptOut(true)
                .parameter("x", "y")
                .build();
        DeepgramOptions left = DeepgramOptions.builder()
                .tag("a")
                .mipOptOut(true)
                .parameter("x", "y")
                .build();
        SpeechOptions fluxMp3 = SpeechOptions.builder()
                .voice("flux-haley-en")
                .format(new AudioFormat(Encoding.MP3, Container.RAW, 22_050, 1))
                .build();

        assertThat(SpeakRequest.of(SpeechOptions.none(), null, defaults).options())
                .isEqualTo(left);
        assertThat(SpeakRequest.of(SpeechOptions.voice("flux-haley-en"), null, defaults)
                        .options()
                        .expressivity())
                .hasValue(1);
        assertThat(SpeakRequest.of(fluxMp3, null, defaults).options()).isEqualTo(defaults);
    }

    @ParameterizedTest
    @ValueSource(ints = {3_999, 650_001})
    void bitRate_thatNoEncodingHas_isRefusedAtOnce(int bitRate) {
        TtsException refusal = catchThrowableOfType(
                TtsException.class, () -> DeepgramOptions.builder().bitRate(bitRate));

        assertThat(refusal).hasMessageContaining("bitRate: " + bitRate + ", allowed 4000 to 650000");
        assertThat(refusal.category()).isEqualTo(Category.INVALID_REQUEST);
    }
}
