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
    private final Body body;
    private final String path;
    private Map<String, Value> fields = Map.of(); // not changed once a route is handed out, as those below
    private Map<String, Value> echoes = Map.of();
    private @Nullable String onlyWhereJson;
    private @Nullable String audioUrl;
    private @Nullable String base64;

    /** How the fields travel. */
    enum Body {
        /** In the address, with GET. */
        NONE,
        JSON,
        FORM,
        /** The text itself is the body; fields, if any, are in the address. */
        TEXT
    }

    private Route(Body body, String path) {
        this.body = body;
        this.path = path;
    }

    private Route copy() {
        var copy = new Route(body, path);
        copy.fields = fields;
        copy.echoes = echoes;
        copy.onlyWhereJson = onlyWhereJson;
        copy.audioUrl = audioUrl;
        copy.base64 = base64;
        return copy;
    }

    /** A GET with the fields in its query. */
    public static Route get(String path) {
        return new Route(Body.NONE, path);
    }

    /** A POST of a JSON object, as {@code application/json} and nothing else. */
    public static Route postJson(String path) {
        return new Route(Body.JSON, path);
    }

    /** A POST of an HTML form. */
    public static Route postForm(String path) {
        return new Route(Body.FORM, path);
    }

    /** A POST of the text itself, as {@code text/plain} in UTF-8, with the fields in its query. */
    public static Route postText(String path) {
        return new Route(Body.TEXT, path);
    }

    /** Sends {@code field} with {@code value}, behind those before. */
    public Route with(String field, Value value) {
        Route copy = copy();
        copy.fields = with(fields, field, value);
        return copy;
    }

    private static Map<String, Value> with(Map<String, Value> fields, String field, Value value) {
        var more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return more;
    }

    /** Only for servers that answer a GET of {@code probePath} with JSON: for generations that a status does not tell apart. */
    public Route onlyWhereJson(String probePath) {
        Route copy = copy();
        copy.onlyWhereJson = probePath;
        return copy;
    }

    /** The answer is JSON, and the audio lies at the address in its {@code field}: fetched if that is of the same origin. */
    public Route audioUrlIn(String field) {
        Route copy = copy();
        copy.audioUrl = field;
        return copy;
    }

    /** The answer is JSON, and the audio is in its {@code field}, in base64. */
    public Route base64In(String field) {
        Route copy = copy();
        copy.base64 = field;
        return copy;
    }

    /** The answer is JSON, and tells in {@code field} what became of {@code value}: a difference is a warning in the report. */
    public Route echoes(String field, Value value) {
        Route copy = copy();
        copy.echoes = with(echoes, field, value);
        return copy;
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

    Map<String, Value> echoes() {
        return echoes;
    }

    boolean sends(Value value) {
        return (body == Body.TEXT && value.isLike(Value.TEXT))
                || fields.values().stream().anyMatch(value::isLike);
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
