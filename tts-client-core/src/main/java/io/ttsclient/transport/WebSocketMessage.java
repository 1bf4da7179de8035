// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.nio.ByteBuffer;

/** What a server sends over a WebSocket. */
public sealed interface WebSocketMessage {
    /**
     * A message of text, as a rule JSON.
     *
     * @param text the message
     */
    record Text(String text) implements WebSocketMessage {
        /** The length only: servers repeat what they are to speak. */
        @Override
        public String toString() {
            return "Text[" + text.length() + " chars]";
        }
    }

    /**
     * A message of bytes, as a rule audio.
     *
     * @param bytes read-only; a view of its own each time
     */
    record Binary(ByteBuffer bytes) implements WebSocketMessage {
        public Binary {
            bytes = bytes.slice().asReadOnlyBuffer();
        }

        @Override
        public ByteBuffer bytes() {
            return bytes.duplicate();
        }

        @Override
        public String toString() {
            return "Binary[" + bytes.limit() + " bytes]";
        }
    }
}
