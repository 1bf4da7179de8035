// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way to ask a server for speech: a method, a path below the base URL, and the fields. Immutable; each method gives a changed
 * copy.
 */
public final class Route {
    /** How the fields travel. */
    enum Body {
        /** In the address, with GET. */
        NONE,
        JSON,
        FORM,
        /** The text itself is the body; fields, if any, are in the address. */
        TEXT
    }

    private final Body body;
    private final String path;
    private final Map<String, Value> fields;
    private final @Nullable String onlyWhereJson;
    private final @Nullable String audioUrl;
    private final @Nullable String base64;

    private Route(
            Body body,
            String path,
            Map<String, Value> fields,
            @Nullable String onlyWhereJson,
            @Nullable String audioUrl,
            @Nullable String base64) {
        this.body = body;
        this.path = path;
        this.fields = fields;
        this.onlyWhereJson = onlyWhereJson;
        this.audioUrl = audioUrl;
        this.base64 = base64;
    }

    private static Route of(Body body, String path) {
        return new Route(body, path, Map.of(), null, null, null);
    }

    /** A GET with the fields in its query. */
    public static Route get(String path) {
        return of(Body.NONE, path);
    }

    /** A POST of a JSON object, as {@code application/json} and nothing else. */
    public static Route postJson(String path) {
        return of(Body.JSON, path);
    }

    /** A POST of an HTML form. */
    public static Route postForm(String path) {
        return of(Body.FORM, path);
    }

    /** A POST of the text itself, as {@code text/plain} in UTF-8, with the fields in its query. */
    public static Route postText(String path) {
        return of(Body.TEXT, path);
    }

    /** Sends {@code field} with {@code value}, behind those before. */
    public Route with(String field, Value value) {
        var more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new Route(body, path, more, onlyWhereJson, audioUrl, base64);
    }

    /** Only for servers that answer a GET of {@code probePath} with JSON: for generations that a 404 does not tell apart. */
    public Route onlyWhereJson(String probePath) {
        return new Route(body, path, fields, probePath, audioUrl, base64);
    }

    /** The answer is JSON, and the audio lies at the address in its {@code field}: fetched if that is of the same origin. */
    public Route audioUrlIn(String field) {
        return new Route(body, path, fields, onlyWhereJson, field, base64);
    }

    /** The answer is JSON, and the audio is in its {@code field}, in base64. */
    public Route base64In(String field) {
        return new Route(body, path, fields, onlyWhereJson, audioUrl, field);
    }

    Body body() {
        return body;
    }

    String path() {
        return path;
    }

    Map<String, Value> fields() {
        return fields;
    }

    @Nullable
    String onlyWhereJson() {
        return onlyWhereJson;
    }

    @Nullable
    String audioUrl() {
        return audioUrl;
    }

    @Nullable
    String base64() {
        return base64;
    }

    @Override
    public String toString() {
        return (body == Body.NONE ? "GET /" : "POST /") + path + " " + fields;
    }
}
