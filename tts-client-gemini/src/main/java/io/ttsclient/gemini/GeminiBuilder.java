// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.error.Faults;
import io.ttsclient.error.TtsException;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.ApiKeySource;
import io.ttsclient.transport.HttpRequest;
import io.ttsclient.transport.Transport;
import org.jspecify.annotations.Nullable;

/** Puts a {@link Gemini} together. Every setter checks its value at once. Not thread-safe. */
public final class GeminiBuilder {
    private static final String MODEL = "gemini-3.8-flash-tts";

    private @Nullable ApiKeySource keys;
    private @Nullable Project project;
    private String model = MODEL;
    private @Nullable GeminiProfile profile;
    private String voice = PrebuiltVoices.DEFAULT;
    private @Nullable Boolean streaming;
    private @Nullable String baseUrl;
    private @Nullable String apiVersion;
    private @Nullable Transport transport;
    private boolean allowPlainHttp;

    /** A project of Google Cloud, and where it runs. */
    private record Project(String id, String location) {}

    GeminiBuilder() {}

    /**
     * The key of the Gemini API.
     *
     * @param value as from an environment variable: blanks around it do not matter, and null is refused like any wrong key
     */
    public GeminiBuilder apiKey(@Nullable String value) {
        return apiKeys(ApiKeySource.of(ApiKey.of(value)));
    }

    /**
     * Keys of the Gemini API, used in rotation. One that is refused, or whose quota for the day is used up, is set aside and the
     * next one is used. Google counts by project, so several keys of one project are no more than one.
     */
    public GeminiBuilder apiKeys(ApiKeySource source) {
        keys = source;
        project = null;
        return this;
    }

    /**
     * Uses Vertex instead of the Gemini API.
     *
     * @param projectId the project of Google Cloud
     * @param location {@code global}, or a region that has the model; for one of its own host {@link #baseUrl} has to be set too
     * @param tokens OAuth access tokens; asked for each request, so that it can give one that has not expired
     */
    public GeminiBuilder vertex(String projectId, String location, ApiKeySource tokens) {
        project = new Project(
                Endpoint.requireSegment("projectId", projectId), Endpoint.requireSegment("location", location));
        keys = tokens;
        return this;
    }

    /** The model of requests that name none; {@code gemini-3.8-flash-tts} unless set. */
    public GeminiBuilder model(String id) {
        model = Endpoint.requireModel(id);
        return this;
    }

    /** What {@link #model} expects, where its id does not tell; {@link GeminiProfile#of} unless set. */
    public GeminiBuilder profile(GeminiProfile value) {
        profile = value;
        return this;
    }

    /** The voice of requests that name none; {@code Kore} unless set. */
    public GeminiBuilder voice(String id) {
        if (id.isBlank()) {
            throw TtsException.invalidRequest("voice: blank, allowed the id of a voice");
        }
        voice = id;
        return this;
    }

    /** Whether to ask for a stream rather than for one answer; as the profile is best served unless set. */
    public GeminiBuilder streaming(boolean value) {
        streaming = value;
        return this;
    }

    /** Another address of the API, such as a proxy's or that of a region, without the version. */
    public GeminiBuilder baseUrl(String url) {
        HttpRequest.get(url).build();
        baseUrl = url;
        return this;
    }

    /** Another version of the API; {@code v1beta} unless set, and {@code v1} on Vertex. */
    public GeminiBuilder apiVersion(String value) {
        apiVersion = Endpoint.requireSegment("apiVersion", value);
        return this;
    }

    /** The connections to use; {@link Transport#shared()} unless set. It is not closed with the backend. */
    public GeminiBuilder transport(Transport value) {
        transport = value;
        return this;
    }

    /** Allows to send the key over a network without TLS. */
    public GeminiBuilder allowPlainHttp() {
        allowPlainHttp = true;
        return this;
    }

    /**
     * The backend. Does no I/O.
     *
     * @throws TtsException with category {@code INVALID_REQUEST} if there is no key
     */
    public Gemini build() {
        var faults = new Faults();
        check(faults);
        faults.throwIfAny();
        return new Gemini(this);
    }

    /** What {@link #build} would refuse. */
    void check(Faults faults) {
        faults.check(this::keys);
    }

    ApiKeySource keys() {
        if (keys == null) {
            throw TtsException.invalidRequest("apiKey: not set, allowed a key of the Gemini API, or vertex(...)");
        }
        return keys;
    }

    Endpoint endpoint() {
        if (project == null) {
            return Endpoint.gemini(
                    baseUrl != null ? baseUrl : Endpoint.GEMINI_API,
                    apiVersion != null ? apiVersion : Endpoint.GEMINI_VERSION,
                    allowPlainHttp);
        }
        return Endpoint.vertex(
                baseUrl != null ? baseUrl : Endpoint.VERTEX_API,
                apiVersion != null ? apiVersion : Endpoint.VERTEX_VERSION,
                project.id(),
                project.location(),
                allowPlainHttp);
    }

    Utterance.Defaults defaults() {
        return new Utterance.Defaults(model, profile != null ? profile : GeminiProfile.of(model), voice);
    }

    /** A handle of the backend's own. */
    Transport transport() {
        return transport == null ? Transport.shared() : transport.share();
    }

    @Nullable
    Boolean streaming() {
        return streaming;
    }
}
