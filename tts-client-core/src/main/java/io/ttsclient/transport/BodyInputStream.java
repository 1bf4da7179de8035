// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.io.InputStream;
import java.util.Objects;

/** A body for those who want a stream. Failures are not {@link java.io.IOException}s: they say already what they are. */
final class BodyInputStream extends InputStream {
    private final Exchange exchange;
    private final byte[] single = new byte[1];

    BodyInputStream(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public int read() {
        return exchange.read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        return length == 0 ? 0 : exchange.read(target, offset, length);
    }

    @Override
    public int available() {
        return exchange.available();
    }

    @Override
    public void close() {
        exchange.close();
    }
}
