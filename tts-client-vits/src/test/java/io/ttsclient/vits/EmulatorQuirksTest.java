// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.vits.CoquiEmulator;
import io.ttsclient.testkit.vits.MeloTtsEmulator;
import io.ttsclient.testkit.vits.OpenAiFlavour;
import io.ttsclient.testkit.vits.OpenAiSpeechEmulator;
import io.ttsclient.testkit.vits.PiperEmulator;
import io.ttsclient.testkit.vits.VitsSimpleApiEmulator;
import io.ttsclient.testkit.vits.VitsTtsVietnameseEmulator;
import io.ttsclient.testkit.vits.VitsTtsVietnameseEmulator.Generation;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the emulators answer to those who ask otherwise than the dialects do: to the byte. */
@ExtendWith(LeakCheck.class)
class EmulatorQuirksTest {
    private static LoopbackServer.Handler emulator(String name) {
        return switch (name) {
            case "tornado" -> new VitsTtsVietnameseEmulator(Generation.TORNADO);
            case "litestar" -> new VitsTtsVietnameseEmulator(Generation.LITESTAR);
            case "melo" -> new MeloTtsEmulator();
            case "piper" -> new PiperEmulator(PiperEmulator.Version.V1_5);
            case "legacy" -> new PiperEmulator(PiperEmulator.Version.LEGACY);
            case "simple" -> new VitsSimpleApiEmulator("k");
            case "coqui" -> new CoquiEmulator(CoquiEmulator.Version.COQUI);
            case "idiap" -> new CoquiEmulator(CoquiEmulator.Version.IDIAP);
            default -> new OpenAiSpeechEmulator(OpenAiFlavour.valueOf(name));
        };
    }

