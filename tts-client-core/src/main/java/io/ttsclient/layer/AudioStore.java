// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Where audio is kept besides the memory of a client: on a disk, or shared by several processes. It is asked on threads that may
 * wait, never on the way of audio that is there. What it fails with is logged, and costs a request nothing but the time.
 *
 * <p>Thread-safe.
 */
public interface AudioStore extends AutoCloseable {
    /**
     * One in a directory, which is made if it is not there. Several processes may share it. A file appears under its name only when
     * it is complete, and one that is damaged counts as missing.
     *
     * @param maxBytes the most that the files take together, at least 1; those used longest ago go first. Several threads
     *     or processes that write at once may together go beyond it, by about a sixteenth each
     * @throws IOException if the directory cannot be made or written
     */
    static AudioStore directory(Path directory, long maxBytes) throws IOException {
        return DirectoryStore.open(directory, maxBytes, InstantSource.system());
    }

    /**
     * The audio under {@code key}.
     *
     * @param key 64 hexadecimal digits, a hash over all that shapes the audio; it tells nothing about the text
     * @throws IOException if that cannot be found out
     */
    Optional<StoredAudio> read(String key) throws IOException;

    /**
     * Keeps audio, unless there is no room for it.
     *
     * @throws IOException if that fails; nothing half is left behind
     */
    void write(String key, StoredAudio audio) throws IOException;

    /** Frees what it holds open. What it keeps stays. */
    @Override
    void close();
}
