// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.transport.ApiKey;
import org.jspecify.annotations.Nullable;

/**
 * What a socket can be used again for; the host is the backend's.
 *
 * @param credential null where it is a token, which only counts while connecting and changes all the time
 */
record SocketKey(SpeakRequest request, @Nullable ApiKey credential) {
    Product product() {
        return request.product();
    }
}
