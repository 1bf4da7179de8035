// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The runtime is loaded once in a JVM, so each test has a JVM of its own. */
@Timeout(120)
class NativeRuntimeTest {
    @TempDir
    Path temp;

    private Path cache;
    private Path model;

    @BeforeEach
    void makeVoice() throws IOException {
        cache = temp.resolve("cache");
        model = new ToyVoice().in(temp);
        Files.createDirectory(temp.resolve("tmp"));
        Files.createDirectory(temp.resolve("home"));
    }

    private List<String> libraries() throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** What {@link LoadingProgram} writes, run with these system properties. */
    private List<String> load(String... properties) throws IOException, InterruptedException {
        Path output = temp.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temp.resolve("tmp")));
        command.addAll(List.of(properties));
        command.addAll(List.of(
                "-cp",
                TestClassPath.asString(),
                LoadingProgram.class.getName(),
                model.toString(),
                cache.toString(),
                output.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // What native code writes goes there, and it is to behave as it does where users run it.
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.equals("CI") || name.startsWith("ORT_") || name.startsWith("XDG_"));
        environment.put("HOME", temp.resolve("home").toString());
        environment.put("TMPDIR", temp.resolve("tmp").toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("whether it ended").isTrue();
        assertThat(process.exitValue()).as("the exit status").isZero();
        return Files.readAllLines(output);
    }

    @Test
    void load_firstTime_unpacksIntoTheCacheAndLeavesNothingElse() throws Exception {
        assertThat(load()).containsExactly("UP", "UP", "property: null");
        assertThat(libraries())
                .containsExactly(System.mapLibraryName("onnxruntime"), System.mapLibraryName("onnxruntime4j_jni"));
        assertThat(temp.resolve("tmp")).isEmptyDirectory();
        assertThat(temp.resolve("home")).isEmptyDirectory();
    }

    @Test
    void load_secondTime_takesTheLibrariesAsTheyAre() throws Exception {
        load();
        Path library;
        try (Stream<Path> files = Files.walk(cache)) {
            library = files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        Object key = Files.readAttributes(library, BasicFileAttributes.class).fileKey();
        assertThat(load()).startsWith("UP");
        assertThat(Files.readAttributes(library, BasicFileAttributes.class).fileKey())
                .isEqualTo(key);
    }

    @Test
    void load_folderNamedByTheApplication_isUsedAndTheCacheIsNot() throws Exception {
        load();
        Path chosen;
        try (Stream<Path> folders = Files.list(cache)) {
            chosen = folders.findFirst().orElseThrow();
        }
        cache = temp.resolve("not used");
        assertThat(load("-D" + NativeRuntime.PATH_PROPERTY + "=" + chosen))
                .containsExactly("UP", "UP", "property: " + chosen);
        assertThat(cache).doesNotExist();
    }

    @Test
    void load_cacheCannotBeWritten_fallsBackToTheRuntimesOwnWay() throws Exception {
        Files.writeString(cache, "a file where the folder would be");
        assertThat(load()).containsExactly("UP", "UP", "property: null");
    }

    @Test
    void load_userWithoutAHome_fallsBackToTheRuntimesOwnWay() throws Exception {
        cache = Path.of("");
        assertThat(load("-Duser.home=?")).containsExactly("UP", "UP", "property: null");
    }

    @Test
    void load_platformWithoutLibrary_isUnsupportedEachTimeAndNamesPlatforms() throws Exception {
        List<String> printed = load("-Dos.arch=riscv64");
        assertThat(printed).hasSize(3);
        assertThat(printed.subList(0, 2))
                .allSatisfy(line -> assertThat(line)
                        .startsWith("UNSUPPORTED")
                        .contains("does not load on")
                        .contains("riscv64")
                        .contains("linux-x64, linux-aarch64, osx-aarch64, win-x64"));
    }

    @Test
    void load_folderNamedByTheApplicationHasNoLibrary_isUnsupportedEachTime() throws Exception {
        Path empty = Files.createDirectory(temp.resolve("empty"));
        assertThat(load("-D" + NativeRuntime.PATH_PROPERTY + "=" + empty).subList(0, 2))
                .allSatisfy(line -> assertThat(line).startsWith("UNSUPPORTED").contains(NativeRuntime.PATH_PROPERTY));
    }

    @Test
    void load_libraryThatIsNone_isUnsupportedEachTime() throws Exception {
        Path broken = Files.createDirectory(temp.resolve("broken"));
        for (String name : List.of("onnxruntime", "onnxruntime4j_jni")) {
            Files.writeString(broken.resolve(System.mapLibraryName(name)), "no library");
        }
        assertThat(load("-D" + NativeRuntime.PATH_PROPERTY + "=" + broken).subList(0, 2))
                .allSatisfy(line -> assertThat(line).startsWith("UNSUPPORTED"));
    }

    @Test
    void load_inTwoClassLoaders_bothSpeak() throws Exception {
        URL[] urls = Stream.of(TestClassPath.asString().split(File.pathSeparator))
                .map(NativeRuntimeTest::url)
                .toArray(URL[]::new);
        for (int i = 0; i < 2; i++) {
            try (var loader = new URLClassLoader("isolated " + i, urls, ClassLoader.getPlatformClassLoader())) {
                Object health = loader.loadClass(LoadingProgram.class.getName())
                        .getMethod("load", String.class, String.class)
                        .invoke(null, model.toString(), cache.toString());
                assertThat(health).isEqualTo("UP");
            }
        }
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }
}
