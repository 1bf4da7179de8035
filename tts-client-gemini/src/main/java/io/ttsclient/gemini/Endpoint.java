// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.error.TtsException;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.HttpRequest;

/**
 * Where requests go, and which header carries the credential.
 *
 * @param baseUrl scheme and host, with a path in front of the API's if there is one
 * @param models the path of the models
 * @param vertex whether it is Vertex: another header, and another spelling of one field
 * @param allowPlainHttp whether the credential may go without TLS
 */
record Endpoint(String baseUrl, String models, boolean vertex, boolean allowPlainHttp) {
    static final String GEMINI_API = "https://generativelanguage.googleapis.com";
    static final String GEMINI_VERSION = "v1beta";
    static final String VERTEX_API = "https://aiplatform.googleapis.com";
    static final String VERTEX_VERSION = "v1";

    private static final String MODELS = "models/";

    /** The Gemini API. */
    static Endpoint gemini(String baseUrl, String version, boolean allowPlainHttp) {
        return new Endpoint(baseUrl, version + "/" + MODELS, false, allowPlainHttp);
    }

    /** Vertex, for a project in a location. */
    static Endpoint vertex(String baseUrl, String version, String project, String location, boolean allowPlainHttp) {
        return new Endpoint(
                baseUrl,
                version + "/projects/" + project + "/locations/" + location + "/publishers/google/" + MODELS,
                true,
                allowPlainHttp);
    }

    /** The id of a model, without what some write in front of it; nothing in it may lead elsewhere. */
    static String requireModel(String model) {
        String id = model.startsWith(MODELS) ? model.substring(MODELS.length()) : model;
        return requireSegment("model", id);
    }

    /** A part of a path. */
    static String requireSegment(String field, String value) {
        if (!value.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}")) {
            throw TtsException.invalidRequest(
                    field + ": " + value.length() + " chars, allowed 1 to 128 letters, digits and ._-");
        }
        return value;
    }

    /** To speak; {@code streaming} asks for server-sent events instead of one object. */
    HttpRequest speak(String model, boolean streaming, byte[] body, ApiKey key) {
        HttpRequest.Builder request = HttpRequest.post(baseUrl, "application/json", body)
                .path(models + model + (streaming ? ":streamGenerateContent" : ":generateContent"));
        if (streaming) {
            request.query("alt", "sse");
        }
        return withKey(request, key);
    }

    /** To ask whether a model is there, which costs nothing. */
    HttpRequest describe(String model, ApiKey key) {
        return withKey(HttpRequest.get(baseUrl).path(models + model), key);
    }

    private HttpRequest withKey(HttpRequest.Builder request, ApiKey key) {
        request.withoutRequestId();
        if (allowPlainHttp) {
            request.allowPlainHttp();
        }
        return vertex
                ? request.credential("Authorization", "Bearer ", key).build()
                : request.credential("x-goog-api-key", "", key).build();
    }
}
