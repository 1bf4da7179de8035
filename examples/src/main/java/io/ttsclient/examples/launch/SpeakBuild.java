// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.launch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds what the {@code speak} launchers start, once, whoever else asks for it at the same time. The launchers run this file as
 * source, before anything is compiled, so it uses the JDK and nothing else, and of that what Java 11 has, to be able to say that 11
 * is too old. All it prints is for people.
 */
public final class SpeakBuild {
    private static final int MIN_JAVA = 17;
    private static final int FAILED = 2;
    private static final int STALE = 3;
    private static final long ARCHIVE_SECONDS = 60;
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    private final Path root;
    private final Path target;
    private final Path stamp;

    private SpeakBuild(Path root) {
        this.root = root;
        target = root.resolve("examples").resolve("target");
        stamp = target.resolve("speak.stamp");
    }

    /**
     * Builds in the checkout that the first argument names, if the build is older than the sources, and takes the second one
     * down as the java that did it. Where that is {@code --check}, the exit status says whether the build is older, 0 or
     * {@value #STALE}, and nothing else happens.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        var build = new SpeakBuild(Path.of(args[0]));
        System.exit(args[1].equals("--check") ? build.check() : build.run(args[1]));
    }

    private int check() throws IOException {
        return isStale() ? STALE : 0;
    }

    private int run(String java) throws IOException, InterruptedException {
        if (Runtime.version().feature() < MIN_JAVA) {
            System.err.println("speak: this is Java " + Runtime.version().feature() + ", allowed " + MIN_JAVA
                    + " or later; set JAVA_HOME");
            return FAILED;
        }
        Files.createDirectories(target);
        // The lock goes with the process, however that ends.
        try (FileChannel lock = FileChannel.open(
                        target.resolve("speak.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = acquire(lock)) {
            return held.isValid() && isStale() ? build(java) : 0;
        }
    }

    private static FileLock acquire(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock != null) {
            return lock;
        }
        System.err.println("speak: waits for another build to end");
        return channel.lock();
    }

    /** Whether something that goes into the program is newer than the beginning of its last build. */
    private boolean isStale() throws IOException {
        if (!Files.exists(stamp)) {
            return true;
        }
        FileTime built = Files.getLastModifiedTime(stamp);
        for (Path source : sources()) {
            if (Files.exists(source) && hasNewer(source, built)) {
                return true;
            }
        }
        return false;
    }

    /** What the launcher {@code speak} looks at too: keep both the same. */
    private List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>(List.of(root.resolve("pom.xml"), root.resolve(".mvn")));
        try (Stream<Path> modules = Files.list(root)) {
            modules.forEach(module -> {
                sources.add(module.resolve("pom.xml"));
                sources.add(module.resolve("src").resolve("main"));
            });
        }
        return sources;
    }

    private static boolean hasNewer(Path source, FileTime built) throws IOException {
        try (Stream<Path> files = Files.find(
                source, Integer.MAX_VALUE, (file, is) -> is.lastModifiedTime().compareTo(built) > 0)) {
            return files.findAny().isPresent();
        }
    }

    private int build(String java) throws IOException, InterruptedException {
        System.err.println("speak: builds the program; the first time Maven downloads what it needs");
        // As old as the beginning of the build: what changes meanwhile is newer.
        Path begun = target.resolve("speak.stamp.new");
        Files.deleteIfExists(begun);
        Files.writeString(begun, java + System.lineSeparator());
        deleteOldBuild();
        int status = start(maven()).inheritIO().start().waitFor();
        if (status != 0) {
            System.err.println("speak: the build failed, Maven says why above");
            return FAILED;
        }
        archiveClasses();
        Files.move(begun, stamp, StandardCopyOption.REPLACE_EXISTING);
        return 0;
    }

    /** New files instead of overwritten ones: a program that runs keeps the old. */
    private void deleteOldBuild() throws IOException {
        for (String name : List.of("speak.stamp", "speak.jar", "speak.jsa", "lib")) {
            Path old = target.resolve(name);
            if (Files.exists(old)) {
                try (Stream<Path> files = Files.walk(old)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    private List<String> maven() {
        List<String> command = new ArrayList<>();
        if (!WINDOWS) {
            command.add("sh"); // a copy of the tree may have lost the x bit
        }
        command.add(root.resolve(WINDOWS ? "mvnw.cmd" : "mvnw").toString());
        command.addAll(List.of("-q", "-B", "-ntp", "-f", root.resolve("pom.xml").toString()));
        command.addAll(List.of("-pl", "examples", "-am", "package", "-P", "!lint"));
        command.addAll(List.of("-Dmaven.test.skip", "-Dspotless.check.skip", "-Djacoco.skip", "-Dmaven.source.skip"));
        return command;
    }

    /** Lets the JVM start with the classes of a short call; without it the program starts later, and that is all. */
    private void archiveClasses() throws IOException, InterruptedException {
        Path speech = target.resolve("speak.raw");
        Process process = start(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:ArchiveClassesAtExit=" + target.resolve("speak.jsa"),
                        "-jar",
                        target.resolve("speak.jar").toString(),
                        "--json",
                        "-o",
                        speech.toString(),
                        "Hello, world"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(ARCHIVE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        Files.deleteIfExists(speech);
    }

    private ProcessBuilder start(List<String> command) {
        var process = new ProcessBuilder(command).directory(root.toFile());
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return process;
    }
}
