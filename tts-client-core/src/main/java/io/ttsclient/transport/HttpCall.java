// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way. */
final class HttpCall {
    private static final Logger LOG = LoggerFactory.getLogger(HttpCall.class);
    /** A kept connection that is dead fails at once; what fails later has failed while the server was at work. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final Transport transport;
    private final TransportCore core;
    private final Synthesis synthesis;
    private final HttpRequest request;
    private final HttpUrl url;
    private final Duration limit;

    /** {@code limit} bounds all of it, zero for no bound. */
    HttpCall(
            Transport transport,
            TransportCore core,
            Synthesis synthesis,
            HttpRequest request,
            HttpUrl url,
            Duration limit) {
        this.transport = transport;
        this.core = core;
        this.synthesis = synthesis;
        this.request = request;
        this.url = url;
        this.limit = limit;
    }

    HttpResponse execute() {
        return execute(core.client(), true);
    }

    private HttpResponse execute(OkHttpClient client, boolean mayRepeat) {
        CallWatch watch = watch(false);
        Call call = client.newCall(outgoing(watch));
        if (!limit.isZero()) {
            call.timeout().timeout(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
        }
        CallFailure failures = failures(watch);
        Runnable onEnd = cancelling(call, watch);
        try {
            Response response = call.execute();
            noteConnection(watch);
            ResponseHead head = head(response);
            var exchange = new Exchange(synthesis, call, response, failures, onEnd);
            return new HttpResponse(head, exchange, this::error);
        } catch (IOException e) {
            onEnd.run();
            if (mayRepeat && !call.isCanceled() && isDeadConnection(watch, e)) {
                LOG.atDebug()
                        .addKeyValue("requestId", synthesis.requestId())
                        .log("A kept connection to {} was dead: sending once more", url.host());
                return execute(core.clientForNewConnection(), false);
            }
            TtsException failure = failures.beforeAnswer(e);
            if (watch.reusedConnection() && failure.category() == Category.TIMEOUT) {
                core.keptConnectionWasSilent();
            }
            throw failure;
        } catch (RuntimeException | Error e) {
            onEnd.run();
            throw e;
        } catch (Exception e) {
            // OkHttp lets an InterruptedException through that it does not declare.
            onEnd.run();
            throw failures.interrupted(e);
        }
    }

    WebSocketConnection open(Duration ping, WebSocketFilter filter, Function<HttpError, TtsException> refused) {
        CallWatch watch = watch(true);
        CallFailure failures = failures(watch);
        OkHttpClient client = ping.isZero()
                ? core.client()
                : core.client()
                        .newBuilder()
                        .pingInterval(Math.max(1, ping.toMillis()), TimeUnit.MILLISECONDS)
                        .build();
        var inbox = new WebSocketInbox(filter);
        inbox.attach(client.newWebSocket(outgoing(watch), inbox));
        Registration running = transport.running(inbox::cancel);
        Registration left = synthesis.onCancel(inbox::cancel);
        boolean open = false;
        try {
            Response response = inbox.awaitOpen();
            noteConnection(watch);
            ResponseHead head = head(response);
            open = true;
            inbox.onEnd(running::remove);
            return new WebSocketConnection(inbox, url.host(), head.providerRequestId());
        } catch (WebSocketInbox.Refusal e) {
            HttpError error = error(head(e.response()), e.body());
            throw refused.apply(error);
        } catch (IOException e) {
            throw failures.beforeAnswer(e);
        } catch (InterruptedException e) {
            throw failures.interrupted(e);
        } finally {
            left.remove();
            if (!open) {
                inbox.cancel();
                running.remove();
            }
        }
    }

    /** Ends the call when the caller leaves or the transport is closed; run the result when there is nothing left to end. */
    private Runnable cancelling(Call call, CallWatch watch) {
        Runnable cancel = call::cancel;
        Registration running = transport.running(cancel);
        Registration left = synthesis.onCancel(cancel);
        return () -> {
            left.remove();
            running.remove();
            if (watch.reusedConnection() && synthesis.cancellation().isGivenUp()) {
                core.keptConnectionWasSilent();
            }
        };
    }

    private CallWatch watch(boolean untilAnswered) {
        return new CallWatch(synthesis.time(), core.timeouts().connect(), untilAnswered);
    }

    private CallFailure failures(CallWatch watch) {
        return new CallFailure(synthesis, url.host(), watch, transport::isClosed);
    }

    private static boolean isDeadConnection(CallWatch watch, IOException failure) {
        return watch.reusedConnection()
                && !watch.answered()
                && !(failure instanceof InterruptedIOException)
                && watch.sinceSent().compareTo(AT_ONCE) < 0;
    }

    private void noteConnection(CallWatch watch) {
        Duration duration = watch.connectDuration();
        if (duration != null) {
            synthesis.attempt().connected(duration);
        }
    }

    private ResponseHead head(Response response) {
        ResponseHead head = ResponseHead.of(response.code(), response.headers(), request, synthesis.requestId());
        head.providerRequestId().ifPresent(synthesis.attempt()::providerRequestId);
        LOG.atDebug()
                .addKeyValue("requestId", synthesis.requestId())
                .addKeyValue("providerRequestId", head.providerRequestId().orElse(""))
                .log("{} answered {} over {}", request, head.status(), response.protocol());
        return head;
    }

    private HttpError error(ResponseHead head, byte[] body) {
        String style = synthesis.options().style().orElse("");
        var redactor = new Redactor(
                List.of(synthesis.text().text(), style), request.key().orElse(null));
        String told = request.errorHeader().flatMap(head::header).orElse("");
        return new HttpError(synthesis, url.host(), head, body, told, redactor);
    }

    private Request outgoing(CallWatch watch) {
        var headers = new Headers.Builder().set("User-Agent", UserAgent.VALUE).set("Accept-Encoding", "identity");
        request.headers().forEach(header -> headers.set(header.name(), header.value()));
        request.requestIdHeader().ifPresent(name -> headers.set(name, synthesis.requestId()));
        byte[] body = request.body();
        return new Request.Builder()
                .url(url)
                .headers(headers.build())
                // Without a type of its own, so that the header stays as it was given.
                .method(request.method(), body == null ? null : RequestBody.create(body))
                .tag(CallWatch.class, watch)
                .build();
    }
}
