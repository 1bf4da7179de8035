// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.error;

/**
 * What kind of failure a {@link TtsException} is, and so what may be done about it.
 *
 * <p>{@link #retryable()} is the default for the category; a backend may say that one failure is not worth a repeat, never
 * that one is where the category says it is not.
 */
public enum Category {
    /** No connection could be made, or it broke before any answer. */
    CONNECTION(true),
    /** The provider is there and says that it cannot serve now, such as a 500 or 503. */
    UNAVAILABLE(true),
    /** The provider says that it is overloaded as a whole, beyond this caller's own limits. */
    OVERLOADED(true),
    /** Something took longer than allowed; {@link TtsException#timeoutPhase()} says what. */
    TIMEOUT(true),
    /** A success that carried no audio at all. */
    NO_AUDIO(true),
    /** The audio stopped before its end. */
    TRUNCATED(true),
    /** Too many requests for now, by the provider's count or, with {@link Origin#CLIENT} and never retryable, by our own. */
    RATE_LIMIT(true),
    /** Not tried, because the backend has failed too often lately. */
    CIRCUIT_OPEN(false),
    /** The other side broke its own protocol, or spoke one that we do not know. */
    PROTOCOL(false),
    /** The credential was refused. */
    AUTHENTICATION(false),
    /** The credential's allowance is used up, for longer than a wait can mend. */
    QUOTA(false),
    /** The voice, model, file or address does not exist. */
    NOT_FOUND(false),
    /** The backend, or this platform, cannot do what was asked. */
    UNSUPPORTED(false),
    /** The provider refuses to speak this text. */
    CONTENT_REJECTED(false),
    /** The request is wrong and would be wrong again. */
    INVALID_REQUEST(false),
    /** The caller left: a closed stream, a cancelled future, an interrupted thread. */
    CANCELLED(false),
    /** The client is closed. */
    CLOSED(false);

    private final boolean retryable;

    Category(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether the same backend may be asked again, as long as nothing was delivered. */
    public boolean retryable() {
        return retryable;
    }
}
