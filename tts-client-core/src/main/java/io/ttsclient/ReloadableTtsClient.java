// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.error.TtsException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A client whose configuration can be changed while it is used: keys, limits, voices, and which backends there are in which order.
 *
 * {@snippet class="io.ttsclient.ConfigSnippets" region="reload"}
 *
 * <p>A reload makes a whole client out of the new configuration. Once that is there, requests and sessions that begin are its own; those
 * that had begun before end with the former client, which is then closed, after {@code reloadGraceMillis} of its configuration at the
 * latest. No request is refused because of a reload. A configuration that is wrong, or whose backends cannot be made, changes nothing.
 *
 * <p>Audio that is cached stays so, unless the cache itself is configured differently. Limits and circuit breakers begin anew, and for a
 * while there are two clients: two on-device voices in memory, and up to twice as many streams as {@code maxConcurrent} says.
 *
 * <p>Nothing is watched: somebody has to call {@link #reload()}.
 */
public interface ReloadableTtsClient extends TtsClient {
    /**
     * A client with the configuration that {@code source} gives.
     *
     * @param source asked now and by {@link #reload()}; reads a file, as a rule
     * @throws TtsException if the configuration is wrong, or a backend cannot be made
     */
    static ReloadableTtsClient open(Supplier<TtsClientConfig> source) {
        return open(source, builder -> {});
    }

    /**
     * The same, with what no file can say, such as a registry of meters or an executor.
     *
     * @param besides sets it, for the client of each configuration, after the configuration; sets no backend
     */
    static ReloadableTtsClient open(Supplier<TtsClientConfig> source, Consumer<TtsClientBuilder> besides) {
        return SwappingTtsClient.open(source, besides);
    }

    /**
     * Changes to what the source says now. When this returns, requests that begin use it. Of several reloads at once, the one that was
     * begun last counts.
     *
     * {@snippet class="io.ttsclient.ConfigSnippets" region="again"}
     *
     * @throws TtsException with all that is wrong, which is logged as well; everything stays as it was
     */
    void reload();

    /**
     * Changes to {@code config}, as {@link #reload()} does.
     *
     * @throws TtsException with all that is wrong, which is logged as well; everything stays as it was
     */
    void reload(TtsClientConfig config);
}
