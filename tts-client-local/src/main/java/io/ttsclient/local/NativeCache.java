// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Native libraries unpacked once for each user and version. ONNX Runtime itself unpacks 28 MB at every start and leaves an empty
 * folder behind each time; from here it starts in half the time.
 *
 * <p>The folder is its user's alone: who could write to it could run code in every process that loads from it.
 */
final class NativeCache {
    private static final Logger LOG = LoggerFactory.getLogger(NativeCache.class);
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final @Nullable Path root;

    private NativeCache(@Nullable Path root) {
        this.root = root;
    }

    static NativeCache in(Path root) {
        return new NativeCache(root);
    }

    /** The usual place for caches of this system's users; none for a user without a home. */
    static NativeCache ofUser() {
        return new NativeCache(folderOfUser(System.getProperty("os.name", ""), System.getProperty("user.home", "")));
    }

    static @Nullable Path folderOfUser(String system, String home) {
        Path folder = pathOrNull(home);
        if (folder == null || !folder.isAbsolute()) {
            return null; // as "?" in a container whose user has no name
        }
        String name = system.toLowerCase(Locale.ROOT);
        if (name.contains("mac")) {
            return folder.resolve("Library/Caches/tts-client");
        }
        return folder.resolve(name.contains("win") ? "AppData/Local/tts-client/cache" : ".cache/tts-client");
    }

    private static @Nullable Path pathOrNull(String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /**
     * The folder that holds {@code libraries}, which are unpacked where they are missing or have another size.
     *
     * @param name of the folder, different for each version and platform
     * @return empty where there is no private, writable place for it, or a library is not to be had
     */
    Optional<Path> unpack(String name, List<Optional<URL>> libraries) {
        if (root == null) {
            return Optional.empty();
        }
        try {
            Path folder = root.resolve(name);
            createPrivately(folder);
            for (Optional<URL> library : libraries) {
                if (library.isEmpty() || !unpack(library.get(), folder)) {
                    return Optional.empty();
                }
            }
            return Optional.of(folder);
        } catch (IOException | SecurityException e) {
            LOG.debug("No native library is kept in {}", root, e);
            return Optional.empty();
        }
    }

    private static void createPrivately(Path folder) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
            requirePrivate(folder);
        } else {
            Files.createDirectories(folder);
        }
    }

    private static void requirePrivate(Path folder) throws IOException {
        var attributes = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean own = attributes.owner().getName().equals(System.getProperty("user.name"));
        boolean writable = attributes.permissions().stream().anyMatch(WRITABLE_BY_OTHERS::contains);
        if (!attributes.isDirectory() || !own || writable) {
            throw new IOException(folder + " is not a folder that only its user can write to");
        }
    }

    private static boolean unpack(URL library, Path folder) throws IOException {
        Path file = folder.resolve(fileName(library));
        URLConnection connection = library.openConnection();
        connection.setUseCaches(false); // otherwise the jar stays open
        try (InputStream in = connection.getInputStream()) {
            long size = connection.getContentLengthLong();
            if (size <= 0) {
                return false; // without a size, half a file could not be told from a whole one
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != size) {
                replace(file, in, size);
            }
            return true;
        }
    }

    /** Not by way of {@link Path}: the address of a jar on Windows is no path there. */
    static String fileName(URL library) {
        return library.getPath().substring(library.getPath().lastIndexOf('/') + 1);
    }

    /** Under another name first, so that other processes see the whole file or none. */
    private static void replace(Path file, InputStream in, long size) throws IOException {
        Path part = Files.createTempFile(file.getParent(), "unpacking", ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                in.transferTo(out);
            }
            if (Files.size(part) != size) {
                throw new IOException(file.getFileName() + " does not have its " + size + " bytes");
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
