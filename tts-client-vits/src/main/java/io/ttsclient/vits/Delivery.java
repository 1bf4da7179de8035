// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

/** How a server is asked to send its audio. What it does send is looked at all the same. */
public enum Delivery {
    /** As a WAV, which says its own rate. */
    WAV,
    /** As samples without a header: a little less to wait for, but nothing tells their rate, so it has to be configured. */
    PCM,
    /** As server-sent events with pieces of audio in base64. Where these are samples only, their rate has to be configured. */
    EVENTS
}
