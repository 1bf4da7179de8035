// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.audio.AtomicFile;
import io.ttsclient.speech.AudioChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Audio in the files of a directory, one for each key. A file is complete when it appears, since it is written under another name
 * and then moved; it has a checksum, in case the disk lost what it promised to keep; and reading one makes it the newest.
 *
 * <p>Other processes may write and delete there too, so nothing is known for sure: the files are counted anew whenever this process
 * has written a sixteenth of the most bytes. Where room has to be made, it is for a sixteenth too, so that not each write counts. What
 * cannot be deleted, such as the file of another user, stays.
 */
final class DirectoryStore implements AudioStore {
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
    private static final String SUFFIX = ".audio";
    private static final String UNFINISHED = ".part"; // as AtomicFile names them
    private static final int COUNTS = 16;
    /** What is unfinished for so long, nobody will finish. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path directory;
    private final long maxBytes;
    private final InstantSource clock;
    private final AtomicLong total = new AtomicLong(); // at the last count, and what was written since
    private final AtomicLong uncounted; // written since
    private final AtomicBoolean counting = new AtomicBoolean();

    private record Entry(Path path, long size, FileTime used) {}

    private DirectoryStore(Path directory, long maxBytes, InstantSource clock) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.clock = clock;
        uncounted = new AtomicLong(maxBytes); // nothing was counted yet
    }

    static DirectoryStore open(Path directory, long maxBytes, InstantSource clock) throws IOException {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes: " + maxBytes + ", allowed at least 1");
        }
        Files.createDirectories(directory);
        if (!Files.isWritable(directory)) {
            throw new AccessDeniedException(directory.toString());
        }
        return new DirectoryStore(directory, maxBytes, clock);
    }

    private Path file(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("key: " + key.length() + " chars, allowed 64 hexadecimal digits");
        }
        return directory.resolve(key + SUFFIX);
    }

    @Override
    public Optional<StoredAudio> read(String key) throws IOException {
        Path file = file(key);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        Optional<StoredAudio> audio = AudioRecord.read(key, ByteBuffer.wrap(bytes));
        if (audio.isPresent()) {
            use(file);
        } else {
            delete(file);
        }
        return audio;
    }

    private void use(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        } catch (IOException e) {
            // Another process has just deleted it, or it is another user's; what was read is whole all the same.
        }
    }

    /** Whether it is gone. */
    private static boolean delete(Path file) {
        try {
            Files.deleteIfExists(file);
            return true;
        } catch (IOException e) {
            return false; // it is another user's, or no file; or, on Windows, somebody reads it
        }
    }

    @Override
    public void write(String key, StoredAudio audio) throws IOException {
        Path path = file(key);
        ByteBuffer head = AudioRecord.head(key, audio);
        long size = AudioRecord.size(head, audio);
        if (!hasRoom(size)) {
            return;
        }
        try (AtomicFile file = AtomicFile.create(path)) {
            ByteBuffer checksum = AudioRecord.checksum(head, audio);
            file.write(head);
            for (AudioChunk chunk : audio.chunks()) {
                file.write(chunk.bytes());
            }
            file.write(checksum);
            file.commit();
        }
        use(path);
        total.addAndGet(size);
        uncounted.addAndGet(size);
    }

    private boolean hasRoom(long size) throws IOException {
        if (size > maxBytes) {
            return false;
        }
        boolean toCount = total.get() + size > maxBytes || uncounted.get() > maxBytes / COUNTS;
        if (toCount && counting.compareAndSet(false, true)) {
            try {
                uncounted.set(0);
                total.set(deleteDownTo(maxBytes - size));
            } finally {
                counting.set(false);
            }
        }
        return total.get() + size <= maxBytes; // not if another thread is still making room
    }

    /** What the files take after those used longest ago are gone, and some more of them where there was no room. */
    private long deleteDownTo(long most) throws IOException {
        List<Entry> entries = entries();
        entries.sort(Comparator.comparing(Entry::used));
        long left = entries.stream().mapToLong(Entry::size).sum();
        long goal = left <= most ? left : most - most / COUNTS;
        for (Entry oldest : entries) {
            if (left <= goal) {
                break;
            }
            if (delete(oldest.path())) {
                left -= oldest.size();
            }
        }
        return left;
    }

    /** The finished ones. Those that nobody will finish are deleted on the way. */
    private List<Entry> entries() throws IOException {
        FileTime abandoned = FileTime.from(clock.instant().minus(ABANDONED));
        var entries = new ArrayList<Entry>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                try {
                    if (name.endsWith(SUFFIX)) {
                        entries.add(new Entry(file, Files.size(file), Files.getLastModifiedTime(file)));
                    } else if (name.endsWith(UNFINISHED)
                            && Files.getLastModifiedTime(file).compareTo(abandoned) < 0) {
                        delete(file);
                    }
                } catch (NoSuchFileException e) {
                    // Another process was faster.
                }
            }
        }
        return entries;
    }

    /** As one bound of one directory is the same store, however often it was opened. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DirectoryStore that
                && directory.equals(that.directory)
                && maxBytes == that.maxBytes
                && clock.equals(that.clock);
    }

    @Override
    public int hashCode() {
        return Objects.hash(directory, maxBytes, clock);
    }

    /** Holds nothing open. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return "AudioStore[" + directory + "]";
    }
}
