// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import io.ttsclient.error.Category;
import io.ttsclient.error.Faults;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Makes a backend from configuration. A backend module provides one as a {@link ServiceLoader} service; it is chosen by its
 * name, never because it happens to be there.
 */
public interface TtsBackendFactory {
    /** The name in configuration, lower case, such as {@code deepgram}. */
    String name();

    /**
     * Makes the backend; the caller closes it.
     *
     * @param properties settings by name; which there are, the backend's module says
     * @throws TtsException with category {@code INVALID_REQUEST} if settings are unknown, missing or out of range; it names all
     */
    TtsBackend create(Map<String, String> properties);

    /**
     * Adds to {@code faults} what is wrong with settings, by their names, as far as that shows without any I/O; makes nothing. What
     * it does not find, {@link #create} refuses. {@link Settings} reads them; a factory that does not override this finds nothing.
     */
    default void check(Map<String, String> properties, Faults faults) {}

    /**
     * The factory of that name among those that the class path or module path offers.
     *
     * @throws TtsException with category {@code NOT_FOUND} and the names there are, if it is not among them
     */
    static TtsBackendFactory named(String name) {
        List<TtsBackendFactory> found = ServiceLoader.load(TtsBackendFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return found.stream()
                .filter(factory -> factory.name().equals(name))
                .findFirst()
                .orElseThrow(() -> TtsException.builder(
                                Category.NOT_FOUND,
                                "backend: '" + name + "', found "
                                        + found.stream()
                                                .map(TtsBackendFactory::name)
                                                .sorted()
                                                .toList()
                                        + "; add the module tts-client-" + name + " to the class path")
                        .origin(Origin.CLIENT)
                        .build());
    }
}
