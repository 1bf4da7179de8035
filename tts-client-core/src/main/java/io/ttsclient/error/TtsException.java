// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.error;

import java.io.Serial;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of this library. {@link #category()} says what to do; the rest says where to look.
 *
 * <p>Neither the text to speak nor a credential is ever part of a message. When several attempts failed, the earlier ones
 * are {@linkplain #getSuppressed() suppressed}. Immutable but for suppression.
 */
public sealed class TtsException extends RuntimeException permits NothingToSpeakException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Category category;
    private final String text;
    private final boolean retryable;
    private final Origin origin;
    private final @Nullable TimeoutPhase timeoutPhase;
    private final @Nullable String backend;
    private final @Nullable String requestId;
    private final @Nullable String providerRequestId;
    private final int attempts;
    private final @Nullable Duration retryAfter;
    private final Duration audioDelivered;
    private final @Nullable DeliveredText deliveredText;

    TtsException(Builder builder) {
        super(builder.message, builder.cause);
        category = builder.category;
        text = builder.message;
        timeoutPhase = builder.timeoutPhase;
        origin = builder.origin;
        retryable = builder.retryable
                && category.retryable()
                && isPhaseRetryable(timeoutPhase)
                && !isOwnLimit(category, origin);
        backend = builder.backend;
        requestId = builder.requestId;
        providerRequestId = builder.providerRequestId;
        attempts = builder.attempts;
        retryAfter = builder.retryAfter;
        audioDelivered = builder.audioDelivered;
        deliveredText = builder.deliveredText;
    }

    private static boolean isPhaseRetryable(@Nullable TimeoutPhase phase) {
        return phase != TimeoutPhase.TOTAL && phase != TimeoutPhase.CLOSE;
    }

    /** Our own limit is for all requests to this backend: to try again at once would only queue up before it. */
    private static boolean isOwnLimit(Category category, Origin origin) {
        return category == Category.RATE_LIMIT && origin == Origin.CLIENT;
    }

    /** Starts an exception; {@code message} says what happened and what to do, without text or key. */
    public static Builder builder(Category category, String message) {
        return new Builder(category, message);
    }

    /** The request is wrong; {@code message} names the field, the value and what is allowed. */
    public static TtsException invalidRequest(String message) {
        return builder(Category.INVALID_REQUEST, message).origin(Origin.CLIENT).build();
    }

    /** Starts a copy; the copy keeps the stack trace, the cause and what was suppressed. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * A copy without cause and without what was suppressed, whose messages are of others and may quote anything; for where no text may go.
     * The stack trace stays.
     */
    public final TtsException alone() {
        TtsException copy = copy(toBuilder().cause(null));
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    /** A copy of the same type with the fields of {@code builder}. */
    TtsException copy(Builder builder) {
        return new TtsException(builder);
    }

    /** What kind of failure this is. */
    public final Category category() {
        return category;
    }

    /** Whether the same backend may be asked again, as long as nothing was delivered. */
    public final boolean retryable() {
        return retryable;
    }

    /** Who refused; {@link Origin#PROVIDER} unless said otherwise. */
    public final Origin origin() {
        return origin;
    }

    /** What took too long; present with {@link Category#TIMEOUT}. */
    public final Optional<TimeoutPhase> timeoutPhase() {
        return Optional.ofNullable(timeoutPhase);
    }

    /** The name of the backend that failed. */
    public final Optional<String> backend() {
        return Optional.ofNullable(backend);
    }

    /** Our id of the request, as in every log line of it. */
    public final Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** The provider's own id of the request, for its support desk. */
    public final Optional<String> providerRequestId() {
        return Optional.ofNullable(providerRequestId);
    }

    /** Attempts that were made before this failure was final; 0 where none was. */
    public final int attempts() {
        return attempts;
    }

    /** How long the provider asks to wait. */
    public final Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** How much audio the caller had received before; zero where none. */
    public final Duration audioDelivered() {
        return audioDelivered;
    }

    /** Which part of the text the delivered audio is, where that is known; to go on from there. */
    public final Optional<DeliveredText> deliveredText() {
        return Optional.ofNullable(deliveredText);
    }

    /** What happened, without the rest of the message. */
    final String text() {
        return text;
    }

    /** The message with everything that helps to find the request again. */
    @Override
    public String getMessage() {
        var message = new StringBuilder(text).append(" [").append(category);
        if (timeoutPhase != null) {
            message.append(' ')
                    .append(timeoutPhase.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        append(message, "backend", backend);
        append(message, "requestId", requestId);
        append(message, "providerRequestId", providerRequestId);
        append(message, "attempts", attempts == 0 ? null : attempts);
        append(message, "retryAfter", retryAfter);
        append(message, "audioDelivered", audioDelivered.isZero() ? null : audioDelivered);
        append(message, "deliveredText", deliveredText);
        return message.append(']').toString();
    }

    private static void append(StringBuilder message, String name, @Nullable Object value) {
        if (value != null) {
            message.append(", ").append(name).append('=').append(value);
        }
    }

    /** Collects the parts of a {@link TtsException}. Not thread-safe. */
    public static final class Builder {
        private final Category category;
        private final String message;
        private final @Nullable TtsException copied;
        private boolean retryable = true;
        private Origin origin = Origin.PROVIDER;
        private @Nullable TimeoutPhase timeoutPhase;
        private @Nullable String backend;
        private @Nullable String requestId;
        private @Nullable String providerRequestId;
        private int attempts;
        private @Nullable Duration retryAfter;
        private Duration audioDelivered = Duration.ZERO;
        private @Nullable DeliveredText deliveredText;
        private @Nullable Throwable cause;

        private Builder(Category category, String message) {
            this.category = Objects.requireNonNull(category, "category");
            this.message = Objects.requireNonNull(message, "message");
            this.copied = null;
        }

        private Builder(TtsException other) {
            category = other.category;
            message = other.text;
            copied = other;
            retryable = other.retryable;
            origin = other.origin;
            timeoutPhase = other.timeoutPhase;
            backend = other.backend;
            requestId = other.requestId;
            providerRequestId = other.providerRequestId;
            attempts = other.attempts;
            retryAfter = other.retryAfter;
            audioDelivered = other.audioDelivered;
            deliveredText = other.deliveredText;
            cause = other.getCause();
        }

        /** This failure is not worth a repeat although its category is. */
        public Builder notRetryable() {
            retryable = false;
            return this;
        }

        public Builder origin(Origin value) {
            origin = value;
            return this;
        }

        public Builder timeoutPhase(TimeoutPhase value) {
            timeoutPhase = value;
            return this;
        }

        public Builder backend(String value) {
            backend = value;
            return this;
        }

        public Builder requestId(String value) {
            requestId = value;
            return this;
        }

        public Builder providerRequestId(@Nullable String value) {
            providerRequestId = value;
            return this;
        }

        public Builder attempts(int value) {
            attempts = value;
            return this;
        }

        public Builder retryAfter(@Nullable Duration value) {
            retryAfter = value;
            return this;
        }

        public Builder audioDelivered(Duration value) {
            audioDelivered = value;
            return this;
        }

        public Builder deliveredText(@Nullable DeliveredText value) {
            deliveredText = value;
            return this;
        }

        public Builder cause(@Nullable Throwable value) {
            cause = value;
            return this;
        }

        /** The exception; its stack trace begins here, unless this builder began as a copy. */
        public TtsException build() {
            if (copied == null) {
                return new TtsException(this);
            }
            TtsException exception = copied.copy(this);
            exception.setStackTrace(copied.getStackTrace());
            for (Throwable earlier : copied.getSuppressed()) {
                exception.addSuppressed(earlier);
            }
            return exception;
        }
    }
}
