// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer whose body is still arriving. Close it, or read it to its end; a body that ends before its announced length is a
 * failure with category {@code TRUNCATED}, never an end.
 *
 * <p>One thread at a time reads. {@link #close()} may come from any thread.
 */
public final class HttpResponse implements AutoCloseable {
    /** An error body that does not arrive by then is given up. */
    private static final Duration ERROR_PATIENCE = Duration.ofSeconds(1);

    private final ResponseHead head;
    private final Exchange exchange;
    private final ErrorReader errors;

    /** Makes the error from what was read of the body. */
    interface ErrorReader {
        HttpError of(ResponseHead head, byte[] body);
    }

    HttpResponse(ResponseHead head, Exchange exchange, ErrorReader errors) {
        this.head = head;
        this.exchange = exchange;
        this.errors = errors;
    }

    /** The HTTP status. */
    public int status() {
        return head.status();
    }

    /** Whether the status is one of 200 to 299. */
    public boolean isSuccessful() {
        return status() / 100 == 2;
    }

    /** A header, the first of that name, which is not case-sensitive. */
    public Optional<String> header(String name) {
        return head.header(name);
    }

    /** What the server says the body is; see {@link BodyType} for what it really is. */
    public Optional<ContentType> contentType() {
        return header("Content-Type").flatMap(ContentType::parse);
    }

    /** The provider's own id of the request, where it gave one. */
    public Optional<String> providerRequestId() {
        return head.providerRequestId();
    }

    /**
     * The next bytes of the body, as they arrive, at most 16 KiB; waits for them. The buffer is read-only and may be kept.
     *
     * @return null at the end
     * @throws io.ttsclient.error.TtsException if the body breaks off; with category {@code CANCELLED} after {@link #close()}
     */
    public @Nullable ByteBuffer read() {
        return exchange.read();
    }

    /**
     * The body as a stream, for parsers. It shares its position with {@link #read()}; it throws what {@link #read()} throws, and
     * no {@link java.io.IOException}; to close it is to close this.
     */
    public InputStream asInputStream() {
        return new BodyInputStream(exchange);
    }

    /** The first bytes of what is to be read, at least {@code count} unless there are fewer; they stay to be read. */
    ByteBuffer peek(int count) {
        return exchange.peek(count);
    }

    /**
     * What the server says about a refusal. Reads the body, for at most a second, and closes this; it does not fail, whatever
     * becomes of the body.
     */
    public HttpError error() {
        return errors.of(head, exchange.drain(HttpError.MAX_BODY, ERROR_PATIENCE));
    }

    /**
     * What the server says about a failure that came in the middle of a successful answer, as JSON inside of it.
     *
     * @param status the HTTP status that stands for the failure
     * @param body what was read of it
     */
    public HttpError error(int status, byte[] body) {
        return errors.of(head.withStatus(status), body);
    }

    /** Ends it, also while another thread waits in {@link #read()}. Never blocks, and may be called more than once. */
    @Override
    public void close() {
        exchange.close();
    }

    /** The status only. */
    @Override
    public String toString() {
        return "HttpResponse[" + status() + "]";
    }
}
