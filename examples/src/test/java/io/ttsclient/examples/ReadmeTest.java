// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents say besides programs: where they lead, and what versions they name. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\((?!https?://|#)([^)#]+)");

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 3)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .map(ROOT::relativize)
                    .filter(file -> !file.toString().contains("target") && !file.startsWith(".git"))
                    .toList();
        }
    }

    private static String text(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    /** The value of a property of the root POM. */
    private static String property(String name) throws IOException {
        return first("<" + name + ">([^<]+)</", text("pom.xml"));
    }

    private static String first(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void document_links_leadToWhatIsThere(Path document) throws IOException {
        Path folder = ROOT.resolve(document).resolveSibling("");

        assertThat(LINK.matcher(Files.readString(ROOT.resolve(document))).results())
                .extracting(link -> link.group(1))
                .allMatch(link -> Files.exists(folder.resolve(link)));
    }

    @Test
    void readme_versions_areThoseOfTheBuild() throws IOException {
        assertThat(text("README.md"))
                .contains("the version here is " + property("revision"))
                .contains("ONNX Runtime " + first("(\\d+\\.\\d+)", property("onnxruntime.version")) + " ships")
                .contains("Java " + property("maven.compiler.release") + " or later");
    }

    @Test
    void readme_modules_areThoseThatArePublished() throws IOException {
        String readme = text("README.md");

        assertThat(Pattern.compile("<module>(tts-client-[^<]+)</module>")
                        .matcher(text("pom.xml"))
                        .results())
                .extracting(module -> module.group(1))
                .isNotEmpty()
                .allMatch(module -> readme.contains("| " + module + " |") || readme.contains("| [" + module + "]"));
    }
}
