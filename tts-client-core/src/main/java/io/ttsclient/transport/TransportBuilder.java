// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.net.Proxy;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** Collects the settings of a {@link Transport}. Not thread-safe. */
public final class TransportBuilder {
    /** A voice bot has as many calls open as callers; OkHttp's own 5 would throw their connections away. */
    private static final int IDLE_CONNECTIONS = 64;

    private static final long IDLE_MINUTES = 5;

    private final OkHttpClient.Builder client = new OkHttpClient.Builder();
    private Timeouts timeouts = Timeouts.defaults();
    private boolean allowPlainHttp;

    TransportBuilder() {
        client.connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_MINUTES, TimeUnit.MINUTES));
    }

    /** The times that bound its calls; {@link Timeouts#defaults()} unless said otherwise. */
    public TransportBuilder timeouts(Timeouts value) {
        timeouts = value;
        return this;
    }

    /** The proxy for all connections; without it the JVM's settings count. {@link Proxy#NO_PROXY} goes straight. */
    public TransportBuilder proxy(Proxy value) {
        client.proxy(value);
        return this;
    }

    /** What an HTTP proxy asks for. */
    public TransportBuilder proxyCredentials(String user, String password) {
        String basic = Credentials.basic(user, password);
        client.proxyAuthenticator((route, response) -> wasRefused(response)
                ? null
                : response.request()
                        .newBuilder()
                        .header("Proxy-Authorization", basic)
                        .build());
        return this;
    }

    private static boolean wasRefused(Response response) {
        return response.request().header("Proxy-Authorization") != null;
    }

    /**
     * Whom to trust and, through the key managers of {@code context}, who to be: mutual TLS. Without it, the JVM's settings count.
     *
     * @param context already initialised with {@code trustManager}
     */
    public TransportBuilder tls(SSLContext context, X509TrustManager trustManager) {
        client.sslSocketFactory(context.getSocketFactory(), trustManager);
        return this;
    }

    /** Allows to send credentials over networks without TLS. */
    public TransportBuilder allowPlainHttp() {
        allowPlainHttp = true;
        return this;
    }

    TransportCore core() {
        return new TransportCore(client, timeouts, allowPlainHttp, true);
    }

    /** The transport; the caller closes it. */
    public Transport build() {
        return Transport.on(core());
    }
}