    /** Status, type and body, of which a * at the end of {@code expected} stands for the rest. */
    private static void assertAnswers(String name, String method, String target, @Nullable String body, String expected)
            throws IOException {
        try (LoopbackServer server = LoopbackServer.start(emulator(name))) {
            var connection =
                    (HttpURLConnection) URI.create(server.url(target)).toURL().openConnection();
            connection.setRequestMethod(method);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Connection", "close");
            connection.setRequestProperty("X-API-KEY", "k");
            connection.setRequestProperty("Content-Type", "application/json");
            if (body != null) {
                connection.setDoOutput(true);
                connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            int status = connection.getResponseCode();
            String got;
            try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                got = status + " " + connection.getContentType() + " "
                        + new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            } finally {
                connection.disconnect();
            }
            String wanted = expected.replace("\\n", "\n").replace("{port}", "" + server.port());
            if (wanted.endsWith("*")) {
                assertThat(got).startsWith(wanted.substring(0, wanted.length() - 1));
            } else {
                assertThat(got).isEqualTo(wanted);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tornado  | /tts?text=%C3%A0&speed=slow    | 200 application/json; charset=UTF-8 {"hash": "3a6a10e5fbe029767fb928c113a256f84245fa9d", "text": "\\u00e0", "speed": "slow", "audio_url": "http://127.0.0.1:{port}/audio/3a6a10e5fbe029767fb928c113a256f84245fa9d.wav"}
            tornado  | /tts?text=a&speed=faster       | 500 text/html; charset=UTF-8 <html><title>500: Internal Server Error</title>*
            litestar | /tts?text=a&speed=faster       | 200 application/json {"hash":"9b9b4f9ecb0e42a57305228f1dada59da756690a","text":"a","speed":"normal","audio_url":"/audio/9b9b4f9ecb0e42a57305228f1dada59da756690a.wav"}
            litestar | /tts?text=+                    | 500 application/json {"status_code":500,"detail":"Internal Server Error"}
            litestar | /tts/stream?text=+             | 500 application/json {"status_code":500,"detail":"TTS streaming generation failed: Text parameter cannot be empty"}
            melo     | /voices?language=en            | 400 application/json {"detail":"Unsupported language 'en'. Supported: ['EN', 'ES', 'FR', 'ZH', 'JP', 'KR']"}
            piper    | /                              | 200 text/html; charset=utf-8 <!doctype html>*
            simple   | /voice/check?model=vits&id=0   | 200 application/json {"status":"success","id":0,*
            simple   | /voice/check?model=vits&id=9   | 404 application/json {"status":"error","message":"id 9 does not exist"}
            simple   | /voice/vits?text=a&streaming=false | 200 audio/mp3 \u00ff\u00fb*
            simple   | /voice/vits?text=a&format=xyz  | 400 text/html; charset=utf-8 parameter error
            simple   | /voice/vits?text=a&format=silk | 200 audio/silk \u0002#!SILK_V3*
            coqui    | /api/tts?text=+                | 500 text/html; charset=utf-8 <!doctype html>\\n<html lang=en>\\n<title>500 Internal Server Error</title>*
            idiap    | /api/tts?text=+                | 400 application/json {"error":"Text parameter is required"}
            idiap    | /process?INPUT_TEXT=a          | 200 audio/wav RIFF*
            KOKORO   | /v1/audio/voices?legacy=true   | 200 application/json {"voices":["af_heart","nova"]}
            """)
    void get_quirk_isAnsweredToTheByte(String name, String target, String expected) throws IOException {
        assertAnswers(name, "GET", target, null, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            legacy   | /                | {"text":"a"}                               | 200 text/html; charset=utf-8 RIFF*
            piper    | /synthesize      | {"text":null}                              | 500 text/html; charset=utf-8 <!doctype html>*
            piper    | /download        | {"voice":"en_US-amy-medium"}               | 200 text/html; charset=utf-8 en_US-amy-medium
            piper    | /                | {"text":"a"}                               | 405 text/html; charset=utf-8 <!doctype html>*
            melo     | /synthesize      | {"text":"a","speed":"fast"}                | 422 application/json {"detail":[{"loc":["body","speed"],"msg":"Input should be between 0.5 and 2","type":"value_error"}]}
            melo     | /synthesize      | {"text":"a","speaker":"EN-IN"}             | 400 application/json {"detail":"Speaker 'EN-IN' not found. Available speakers: ['EN-US', 'EN-BR', 'EN_INDIA', 'EN-AU', 'EN-Default']"}
            simple   | /voice/vits      | {"text":"a","streaming":false}             | 200 audio/wav RIFF*
            KOKORO   | /v1/audio/speech | {"model":"x","input":"a"}                  | 400 application/json {"detail":{"error":"validation_error","message":"Unsupported model: x","type":"invalid_request_error"}}
            KOKORO   | /v1/audio/speech | {"model":"kokoro","input":"a","voice":"nova","speed":9} | 422 application/json {"detail":[{"loc":["body","speed"],*
            KOKORO   | /v1/audio/speech | {"model":"kokoro","input":"a","voice":"af_heart(2)+nova(1)"} | 200 audio/mpeg \u00ff\u00fb*
            LOCALAI  | /v1/audio/speech | {"input":"a"}                              | 400 application/json {"error":{"code":400,"message":"model is required","type":""}}
            LOCALAI  | /v1/audio/speech | {"model":"m","input":"a","stream":true}    | 200 audio/wav RIFF\u00ff\u00ff\u00ff\u00ffWAVE*
            CHATTERBOX | /v1/audio/speech/stream | {"input":"a"}                     | 200 audio/wav RIFF\u00ff\u00ff\u00ff\u00ffWAVE*
            IDIAP    | /v1/audio/speech | {"input":"a","response_format":"xyz"}      | 400 text/html; charset=utf-8 Unsupported format
            IDIAP    | /v1/audio/speech | {"input":"a","response_format":"opus"}     | 200 audio/ogg OggS*
            OPENEDAI | /v1/audio/speech | {"model":"tts-1","input":"a","voice":"alloy","response_format":"flac"} | 200 audio/x-flac fLaC*
            OPENEDAI | /v1/audio/speech | {"model":"tts-1","input":"a","voice":"b"}  | 400 application/json {"message":"Error loading voice: b, KeyError: 'b'","code":400,"type":"BadRequestError","param":null}
            SPEACHES | /v1/audio/speech | {"model":"tts-1","input":"a"}              | 422 application/json {"detail":[{"loc":["body","voice"],"msg":"Field required","type":"value_error"}]}
            """)
    void post_quirk_isAnsweredToTheByte(String name, String target, String body, String expected) throws IOException {
        assertAnswers(name, "POST", target, body, expected);
    }
}
