// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.TestSynthesis;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class ContentTest {
    private static BodyType typeOf(String latin1, @Nullable String contentType) {
        return BodyType.of(
                ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1)),
                Optional.ofNullable(contentType).flatMap(ContentType::parse));
    }

    @Test
    void contentType_parametersInAnyStyle_areRead() {
        for (String value : new String[] {
            "audio/L16;codec=pcm;rate=24000", "audio/l16; rate=24000; channels=1", "AUDIO/L16 ; Rate = \"24000\" ;;x"
        }) {
            ContentType type = ContentType.parse(value).orElseThrow();
            assertThat(type.type()).isEqualTo("audio/l16");
            assertThat(type.isAudio()).isTrue();
            assertThat(type.number("rate")).hasValue(24_000);
            assertThat(type.number("depth")).isEmpty();
        }
    }

    @Test
    void contentType_nonsense_isLeftOut() {
        ContentType type = ContentType.parse("text/html; charset; =x;  =y; rate=-1; rate=5; n=0; m=99999999999")
                .orElseThrow();

        assertThat(type.parameters()).containsOnlyKeys("rate", "n", "m");
        assertThat(type.isAudio()).isFalse();
        assertThat(type.number("rate")).isEmpty();
        assertThat(type.number("n")).isEmpty();
        assertThat(type.number("m")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "audio", "/wav", "audio/", ";rate=1"})
    void contentType_thatIsNone_isEmpty(String value) {
        assertThat(ContentType.parse(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "RIFF....WAVEfmt , text/html, WAV",
                "RIFF....WAVEfmt , audio/l16, WAV",
                "ID3............., -, MP3",
                "fLaC............, audio/wav, FLAC",
                "'{\"error\":\"x\"}', -, JSON",
                "'{\"error\":\"x\"}', text/html, JSON",
                "' [1]', application/json, JSON",
                "'<!DOCTYPE html>', text/html, TEXT",
                "'<html>', -, TEXT",
                "'\u00EF\u00BB\u00BF<html>', -, TEXT",
                "'oops', text/plain, TEXT",
                "'data: {}', -, EVENT_STREAM",
                "'event: x', text/plain, EVENT_STREAM",
                "': comment', text/event-stream, EVENT_STREAM",
                "'{\"looks\":1}', audio/l16, OTHER",
                "'abc', -, OTHER",
                "'', audio/wav, EMPTY",
            })
    void bodyType_bytes_countBeforeWhatIsSaid(String bytes, String contentType, BodyType expected) {
        assertThat(typeOf(bytes, contentType)).isEqualTo(expected);
    }

    @Test
    void bodyType_rawSamples_areNotTakenForTextOrFrames() {
        assertThat(typeOf("{\0\1\0\2\0", null)).isEqualTo(BodyType.OTHER);
        assertThat(typeOf("\u00FF\u00FB\u0090\0", "audio/pcm")).isEqualTo(BodyType.OTHER);
        assertThat(typeOf("\u00FF\u00FB\u0090\0", "audio/mpeg")).isEqualTo(BodyType.MP3);
        assertThat(typeOf("\u00FF\u00F1P\u0080", null)).isEqualTo(BodyType.AAC);
    }

    @Test
    void bodyType_bytesBehindTheFirst_makeNoDifference() {
        String json = "{\"error\":\"longer than what is looked at\"";
        assertThat(typeOf(json + "}", null)).isEqualTo(BodyType.JSON);
        assertThat(typeOf(json + "\0", null)).isEqualTo(BodyType.JSON);
    }

    @Test
    void bodyType_ogg_isToldByItsFirstPacket() {
        String page = "OggS" + "\0".repeat(22) + "\1\7";
        assertThat(typeOf(page + "OpusHead", null)).isEqualTo(BodyType.OGG_OPUS);
        assertThat(typeOf(page + "\1vorbis", null)).isEqualTo(BodyType.OGG_VORBIS);
        assertThat(typeOf(page + "\u007FFLAC", null)).isEqualTo(BodyType.OGG_FLAC);
    }

    @Test
    void bodyType_ofAnAnswer_leavesItToBeRead() throws Exception {
        try (var server = new RawServer(connection -> {
                    connection.readRequest();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 16\r\n\r\nRIFF");
                    connection.send("....WAVEfmt ");
                });
                Transport transport = Transport.builder().build();
                HttpResponse response = transport.execute(
                        TestSynthesis.of("Hi."),
                        HttpRequest.get(server.url("/")).build())) {
            assertThat(response.contentType().orElseThrow().type()).isEqualTo("text/html");
            assertThat(BodyType.of(response)).isEqualTo(BodyType.WAV);
            assertThat(TransportTest.readAll(response)).asString().isEqualTo("RIFF....WAVEfmt ");
            assertThat(BodyType.of(response)).isEqualTo(BodyType.EMPTY);
            assertThat(response).hasToString("HttpResponse[200]");
        }
    }
}
