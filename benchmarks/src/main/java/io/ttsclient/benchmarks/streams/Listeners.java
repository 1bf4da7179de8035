// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

import java.io.IOException;
import java.util.List;

/** A way to hear many streams at once. */
interface Listeners extends AutoCloseable {
    /**
     * Has all streams speak, and listens until each has ended.
     *
     * @return how late the frames of each were
     * @throws Exception if one of them fails
     */
    List<Lateness> listen() throws Exception;

    @Override
    void close() throws IOException;
}
