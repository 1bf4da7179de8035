// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says beside its audio, as far as it has come. The names of both JSON styles are known, {@code inlineData} and
 * {@code inline_data}; what is not known is passed over. Not thread-safe.
 */
final class Answer {
    /** As much of an error as the transport looks at. */
    private static final int MAX_KEPT_BYTES = 8 * 1024;

    /** Why a voice stops that has said everything. */
    static final String STOP = "STOP";

    /** What reasons are called that are none. */
    private static final Set<String> UNSAID = Set.of("FINISH_REASON_UNSPECIFIED", "BLOCK_REASON_UNSPECIFIED");

    /**
     * An error inside of an answer of status 200.
     *
     * @param status the HTTP status that it would have had
     * @param json what there is of it
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on at once, compared with nothing
    record ErrorObject(int status, byte[] json) {}

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1024);
    private boolean begun;
    private boolean dataNext;
    private boolean errorNext;
    private boolean inError;
    private boolean ended;
    private String errorCode = "";
    private String errorStatus = "";
    private @Nullable String mimeType;
    private @Nullable String finishReason;
    private @Nullable String blockReason;
    private @Nullable String responseId;

    /** Bytes of JSON that are about to be read; kept, as far as they may explain an error. */
    void seen(byte[] bytes, int from, int to) {
        kept.write(bytes, from, Math.min(to - from, MAX_KEPT_BYTES - kept.size()));
    }

    /** Takes down a token that {@code json} stands at. */
    void token(JsonToken token, JsonParser json) throws IOException {
        dataNext = false;
        inError |= errorNext && token != JsonToken.VALUE_NULL;
        errorNext = false;
        switch (token) {
            case START_OBJECT -> begun = true;
            case END_OBJECT -> {
                if (json.getParsingContext().inRoot()) {
                    endObject();
                }
            }
            case FIELD_NAME -> name(json.currentName(), json.getParsingContext());
            case VALUE_STRING -> value(json.currentName(), json);
            case VALUE_NUMBER_INT -> {
                if ("code".equals(json.currentName()) && "error".equals(owner(json.getParsingContext()))) {
                    errorCode = json.getText();
                }
            }
            default -> {}
        }
    }

    private void endObject() {
        ended = inError || isRefusal();
        if (!ended) {
            kept.reset();
        }
    }

    /** Whether it says already that all audio has come that will come, and that this is not all. */
    private boolean isRefusal() {
        return blockReason != null || finishReason != null && !finishReason.equals(STOP);
    }

    private void name(String name, JsonStreamContext context) {
        dataNext = name.equals("data") && isInlineData(context);
        errorNext = name.equals("error") && owner(context) == null;
    }

    private void value(@Nullable String name, JsonParser json) throws IOException {
        if (name == null) {
            return;
        }
        JsonStreamContext context = json.getParsingContext();
        switch (name) {
            case "mimeType", "mime_type" -> {
                if (isInlineData(context)) {
                    mimeType = json.getText();
                }
            }
            case "finishReason", "finish_reason" -> {
                if ("candidates".equals(owner(context)) && !UNSAID.contains(json.getText())) {
                    finishReason = json.getText();
                }
            }
            case "blockReason", "block_reason" -> {
                if (!UNSAID.contains(json.getText())) {
                    blockReason = json.getText();
                }
            }
            case "status" -> {
                if ("error".equals(owner(context))) {
                    errorStatus = json.getText();
                }
            }
            case "responseId", "response_id" -> responseId = json.getText();
            default -> {}
        }
    }

    private static boolean isInlineData(JsonStreamContext context) {
        String owner = owner(context);
        return "inlineData".equals(owner) || "inline_data".equals(owner);
    }

    /** The name of the field that the object, or the array that it is in, is the value of; null at the top. */
    private static @Nullable String owner(JsonStreamContext context) {
        JsonStreamContext around = context.getParent();
        while (around != null && around.inArray()) {
            around = around.getParent();
        }
        return around == null ? null : around.getCurrentName();
    }

    /** Whether any of it has come. */
    boolean isBegun() {
        return begun;
    }

    /** Whether the name of the field that holds audio was the last token. */
    boolean isDataNext() {
        return dataNext;
    }

    /** Whether it has said, in an object that is all there, that it is no success. */
    boolean isFailed() {
        return ended;
    }

    /** The type that was last given for audio; empty where none was yet. */
    Optional<String> mimeType() {
        return Optional.ofNullable(mimeType);
    }

    /** Why the voice stopped speaking; empty where it has not said so. */
    Optional<String> finishReason() {
        return Optional.ofNullable(finishReason);
    }

    /** Why the text was refused; empty where it was not. */
    Optional<String> blockReason() {
        return Optional.ofNullable(blockReason);
    }

    /** The provider's id of the answer. */
    Optional<String> responseId() {
        return Optional.ofNullable(responseId);
    }

    /** Whether the voice says that it came to its end. */
    boolean isStopped() {
        return STOP.equals(finishReason);
    }

    /** The error that it is instead of audio; empty where it is none. */
    Optional<ErrorObject> error() {
        return inError ? Optional.of(new ErrorObject(status(), kept.toByteArray())) : Optional.empty();
    }

    private int status() {
        if (errorCode.matches("[45]\\d\\d")) {
            return Integer.parseInt(errorCode);
        }
        return switch (errorStatus) {
            case "INVALID_ARGUMENT", "FAILED_PRECONDITION", "OUT_OF_RANGE" -> 400;
            case "UNAUTHENTICATED" -> 401;
            case "PERMISSION_DENIED" -> 403;
            case "NOT_FOUND" -> 404;
            case "RESOURCE_EXHAUSTED" -> 429;
            case "UNIMPLEMENTED" -> 501;
            case "UNAVAILABLE" -> 503;
            case "DEADLINE_EXCEEDED" -> 504;
            default -> 500;
        };
    }
}
