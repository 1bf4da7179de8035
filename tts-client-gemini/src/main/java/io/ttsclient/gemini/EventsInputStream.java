// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.transport.SseReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The data of server-sent events one after the other, with a line feed between them. */
final class EventsInputStream extends InputStream {
    private final SseReader events;
    private final byte[] single = new byte[1];
    private InputStream data = InputStream.nullInputStream();

    EventsInputStream(InputStream in) {
        events = new SseReader(in);
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        int count = data.read(target, offset, length);
        if (count > 0) {
            return count;
        }
        if (!events.next()) {
            return -1;
        }
        data = events.data();
        target[offset] = '\n';
        return 1;
    }
}
