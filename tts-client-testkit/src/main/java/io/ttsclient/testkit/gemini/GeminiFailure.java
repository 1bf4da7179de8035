// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.gemini;

import io.ttsclient.testkit.ServerAnswer;

/** How Gemini refuses: the statuses and bodies that its documentation and its users show. */
public enum GeminiFailure {
    /** A key that does not exist: a 400. */
    BAD_KEY(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", errorInfo("API_KEY_INVALID")),
    /** A key that did. */
    EXPIRED_KEY(400, "INVALID_ARGUMENT", "API key expired. Please renew the API key.", errorInfo("API_KEY_EXPIRED")),
    /** A token that is not valid, as Vertex says it. */
    UNAUTHENTICATED(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.", ""),
    /** A field that is unknown. */
    BAD_FIELD(
            400,
            "INVALID_ARGUMENT",
            "Invalid JSON payload received. Unknown name \\\"temperatur\\\"",
            "{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":[{"
                    + "\"field\":\"generation_config\",\"description\":\"Unknown name\"}]}"),
    /** The text was taken for a prompt. */
    SPOKE_TEXT(400, "INVALID_ARGUMENT", "Model tried to generate text, but it should only be used for TTS.", ""),
    /** The region or the billing of the account. */
    PRECONDITION(400, "FAILED_PRECONDITION", "User location is not supported for the API use.", ""),
    /** The prepaid credit is gone. */
    PAYMENT_REQUIRED(402, "PAYMENT_REQUIRED", "The prepaid credit is used up.", ""),
    /** The key may not do this. */
    PERMISSION_DENIED(403, "PERMISSION_DENIED", "Your API key was reported as leaked.", ""),
    /** A model that is retired. */
    NOT_FOUND(404, "NOT_FOUND", "models/gemini-1.0-tts is not found for API version v1beta", ""),
    /** It took too long. */
    REQUEST_TIMEOUT(408, "DEADLINE_EXCEEDED", "Request timeout.", ""),
    /** Two requests were in each other's way. */
    ABORTED(409, "ABORTED", "The operation was aborted.", ""),
    /** More than a request may hold. */
    TOO_LARGE(413, "INVALID_ARGUMENT", "Request payload size exceeds the limit.", ""),
    /** Too many requests in a minute. */
    PER_MINUTE(
            429,
            "RESOURCE_EXHAUSTED",
            "You exceeded your current quota. Please retry in 12s.",
            quota("generate_requests_per_model", "GenerateRequestsPerMinutePerProjectPerModel", "10") + ","
                    + retryInfo("12s")),
    /** Too many in a day, of a free account: it asks for a wait of 41 s, which does not help. */
    PER_DAY_FREE(
            429,
            "RESOURCE_EXHAUSTED",
            "You exceeded your current quota. Please retry in 41s.",
            quota("generate_content_free_tier_requests", "GenerateRequestsPerDayPerProjectPerModel-FreeTier", "20")
                    + ",{\"@type\":\"type.googleapis.com/google.rpc.Help\",\"links\":[]}," + retryInfo("41s")),
    /** Too many in a day, of an account that pays. */
    PER_DAY_PAID(
            429,
            "RESOURCE_EXHAUSTED",
            "You exceeded your current quota. Please retry in 1h52m56.4s.",
            quota("generate_requests_per_model_per_day", "GenerateRequestsPerDayPerProjectPerModel", "100") + ","
                    + retryInfo("6776s")),
    /** A model that the account may not use at all. */
    NOT_ENABLED(
            429,
            "RESOURCE_EXHAUSTED",
            "Quota exceeded for metric: generate_content_free_tier_requests, limit: 0",
            quota("generate_content_free_tier_requests", "GenerateRequestsPerMinutePerProjectPerModel-FreeTier", "0")
                    + "," + retryInfo("30s")),
    /** Too many, and nothing more said, as on Vertex. */
    EXHAUSTED(429, "RESOURCE_EXHAUSTED", "Resource exhausted. Please try again later.", ""),
    /** The client left, as the server sees it. */
    CANCELLED(499, "CANCELLED", "The operation was cancelled.", ""),
    /** What happens now and then. */
    INTERNAL(500, "INTERNAL", "An internal error has occurred.", ""),
    /** Not made yet. */
    UNIMPLEMENTED(501, "UNIMPLEMENTED", "Operation is not implemented.", ""),
    /** The front end's own page. */
    BAD_GATEWAY(502, "", "", ""),
    /** Too much to do. */
    UNAVAILABLE(503, "UNAVAILABLE", "The model is overloaded. Please try again later.", ""),
    /** It took the server too long. */
    DEADLINE_EXCEEDED(504, "DEADLINE_EXCEEDED", "The request timed out. Please try again.", "");

    private final int status;
    private final String name;
    private final String message;
    private final String details;

    GeminiFailure(int status, String name, String message, String details) {
        this.status = status;
        this.name = name;
        this.message = message;
        this.details = details;
    }

    private static String errorInfo(String reason) {
        return "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"" + reason
                + "\",\"domain\":\"googleapis.com\",\"metadata\":{\"service\":\"generativelanguage.googleapis.com\"}}";
    }

    private static String quota(String metric, String id, String value) {
        return "{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":[{\"quotaMetric\":"
                + "\"generativelanguage.googleapis.com/" + metric + "\",\"quotaId\":\"" + id
                + "\",\"quotaDimensions\":{\"location\":\"global\"},\"quotaValue\":\"" + value + "\"}]}";
    }

    private static String retryInfo(String delay) {
        return "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"" + delay + "\"}";
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The object with the error in it. */
    String json() {
        return error(status, name, message, details);
    }

    static String error(int status, String name, String message, String details) {
        return "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\",\"status\":\"" + name + "\""
                + (details.isEmpty() ? "" : ",\"details\":[" + details + "]") + "}}";
    }

    ServerAnswer answer() {
        return this == BAD_GATEWAY
                ? ServerAnswer.of(status)
                        .header("Content-Type", "text/html")
                        .body("<html><title>502 Bad Gateway</title></html>")
                : ServerAnswer.of(status)
                        .header("Content-Type", "application/json")
                        .body(json());
    }
}
