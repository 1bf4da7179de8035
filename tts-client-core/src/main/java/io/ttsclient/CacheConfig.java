// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.AudioStore;
import io.ttsclient.layer.CachePolicy;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The cache of a configuration: what is kept in memory, and the directory besides, if there is one, with its bound in bytes. */
record CacheConfig(CachePolicy inMemory, @Nullable Path directory, long directoryMaxBytes) {
    /** Makes the directory. A store in a directory holds nothing open, so nobody has to close it. */
    CachePolicy open() {
        if (directory == null) {
            return inMemory;
        }
        try {
            return inMemory.withStore(AudioStore.directory(directory, directoryMaxBytes));
        } catch (IOException e) {
            throw TtsException.builder(
                            Category.INVALID_REQUEST,
                            "cache.directory: " + directory + " cannot be made or written ("
                                    + e.getClass().getSimpleName() + ")")
                    .origin(Origin.CLIENT)
                    .cause(e)
                    .build();
        }
    }
}
