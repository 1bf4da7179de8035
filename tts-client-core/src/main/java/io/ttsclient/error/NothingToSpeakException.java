// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.error;

import java.io.Serial;

/**
 * The text holds nothing that can be pronounced: it is blank, only punctuation, or in a script that the voice does not
 * know. Its category is {@link Category#INVALID_REQUEST}. A type of its own, because who speaks a text piece by piece
 * skips such a piece instead of failing.
 */
public final class NothingToSpeakException extends TtsException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** {@code message} says why, without the text. */
    public NothingToSpeakException(String message) {
        this(builder(Category.INVALID_REQUEST, message).origin(Origin.CLIENT));
    }

    private NothingToSpeakException(Builder builder) {
        super(builder);
    }

    @Override
    TtsException copy(Builder builder) {
        return new NothingToSpeakException(builder);
    }
}
