// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cache knows the audio of a voice by, besides the request. */
class CacheIdentityTest {
    @TempDir
    private Path folder;

    private static List<String> identity(UnaryOperator<LocalVoiceBuilder> settings) {
        try (LocalVoice backend = settings.apply(LocalVoice.builder()).build()) {
            return backend.capabilities().identity();
        }
    }

    private static Lexicon lexicon(String words) {
        return Lexicon.builder().respell("nginx", words).build();
    }

    @Test
    void identity_settingsThatShapeTheAudio_eachMakesAnother() {
        List<UnaryOperator<LocalVoiceBuilder>> settings = List.of(
                builder -> builder,
                builder -> builder.noiseScale(0.1),
                builder -> builder.noiseWidth(0.1),
                builder -> builder.lexicon(lexicon("engine x")),
                builder -> builder.lexicon(lexicon("engine ex")),
                builder -> builder.lexicon(
                        Lexicon.builder().phonemes("nginx", "engine x").build()),
                builder -> builder.phonemizer(Phonemizer.espeak("en-us")),
                builder -> builder.phonemizer(Phonemizer.espeak("en-gb")));

        List<List<String>> identities =
                settings.stream().map(CacheIdentityTest::identity).toList();

        assertThat(identities).doesNotContain(List.of());
        assertThat(new HashSet<>(identities)).hasSameSizeAs(identities);
        assertThat(settings.stream().map(CacheIdentityTest::identity)).isEqualTo(identities);
    }

    @Test
    void identity_whatDoesNotShapeTheAudio_isNotInIt() {
        List<String> plain = identity(builder -> builder);

        assertThat(identity(builder -> builder.threads(1).maxConcurrentRuns(2))).isEqualTo(plain);
        assertThat(identity(builder -> builder.sentencePause(Duration.ZERO))).isEqualTo(plain); // the client makes it
        assertThat(identity(builder -> builder.phonemizer(Phonemizer.english())))
                .isEqualTo(plain);
    }

    @Test
    void identity_anotherModelOfThatName_isAnother() throws IOException {
        Path model = new ToyVoice().speakers(3).in(folder);
        List<String> first = identity(builder -> builder.model(model));
        List<String> ofSpeaker = identity(builder -> builder.model(model).speaker("low"));

        Files.setLastModifiedTime(model, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        List<String> written = identity(builder -> builder.model(model));
        Path config = folder.resolve(model.getFileName() + ".json");
        Files.writeString(config, Files.readString(config) + "\n");
        List<String> configured = identity(builder -> builder.model(model));

        assertThat(List.of(first, ofSpeaker, written, configured)).doesNotHaveDuplicates();
    }

    @Test
    void identity_phonemizerOfSomebodyElse_isNotKnown() {
        assertThat(identity(builder -> builder.phonemizer(text -> List.of()))).isEmpty();
    }
}
