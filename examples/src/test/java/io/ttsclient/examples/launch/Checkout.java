// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** A small checkout with the real launcher, and in the place of Maven a script that copies a finished jar. */
final class Checkout {
    private static final String PACKAGE = "src/main/java/io/ttsclient/examples/launch";

    final Path root;
    private final Path folder;
    private final Path log;

    private Checkout(Path folder) {
        this.folder = folder;
        root = folder.resolve("my checkout");
        log = folder.resolve("builds.log");
    }

    static Checkout in(Path folder) throws IOException {
        var checkout = new Checkout(folder);
        checkout.create(folder.resolve("program.jar"));
        return checkout;
    }

    private void create(Path jar) throws IOException {
        Path module = Path.of("").toAbsolutePath(); // where Maven runs tests
        Path sources = Files.createDirectories(root.resolve("examples").resolve(PACKAGE));
        Files.copy(module.resolve(PACKAGE).resolve("SpeakBuild.java"), sources.resolve("SpeakBuild.java"));
        Files.copy(module.resolve("../speak").normalize(), root.resolve("speak"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(root.resolve("examples/src/test"));
        Files.writeString(root.resolve("examples/src/test/SomeTest.java"), "");
        Files.createDirectories(root.resolve(".mvn"));
        Files.writeString(root.resolve("pom.xml"), "");
        Files.createDirectories(root.resolve("core"));
        Files.writeString(root.resolve("core/pom.xml"), "");
        writeJar(jar);
        maven("cp '" + jar + "' examples/target/speak.jar");
    }

    /** What the script in Maven's place does; its log gets a line first. */
    void maven(String command) throws IOException {
        Files.writeString(root.resolve("mvnw"), "echo Maven speaks\necho built >> '" + log + "'\n" + command + "\n");
    }

    private static void writeJar(Path jar) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, LaunchedProgram.class.getName());
        String name = LaunchedProgram.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(jar);
                var entries = new JarOutputStream(out, manifest);
                InputStream program = Objects.requireNonNull(Checkout.class.getResourceAsStream("/" + name))) {
            entries.putNextEntry(new ZipEntry(name));
            program.transferTo(entries);
        }
    }

    /** How often it was built. */
    int builds() throws IOException {
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    /** Makes the build half an hour old and all else an hour. */
    void age() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                set(file, Duration.ofHours(1));
            }
        }
        set(root.resolve("examples/target/speak.stamp"), Duration.ofMinutes(30));
    }

    /** Changes a file, as an editor does. */
    void touch(String file) throws IOException {
        set(root.resolve(file), Duration.ZERO);
    }

    private static void set(Path file, Duration age) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    /** Starts the launcher by {@code path} in the folder {@code from}. */
    Launch launch(Path from, String path, Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(path));
        Collections.addAll(command, args);
        Path err = Files.createTempFile(folder, "stderr", "");
        var builder = new ProcessBuilder(command).directory(from.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return new Launch(builder.start(), err);
    }

    Launch launch(String... args) throws IOException {
        return launch(root, root.resolve("speak").toString(), Map.of(), args);
    }

    /** A script as {@code bin/java} of a JDK. */
    static Path fakeJdk(Path home, String script) throws IOException {
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    boolean hasStamp() {
        return Files.exists(root.resolve("examples/target/speak.stamp"), LinkOption.NOFOLLOW_LINKS);
    }

    /** A launcher that runs. */
    record Launch(Process process, Path errFile) {
        /** Gives it its standard input, waits for its end, and tells what it said. */
        String finish(String in) throws IOException, InterruptedException {
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(in.getBytes(StandardCharsets.UTF_8));
            }
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return out;
        }

        String err() throws IOException {
            return Files.readString(errFile);
        }
    }
}
