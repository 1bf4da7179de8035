// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.error;

import java.io.Serial;
import java.io.Serializable;

/**
 * How much of a text was delivered as audio before a failure, as indexes of {@code char}s in the text that the caller wrote. What
 * lies between the two was begun and cut off, or may have been.
 *
 * @param complete the text before this was delivered in whole
 * @param begun of the text from here on nothing was delivered; not before {@code complete}
 */
public record DeliveredText(int complete, int begun) implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    public DeliveredText {
        if (complete < 0 || begun < complete) {
            throw new IllegalArgumentException(
                    "range: " + complete + " to " + begun + ", allowed from 0 on and not backwards");
        }
    }

    /** The two indexes. */
    @Override
    public String toString() {
        return complete + ".." + begun;
    }
}
