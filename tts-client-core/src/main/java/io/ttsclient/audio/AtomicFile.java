// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file that appears under its name only when it is complete. What is written goes to a temporary file beside it;
 * {@link #commit} moves that to its place in one step, replacing what was there, and {@link #close} without a commit deletes it.
 *
 * <pre>{@code
 * try (AtomicFile file = AtomicFile.create(path)) {
 *     file.write(audio);
 *     file.commit();
 * }
 * }</pre>
 *
 * <p>Written by one thread; {@link #close} may come from another, for instance from a shutdown hook, and makes a write that is
 * under way fail.
 */
public final class AtomicFile implements Closeable {
    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    /** Guards {@link #closed}, and keeps {@link #close} waiting for a commit that is under way. */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean closed;

    private AtomicFile(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
    }

    /**
     * Opens the temporary file. Nothing happens to {@code path} yet, but what would stop the commit is found now where it can be.
     *
     * @param path where the file is to be; its directory exists, and it is no directory or device itself. A symbolic link stays,
     *     and what it points to is replaced
     * @throws IOException if the directory is missing, or it or an existing file may not be written, or {@code path} is something
     *     other than a file
     */
    public static AtomicFile create(Path path) throws IOException {
        Path target = realPath(path);
        Path directory = target.getParent();
        if (directory == null || Files.isDirectory(target)) {
            throw new FileSystemException(path.toString(), null, "is a directory");
        }
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(directory.toString(), null, "no such directory");
        }
        requireReplaceable(path, target);
        // Not Files.createTempFile: its files are private to their owner, and stay so after the move.
        Path temporary = directory.resolve(".tts-" + UUID.randomUUID() + ".part");
        FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new AtomicFile(target, temporary, channel);
    }

    /** Where {@code path} leads; the path itself if nothing is there, or not any more: others may delete at any time. */
    private static Path realPath(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath();
        }
    }

    private static void requireReplaceable(Path path, Path target) throws IOException {
        BasicFileAttributes there;
        try {
            there = Files.readAttributes(target, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return;
        }
        if (!there.isRegularFile()) {
            throw new FileSystemException(path.toString(), null, "is not a regular file");
        }
        if (!Files.isWritable(target) && Files.exists(target)) {
            throw new AccessDeniedException(path.toString());
        }
    }

    /**
     * Appends the bytes of {@code bytes}, all of them.
     *
     * @throws IOException if they cannot be written, or the file is closed
     */
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Writes {@code bytes} over what is at {@code position}. */
    void overwrite(ByteBuffer bytes, long position) throws IOException {
        for (long at = position; bytes.hasRemaining(); ) {
            at += channel.write(bytes, at);
        }
    }

    /**
     * Brings the bytes to the disk and the file to its place, and closes it. After a failure it is closed too, and the temporary
     * file gone.
     *
     * @throws IOException if that fails, or the file is closed
     */
    public void commit() throws IOException {
        lock.lock();
        try (AtomicFile whole = this) {
            whole.bringToItsPlace();
        } finally {
            lock.unlock();
        }
    }

    private void bringToItsPlace() throws IOException {
        channel.force(true);
        channel.close();
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        closed = true;
    }

    /** Deletes the temporary file unless it was committed. Does nothing if closed. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                try {
                    channel.close();
                } finally {
                    Files.deleteIfExists(temporary);
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
