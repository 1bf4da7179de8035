// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ttsclient.testkit.LeakCheck;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class NativeCacheTest {
    @TempDir
    Path temp;

    private Path root;
    private NativeCache cache;

    @BeforeEach
    void makeCache() {
        root = temp.resolve("home/cache");
        cache = NativeCache.in(root);
    }

    /** A library in a jar, as the runtime's are. */
    private Optional<URL> library(String name, String content) {
        Path jar = temp.resolve(name + ".jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("native/" + name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            return Optional.of(new URL("jar:" + jar.toUri() + "!/native/" + name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<Path> unpack(String... contents) {
        List<Optional<URL>> libraries = new java.util.ArrayList<>();
        for (int i = 0; i < contents.length; i++) {
            libraries.add(library("lib" + i + ".so", contents[i]));
        }
        return cache.unpack("runtime-1.0", libraries);
    }

    @Test
    void unpack_newVersion_hasTheLibrariesAndNothingElse() {
        Path folder = unpack("one", "two").orElseThrow();
        assertThat(folder).isEqualTo(root.resolve("runtime-1.0"));
        assertThat(folder.resolve("lib0.so")).hasContent("one");
        assertThat(folder.resolve("lib1.so")).hasContent("two");
        assertThat(folder.toFile().list()).hasSize(2);
    }

    @Test
    void unpack_posix_isItsUsersAlone() throws IOException {
        assumePosix();
        Path folder = unpack("one").orElseThrow();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("lib0.so"))))
                .isEqualTo("rw-------");
    }

    @Test
    void unpack_again_keepsTheFile() throws IOException {
        Path file = unpack("one").orElseThrow().resolve("lib0.so");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertThat(unpack("two")).as("the same size: taken as it is").isPresent();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(0));
    }

    @Test
    void unpack_fileOfAnotherSize_isReplaced() throws IOException {
        Path file = unpack("one").orElseThrow().resolve("lib0.so");
        Files.writeString(file, "on"); // as after a crash
        assertThat(unpack("one")).isPresent();
        assertThat(file).hasContent("one");
    }

    @Test
    void unpack_linkInPlaceOfTheFile_isReplaced() throws IOException {
        assumePosix();
        Path file = unpack("one").orElseThrow().resolve("lib0.so");
        Path elsewhere = Files.writeString(temp.resolve("elsewhere"), "bad");
        Files.delete(file);
        Files.createSymbolicLink(file, elsewhere);
        assertThat(unpack("one")).isPresent();
        assertThat(file).hasContent("one");
        assertThat(elsewhere).hasContent("bad");
    }

    @Test
    void unpack_othersMayWriteToTheFolder_isNotUsed() throws IOException {
        assumePosix();
        Path folder = unpack("one").orElseThrow();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(unpack("one")).isEmpty();
    }

    @Test
    void unpack_folderIsALink_isNotUsed() throws IOException {
        assumePosix();
        Files.createDirectories(root);
        Files.createSymbolicLink(root.resolve("runtime-1.0"), Files.createDirectory(temp.resolve("other")));
        assertThat(unpack("one")).isEmpty();
        assertThat(temp.resolve("other")).isEmptyDirectory();
    }

    @Test
    void unpack_folderIsAFile_isNotUsed() throws IOException {
        Files.createDirectories(root);
        Files.writeString(root.resolve("runtime-1.0"), "");
        assertThat(unpack("one")).isEmpty();
    }

    @Test
    void unpack_rootCannotBeMade_isNotUsed() throws IOException {
        Files.writeString(temp.resolve("home"), "a file where the folder would be");
        assertThat(unpack("one")).isEmpty();
    }

    @Test
    void unpack_libraryMissing_isNotUsed() {
        assertThat(cache.unpack("runtime-1.0", List.of(library("lib.so", "one"), Optional.empty())))
                .isEmpty();
    }

    @Test
    void unpack_libraryOfUnknownSize_isNotUsed() throws MalformedURLException {
        var withoutSize = new URL(null, "nosize:/native/lib.so", new java.net.URLStreamHandler() {
            @Override
            protected java.net.URLConnection openConnection(URL url) {
                return new java.net.URLConnection(url) {
                    @Override
                    public void connect() {}

                    @Override
                    public java.io.InputStream getInputStream() {
                        return java.io.InputStream.nullInputStream();
                    }
                };
            }
        });
        assertThat(cache.unpack("runtime-1.0", List.of(Optional.of(withoutSize))))
                .isEmpty();
    }

    @Test
    void unpack_manyAtOnce_allSeeWholeFiles() throws Exception {
        String content = "x".repeat(1_000_000);
        List<Optional<URL>> libraries = List.of(library("lib.so", content));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Optional<Path>> unpacking = () -> NativeCache.in(root).unpack("runtime-1.0", libraries);
            for (Future<Optional<Path>> each : threads.invokeAll(java.util.Collections.nCopies(16, unpacking))) {
                assertThat(each.get().orElseThrow().resolve("lib.so")).hasSize(1_000_000);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(root.resolve("runtime-1.0").toFile().list()).containsExactly("lib.so");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jar:file:/C:/Users/Ada%20L/.m2/onnxruntime-1.29.0.jar!/ai/onnxruntime/native/win-x64/onnxruntime.dll",
                "file:/opt/app/ai/onnxruntime/native/win-x64/onnxruntime.dll",
            })
    void fileName_ofALibrarysAddress_isItsLastPart(String address) throws MalformedURLException {
        assertThat(NativeCache.fileName(new URL(address))).isEqualTo("onnxruntime.dll");
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, .cache/tts-client",
        "Mac OS X, Library/Caches/tts-client",
        "Windows 11, AppData/Local/tts-client/cache",
    })
    void folderOfUser_isTheUsualOneOfTheSystem(String system, String folder) {
        assertThat(NativeCache.folderOfUser(system, temp.toString())).isEqualTo(temp.resolve(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "home", "/home/\0"})
    void folderOfUser_withoutAHome_isNone(String home) {
        assertThat(NativeCache.folderOfUser("Linux", home)).isNull();
    }

    private static void assumePosix() {
        assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
    }
}
