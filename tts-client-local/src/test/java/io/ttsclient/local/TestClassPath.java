// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** Everything these tests run with, as one class path, whether the test JVM has it there or on its module path. */
final class TestClassPath {
    private TestClassPath() {}

    static String asString() {
        Set<String> entries = new LinkedHashSet<>();
        entries.add(locationOf(TestClassPath.class));
        for (String property : new String[] {"java.class.path", "jdk.module.path"}) {
            String path = System.getProperty(property, "");
            Arrays.stream(path.split(File.pathSeparator))
                    .filter(entry -> !entry.isEmpty())
                    .forEach(entries::add);
        }
        return String.join(File.pathSeparator, entries);
    }

    private static String locationOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
