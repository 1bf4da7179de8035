// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

/**
 * Looks at messages as they arrive, however late they are read. Who has to answer a server needs this: what it is told may lie
 * behind audio that nobody wants yet.
 */
@FunctionalInterface
public interface WebSocketFilter {
    /** Keeps everything. */
    static WebSocketFilter all() {
        return message -> true;
    }

    /**
     * Called for each message in the order of their arrival, on the thread that reads from the network: it must be short and must
     * not block. It may send.
     *
     * @return whether the message is to be read; otherwise it is dealt with
     */
    boolean keeps(WebSocketMessage message);
}
