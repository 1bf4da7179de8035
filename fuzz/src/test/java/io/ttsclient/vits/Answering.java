// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** A {@link VitsServer} that is given answers which no server sends and no socket carries. For one thread. */
final class Answering {
    private static final Set<Category> FAILURES = EnumSet.of(
            Category.NO_AUDIO, Category.TRUNCATED, Category.PROTOCOL, Category.UNAVAILABLE, Category.INVALID_REQUEST);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final String contentType;
    private final VitsServer backend;
    private Function<String, InputStream> bodies = path -> InputStream.nullInputStream();

    /**
     * What became of a request.
     *
     * @param audio all of it; empty where it failed, since what is handed over by then depends on how it came
     */
    record Outcome(
            @Nullable AudioFormat format,
            ByteBuffer audio,
            @Nullable Category failure) {}

    /** It is never closed: to open one takes longer than what is to be tried many times. */
    Answering(String contentType, VitsServerBuilder builder) {
        this.contentType = contentType;
        var client = new OkHttpClient.Builder()
                .addInterceptor(chain -> response(chain.request()))
                .build();
        backend = builder.baseUrl("http://127.0.0.1")
                .transport(Transport.of(client))
                .build();
    }

    private Response response(Request request) {
        InputStream body = bodies.apply(request.url().encodedPath());
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .header("Content-Type", contentType)
                .body(ResponseBody.create(Okio.buffer(Okio.source(body)), MediaType.parse(contentType), -1))
                .build();
    }

    /** Speaks once. {@code answers} gives what a path is answered with. */
    Outcome speak(Function<String, InputStream> answers) {
        bodies = answers;
        var audio = new ByteArrayOutputStream();
        try (AudioSource source = backend.stream(TestSynthesis.of("Please call Azathioprine Jones."))) {
            for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
                assertThat(chunk.size() % source.format().bytesPerFrame()).isZero();
                byte[] bytes = new byte[chunk.size()];
                chunk.bytes().get(bytes);
                audio.writeBytes(bytes);
            }
            assertThat(audio.size()).isPositive();
            return new Outcome(source.format(), ByteBuffer.wrap(audio.toByteArray()), null);
        } catch (TtsException e) {
            assertThat(e.category()).isIn(FAILURES);
            assertThat(e.toString()).doesNotContain("Azathioprine");
            return new Outcome(null, NOTHING, e.category());
        }
    }
}
