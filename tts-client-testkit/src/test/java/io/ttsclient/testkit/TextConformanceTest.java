// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.Voice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the tests of text and voices say about backends that break the rules. */
class TextConformanceTest {
    private static final String UNICODE = "stream_anyUnicode_speaksOrRefusesTheText";
    private static final String NOTHING = "stream_nothingToPronounce_isRefusedBeforeTheEngineIsAsked";
    private static final String VOICES = "voices_areConsistentAndSpeak";
    private static final String SECRECY = "text_isInNoMessageAndNoStringForm";

    @Test
    void exceptionForAStrangeText_isNoticed() {
        ConformanceRun.of(LatinOnly.class, UNICODE)
                .failed(UNICODE, "has to fail with a TtsException", "no such letter");
    }

    static class LatinOnly extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) -> {
                if (synthesis.text().text().codePoints().anyMatch(c -> c > 0xFF)) {
                    throw new ArrayIndexOutOfBoundsException("no such letter");
                }
                return fake.stream(synthesis);
            });
        }
    }

    @Test
    void wrongCategoryForAStrangeText_isNoticed() {
        ConformanceRun.of(LatinByProtocol.class, UNICODE).failed(UNICODE, "PROTOCOL", "INVALID_REQUEST");
    }

    static class LatinByProtocol extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) -> {
                if (synthesis.text().text().codePoints().anyMatch(c -> c > 0xFF)) {
                    throw synthesis.failure(Category.PROTOCOL, "what is this?").build();
                }
                return fake.stream(synthesis);
            });
        }
    }

    @Test
    void silenceForNothing_isNoticed() {
        ConformanceRun.of(SpeaksAnything.class, NOTHING)
                .failed(
                        NOTHING,
                        "speaking a text without a letter or digit, of 0 chars has to fail with [INVALID_REQUEST]");
    }

    static class SpeaksAnything extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) -> fake.stream(TestSynthesis.of("anything")));
        }
    }

    @Test
    void wrongTypeForNothing_isNoticed() {
        ConformanceRun.of(InvalidOnly.class, NOTHING).failed(NOTHING, "lets a piece of a longer text be left out");
    }

    static class InvalidOnly extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) -> {
                throw TtsException.invalidRequest("text: nothing in it");
            });
        }
    }

    @Test
    void sendingNothing_isNoticed() {
        ConformanceRun.of(SendsFirst.class, NOTHING).failed(NOTHING, "characters sent to the engine all the same");
    }

    static class SendsFirst extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) -> {
                synthesis.attempt().sent(1);
                throw new NothingToSpeakException("text: the engine says that nothing is in it");
            });
        }
    }

    @Test
    void charactersNotNoted_areNoticed() {
        String test = "stream_speakableText_notesCharactersSent";
        ConformanceRun.of(NotesNothing.class, test).failed(test, "characters that went to the engine");
    }

    static class NotesNothing extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) ->
                    fake.stream(TestSynthesis.of(synthesis.text().text())));
        }
    }

    @Test
    void unknownVoiceSpoken_isNoticed() {
        String test = "stream_unknownVoice_isRefused";
        ConformanceRun.of(AnyVoice.class, test).failed(test, "the unknown voice 'no-such-voice' has to fail");
    }

    static class AnyVoice extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return FakeBackend.create();
        }
    }

    @Test
    void wrongVoices_areNoticed() {
        ConformanceRun.of(SameVoiceTwice.class, VOICES).failed(VOICES, "ids of the voices");
        ConformanceRun.of(NoLanguage.class, VOICES).failed(VOICES, "BCP 47");
        ConformanceRun.of(MissingVoice.class, VOICES).failed(VOICES, "bass");
        ConformanceRun.of(VoiceThatCannotSpeak.class, VOICES).failed(VOICES, "voice: 'tenor'");
    }

    private static TtsBackend offering(Voice... voices) {
        return new DelegatingBackend(BrokenConformance.fake()) {
            @Override
            public List<Voice> voices() {
                return List.of(voices);
            }
        };
    }

    static class SameVoiceTwice extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return offering(ALTO, ALTO);
        }
    }

    static class NoLanguage extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return offering(new Voice("alto", "Alto", List.of("?"), ""));
        }
    }

    static class MissingVoice extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return fake();
        }

        @Override
        protected List<String> expectedVoices() {
            return List.of("alto", "bass");
        }
    }

    static class VoiceThatCannotSpeak extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return offering(ALTO, new Voice("tenor", "Tenor", List.of("en-US"), ""));
        }
    }

    @Test
    void textThatLeaks_isNoticed() {
        ConformanceRun.of(TextInMessage.class, SECRECY).failed(SECRECY, "which may go to a log", "Quetzalcoatlus");
        ConformanceRun.of(TextInCause.class, SECRECY).failed(SECRECY, "Quetzalcoatlus");
        ConformanceRun.of(TextInString.class, SECRECY).failed(SECRECY, "Quetzalcoatlus");
    }

    static class TextInMessage extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) -> {
                try {
                    return fake.stream(synthesis);
                } catch (TtsException e) {
                    throw synthesis
                            .failure(
                                    e.category(),
                                    "cannot speak: " + synthesis.text().text())
                            .build();
                }
            });
        }
    }

    static class TextInCause extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) -> {
                try {
                    return fake.stream(synthesis);
                } catch (TtsException e) {
                    throw e.toBuilder()
                            .cause(new IllegalStateException(synthesis.text().text()))
                            .build();
                }
            });
        }
    }

    static class TextInString extends BrokenConformance {
        @Override
        protected TtsBackend backend() {
            return streaming((fake, synthesis) -> stringForm(fake.stream(synthesis), synthesis));
        }

        private static AudioSource stringForm(AudioSource source, Synthesis synthesis) {
            return new DelegatingSource(source) {
                @Override
                public String toString() {
                    return "speaking " + synthesis.text().text();
                }
            };
        }
    }
}
