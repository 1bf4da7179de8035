// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.audio.FormatConverter;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.doubles.ScriptedBackend;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.TimingMark;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.TestSynthesis;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertingLayerTest {
    private static final String TEXT = "Hello there";
    private static final AudioFormat MP3 = new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1);

    private static Synthesis wanting(AudioFormat format) {
        return TestSynthesis.of(TEXT, SpeechOptions.builder().format(format).build());
    }

    private static FakeBackend making(AudioFormat first, AudioFormat... others) {
        FakeBackend.Builder fake = FakeBackend.builder("fake", first);
        for (AudioFormat other : others) {
            fake.format(other);
        }
        return fake.build();
    }

    private static byte[] readAll(AudioSource source) {
        var bytes = new ByteArrayOutputStream();
        for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
            append(bytes, chunk.bytes());
        }
        return bytes.toByteArray();
    }

    private static void append(ByteArrayOutputStream bytes, ByteBuffer buffer) {
        while (buffer.hasRemaining()) {
            bytes.write(buffer.get());
        }
    }

    private static byte[] converted(AudioFormat from, AudioFormat to) {
        var converter = new FormatConverter(from, to);
        var bytes = new ByteArrayOutputStream();
        append(bytes, converter.convert(ByteBuffer.wrap(FakeBackend.audioOf(TEXT, from))));
        append(bytes, converter.finish());
        return bytes.toByteArray();
    }

    @Test
    void stream_noFormatWanted_passesThroughUntouched() {
        AudioChunk chunk = ScriptedSource.chunk(1, 2);
        var source = new ScriptedSource(AudioFormat.linear16(16_000)).gives(chunk);
        var layer = new ConvertingLayer(new ScriptedBackend(source.format(), synthesis -> source));

        AudioSource stream = layer.stream(TestSynthesis.of(TEXT));

        assertThat(stream).isSameAs(source);
        assertThat(stream.read()).isSameAs(chunk);
    }

    @Test
    void stream_formatThatTheBackendMakes_passesThroughInTheSameMemory() {
        ByteBuffer memory = ByteBuffer.allocateDirect(4);
        var source = new ScriptedSource(AudioFormat.mulaw(8_000)).gives(new AudioChunk(memory));
        var layer = new ConvertingLayer(new ScriptedBackend(source.format(), synthesis -> source));

        AudioChunk chunk = layer.stream(wanting(AudioFormat.mulaw(8_000))).read();
        memory.put(0, (byte) 77);

        assertThat(chunk)
                .isNotNull()
                .satisfies(same -> assertThat(same.bytes().get(0)).isEqualTo((byte) 77));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 34, 640, 100_000})
    void stream_formatThatTheBackendDoesNotMake_isConvertedWhateverTheChunks(int chunkBytes) {
        FakeBackend fake = making(AudioFormat.linear16(24_000));
        fake.always(Behaviour.speak().chunks(chunkBytes));

        try (AudioSource stream = new ConvertingLayer(fake).stream(wanting(AudioFormat.mulaw(8_000)))) {
            assertThat(stream.format()).isEqualTo(AudioFormat.mulaw(8_000));
            assertThat(readAll(stream)).isEqualTo(converted(AudioFormat.linear16(24_000), AudioFormat.mulaw(8_000)));
        }
        fake.awaitReleased();
    }

    @Test
    void stream_severalFormatsMade_asksForTheOneThatIsWanted() {
        FakeBackend fake = making(AudioFormat.linear16(24_000), AudioFormat.mulaw(8_000), AudioFormat.linear16(8_000));

        try (AudioSource stream = new ConvertingLayer(fake).stream(wanting(AudioFormat.mulaw(8_000)))) {
            assertThat(readAll(stream)).isEqualTo(FakeBackend.audioOf(TEXT, AudioFormat.mulaw(8_000)));
        }
    }

    record Choice(AudioFormat wanted, List<AudioFormat> made, AudioFormat asked) {}

    static List<Choice> choices() {
        AudioFormat linear8 = AudioFormat.linear16(8_000);
        AudioFormat linear16 = AudioFormat.linear16(16_000);
        AudioFormat linear24 = AudioFormat.linear16(24_000);
        AudioFormat linear48 = AudioFormat.linear16(48_000);
        AudioFormat mulaw8 = AudioFormat.mulaw(8_000);
        return List.of(
                new Choice(linear8, List.of(linear48, linear16, linear24), linear16),
                new Choice(linear16, List.of(linear8, linear48, linear24), linear24),
                new Choice(linear48, List.of(linear8, linear24, linear16), linear24),
                new Choice(AudioFormat.alaw(8_000), List.of(mulaw8, linear24, linear8), linear8),
                new Choice(AudioFormat.alaw(8_000), List.of(MP3, mulaw8), mulaw8),
                new Choice(linear16, List.of(MP3, linear48), linear48),
                new Choice(MP3, List.of(linear48, MP3), MP3));
    }

    @ParameterizedTest
    @MethodSource("choices")
    void stream_severalFormatsMade_asksForTheBest(Choice choice) {
        FakeBackend fake = making(
                choice.made().get(0),
                choice.made().subList(1, choice.made().size()).toArray(AudioFormat[]::new));

        new ConvertingLayer(fake).stream(wanting(choice.wanted())).close();

        assertThat(fake.calls().get(0).options().format()).contains(choice.asked());
    }

    @Test
    void stream_formatThatCannotBeHad_isUnsupportedBeforeTheBackendIsAsked() {
        FakeBackend fake = making(AudioFormat.linear16(24_000));

        assertThatThrownBy(() -> new ConvertingLayer(fake).stream(wanting(MP3)))
                .isInstanceOfSatisfying(TtsException.class, e -> {
                    assertThat(e.category()).isEqualTo(Category.UNSUPPORTED);
                    assertThat(e.origin()).isEqualTo(Origin.CLIENT);
                })
                .hasMessageStartingWith(
                        "format: mp3 24000 Hz, and fake makes [linear16 24000 Hz], from which it cannot be converted");
        assertThat(fake.calls()).isEmpty();
    }

    @Test
    void canDeliver_capabilities_sayWhatCanBeHad() {
        var capabilities = making(AudioFormat.linear16(24_000), MP3).capabilities();

        assertThat(ConvertingLayer.canDeliver(capabilities, AudioFormat.linear16(24_000)))
                .isTrue();
        assertThat(ConvertingLayer.canDeliver(capabilities, AudioFormat.alaw(8_000)))
                .isTrue();
        assertThat(ConvertingLayer.canDeliver(capabilities, MP3)).isTrue();
        assertThat(ConvertingLayer.canDeliver(capabilities, new AudioFormat(Encoding.MP3, Container.RAW, 48_000, 1)))
                .isFalse();
    }

    @Test
    void stream_backendAnswersInAFormatThatCannotBeConverted_isAProtocolError() {
        var source = new ScriptedSource(MP3).gives(1, 2);
        var layer = new ConvertingLayer(new ScriptedBackend(AudioFormat.linear16(24_000), synthesis -> source));

        assertThatThrownBy(() -> layer.stream(wanting(AudioFormat.linear16(24_000))))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.PROTOCOL))
                .hasMessageContaining("asked for linear16 24000 Hz and answers mp3 24000 Hz");
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void stream_backendAnswersInAnotherFormatThatCanBeConverted_isConverted() {
        var source = new ScriptedSource(AudioFormat.linear16(8_000)).gives(0, 0, 0, 0);
        var layer = new ConvertingLayer(new ScriptedBackend(AudioFormat.linear16(24_000), synthesis -> source));

        AudioSource stream = layer.stream(wanting(AudioFormat.linear16(24_000)));

        assertThat(readAll(stream)).hasSize(12);
    }

    @Test
    void read_failsInTheMiddle_keepsWhatWasConvertedAndPassesTheFailureOn() {
        FakeBackend fake = making(AudioFormat.linear16(16_000));
        fake.always(Behaviour.speak().failAt(1_600, Category.TRUNCATED));

        AudioSource stream = new ConvertingLayer(fake).stream(wanting(AudioFormat.alaw(16_000)));

        for (int bytes = 0; bytes < 800; ) {
            AudioChunk chunk = stream.read();
            assertThat(chunk).isNotNull();
            bytes += chunk == null ? 0 : chunk.size();
        }
        assertThatThrownBy(stream::read)
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.TRUNCATED));
    }

    @Test
    void timingsAndClose_convertedStream_reachTheBackends() {
        var mark = new TimingMark(TimingMark.Kind.WORD, 0, 5, Duration.ZERO, Duration.ofMillis(50));
        var source =
                new ScriptedSource(AudioFormat.linear16(16_000)).timings(mark).gives(1, 2);
        var layer = new ConvertingLayer(new ScriptedBackend(source.format(), synthesis -> source));

        AudioSource stream = layer.stream(wanting(AudioFormat.mulaw(8_000)));

        assertThat(stream.timings()).containsExactly(mark);
        stream.close();
        assertThat(source.isClosed()).isTrue();
    }
}
