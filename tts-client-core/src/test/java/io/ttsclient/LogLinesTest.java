// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That docs/operations.md has each line that an operator may see, as the code of all modules writes it. */
class LogLinesTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES = List.of("core", "deepgram", "gemini", "local", "vits");
    private static final Pattern LOGGED = Pattern.compile(
            "LOG\\s*\\.(?:at)?(Info|Warn|Error|info|warn|error)\\((?:\\)[^;]*?\\.log\\()?\\s*\"([^\"]*)\"");
    private static final Pattern DOCUMENTED = Pattern.compile("\\| (INFO|WARN|ERROR) \\| `([^`]*)` \\| .+ \\|");

    @Test
    void lines_ofAllModules_areThoseOfTheDocument() throws IOException {
        Set<String> logged = new TreeSet<>();
        int calls = 0;
        for (String module : MODULES) {
            for (Path file : sources(ROOT.resolve("tts-client-" + module + "/src/main/java"))) {
                String code = Files.readString(file);
                calls += (int) Pattern.compile("LOG\\s*\\.(at)?(?i:info|warn|error)\\(")
                        .matcher(code)
                        .results()
                        .count();
                Matcher line = LOGGED.matcher(code);
                while (line.find()) {
                    calls--;
                    logged.add(line.group(1).toUpperCase(Locale.ROOT) + " " + line.group(2));
                }
            }
        }

        assertThat(calls).as("calls whose line was not understood").isZero();
        assertThat(logged).isEqualTo(documented());
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static Set<String> documented() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/operations.md")).stream()
                .map(DOCUMENTED::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1) + " " + row.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
