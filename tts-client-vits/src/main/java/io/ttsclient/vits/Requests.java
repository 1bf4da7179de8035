// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.ttsclient.transport.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what a {@link Route} describes. */
final class Requests {
    private static final JsonFactory JSON = new JsonFactory();

    private Requests() {}

    /** The request for {@code utterance} at {@code baseUrl}, without a credential. */
    static HttpRequest.Builder of(String baseUrl, Route route, Utterance utterance) {
        Map<String, Object> fields = fields(route, utterance);
        HttpRequest.Builder request = switch (route.body()) {
            case NONE -> HttpRequest.get(baseUrl);
            // Exactly this type: with a charset behind it, Flask servers take the body for a form.
            case JSON -> HttpRequest.post(baseUrl, "application/json", json(fields));
            case FORM -> HttpRequest.post(baseUrl, "application/x-www-form-urlencoded", form(fields));
            case TEXT -> HttpRequest.post(baseUrl, "text/plain; charset=utf-8", utterance.text());
        };
        request.path(route.path());
        if (route.body() == Route.Body.NONE || route.body() == Route.Body.TEXT) {
            fields.forEach((name, value) -> request.query(name, value.toString()));
        }
        return request;
    }

    private static Map<String, Object> fields(Route route, Utterance utterance) {
        var fields = new LinkedHashMap<String, Object>();
        route.fields().forEach((name, source) -> {
            Object value = source.of(utterance);
            if (value != null) {
                fields.put(name, value);
            }
        });
        return fields;
    }

    private static String form(Map<String, Object> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(Object value) {
        return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
    }

    private static byte[] json(Map<String, Object> fields) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (Map.Entry<String, Object> field : fields.entrySet()) {
                json.writeFieldName(field.getKey());
                write(json, field.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Number number) {
            json.writeNumber(number.toString());
        } else {
            json.writeString(value.toString());
        }
    }
}
