// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.vits;

import io.ttsclient.testkit.ServerAnswer;

/** What web frameworks answer by themselves. */
final class Pages {
    private Pages() {}

    static ServerAnswer json(int status, String body) {
        return ServerAnswer.of(status)
                .header("Content-Type", "application/json")
                .body(body);
    }

    /** Flask's page, also for exceptions that nobody catches. */
    static ServerAnswer flask(int status, String title, String text) {
        return ServerAnswer.of(status)
                .header("Content-Type", "text/html; charset=utf-8")
                .body("<!doctype html>\n<html lang=en>\n<title>" + status + " " + title + "</title>\n<h1>" + title
                        + "</h1>\n<p>" + text + "</p>\n");
    }

    static ServerAnswer flask500() {
        return flask(
                500,
                "Internal Server Error",
                "The server encountered an internal error and was unable to complete your request. Either the server is"
                        + " overloaded or there is an error in the application.");
    }

    static ServerAnswer flask404() {
        return flask(
                404,
                "Not Found",
                "The requested URL was not found on the server. If you entered the URL manually please check your spelling"
                        + " and try again.");
    }

    static ServerAnswer flask405() {
        return flask(405, "Method Not Allowed", "The method is not allowed for the requested URL.");
    }

    static ServerAnswer tornado(int status, String reason) {
        String text = status + ": " + reason;
        return ServerAnswer.of(status)
                .header("Content-Type", "text/html; charset=UTF-8")
                .body("<html><title>" + text + "</title><body>" + text + "</body></html>");
    }

    static ServerAnswer fastApi404() {
        return json(404, "{\"detail\":\"Not Found\"}");
    }

    /** FastAPI's refusal of a field of the body. */
    static ServerAnswer fastApi422(String field, String message) {
        return json(
                422,
                "{\"detail\":[{\"loc\":[\"body\",\"" + field + "\"],\"msg\":\"" + message
                        + "\",\"type\":\"value_error\"}]}");
    }
}
