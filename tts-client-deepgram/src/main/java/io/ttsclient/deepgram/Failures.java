// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.transport.HttpError;
import io.ttsclient.transport.StatusCategories;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with Deepgram, by category. {@link ErrorCode} has the codes of WebSockets.
 *
 * <table>
 * <caption>HTTP, for REST and refused upgrades</caption>
 * <tr><th>status</th><th>category</th></tr>
 * <tr><td>400 "No such model/version combination found."</td><td>NOT_FOUND</td></tr>
 * <tr><td>401, 403</td><td>AUTHENTICATION</td></tr>
 * <tr><td>402</td><td>QUOTA</td></tr>
 * <tr><td>408, 499, 5xx</td><td>UNAVAILABLE</td></tr>
 * <tr><td>429</td><td>RATE_LIMIT</td></tr>
 * <tr><td>other 4xx</td><td>INVALID_REQUEST</td></tr>
 * </table>
 */
final class Failures {
    private static final StatusCategories STATUS = StatusCategories.defaults()
            .with(404, Category.INVALID_REQUEST)
            .with(409, Category.INVALID_REQUEST)
            .with(410, Category.INVALID_REQUEST);

    private static final Pattern EPOCH_SECONDS = Pattern.compile("[0-9]{9,11}");

    private Failures() {}

    /** An answer that is no success; what the service says about it is in the report too, whatever becomes of the request. */
    static TtsException refused(Synthesis synthesis, HttpError error) {
        boolean unknownModel = error.status() == 400 && error.says("no such model");
        Category category = unknownModel ? Category.NOT_FOUND : STATUS.of(error.status());
        TtsException refused = error.failure(category)
                .retryAfter(retryAfter(error, synthesis.time().now()).orElse(null))
                .build();
        if (isOfService(error)) {
            synthesis.journal().warning(refused.getMessage());
        }
        return refused;
    }

    /** Deepgram documents neither header; its own clients heed them, the second one being a moment in seconds since 1970. */
    private static Optional<Duration> retryAfter(HttpError error, Instant now) {
        return error.retryAfter()
                .or(() -> error.header("X-RateLimit-Reset")
                        .filter(reset -> EPOCH_SECONDS.matcher(reset).matches())
                        .map(reset -> Duration.between(now, Instant.ofEpochSecond(Long.parseLong(reset))))
                        .filter(wait -> !wait.isNegative()));
    }

    /** Whether an answer is the service's own, and not that of a proxy on the way: each of its answers has its id. */
    static boolean isOfService(HttpError error) {
        return error.header(Service.REQUEST_ID_HEADER).isPresent()
                || error.header(Service.ERROR_HEADER).isPresent()
                || !error.values("err_code").isEmpty();
    }

    /** The server has closed the socket; {@code begun} says whether audio of this turn had come. */
    static TtsException closed(Synthesis synthesis, int code, String reason, String requestId, boolean begun) {
        String named = ErrorCode.in(reason).orElse("");
        Category category = ErrorCode.category(named).orElseGet(() -> ErrorCode.category(code));
        String what = "Deepgram closed the WebSocket with " + code + (named.isEmpty() ? "" : " " + named);
        return failure(synthesis, category, what, requestId, begun);
    }

    /** The server has told an error, and will close the socket. */
    static TtsException told(Synthesis synthesis, ServerMessage error, String requestId, boolean begun) {
        String code = ErrorCode.in(error.code() + " " + error.description()).orElse(error.code());
        Category category = ErrorCode.category(code).orElse(Category.UNAVAILABLE);
        String what = "Deepgram told an error" + (code.isEmpty() ? "" : ", " + ErrorCode.shown(code));
        return failure(synthesis, category, what, requestId, begun);
    }

    /** The socket broke. */
    static TtsException broken(Synthesis synthesis, TtsException cause, String requestId, boolean begun) {
        boolean wasTransport = cause.category() == Category.TRUNCATED || cause.category() == Category.CONNECTION;
        Category category = wasTransport ? Category.CONNECTION : cause.category();
        TtsException told = failure(synthesis, category, "the WebSocket to Deepgram broke", requestId, begun);
        return told.toBuilder().cause(cause).build();
    }

    /** What would be worth another attempt is, after audio, a cut. */
    private static TtsException failure(
            Synthesis synthesis, Category category, String message, String requestId, boolean begun) {
        boolean isCut = begun && (category == Category.CONNECTION || category == Category.UNAVAILABLE);
        return synthesis
                .failure(isCut ? Category.TRUNCATED : category, message)
                .providerRequestId(requestId.isEmpty() ? null : requestId)
                .build();
    }

    /** The turn ended and had no audio, or ended in the middle of a sample. */
    static TtsException incomplete(Synthesis synthesis, Category category, String requestId) {
        String what = category == Category.NO_AUDIO
                ? "Deepgram made no audio for this text"
                : "the audio ended in the middle of a sample";
        return failure(synthesis, category, what, requestId, false);
    }

    /** The speed cannot be had. */
    static TtsException notConfigured(Synthesis synthesis, ServerMessage refusal, String requestId) {
        Category category = refusal.code().equals("INTERNAL_ERROR") ? Category.UNAVAILABLE : Category.INVALID_REQUEST;
        return failure(
                synthesis,
                category,
                "Deepgram refused the speed, " + ErrorCode.shown(refusal.code()),
                requestId,
                false);
    }

    /** No socket became free. */
    static TtsException crowded(Synthesis synthesis, int sockets, @Nullable Object wait) {
        return synthesis
                .failure(Category.RATE_LIMIT, "none of " + sockets + " WebSockets became free within " + wait)
                .origin(Origin.CLIENT)
                .build();
    }

    static TtsException closed() {
        return TtsException.builder(Category.CLOSED, "the backend is closed")
                .backend(Deepgram.NAME)
                .origin(Origin.CLIENT)
                .build();
    }
}
