// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.doubles.Requests;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.TimingMark;
import io.ttsclient.testkit.LeakCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class DirectoryStoreTest {
    private static final Instant MADE = Instant.parse("2030-01-01T00:00:00Z");
    private static final int RECORD = 1_300; // a record of 1000 bytes takes less

    @TempDir
    Path directory;

    private Instant now = MADE;

    private AudioStore store(long maxBytes) throws IOException {
        return DirectoryStore.open(directory, maxBytes, () -> now);
    }

    private static String key(int number) {
        return String.format("%064x", number);
    }

    private static StoredAudio audio(int bytes, @Nullable String voice, TimingMark... marks) {
        return new StoredAudio(
                AudioFormat.mulaw(8_000),
                List.of(new AudioChunk(ByteBuffer.allocate(bytes)), ScriptedSource.chunk(1, 2, 3)),
                List.of(marks),
                voice,
                MADE);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private Path file(int number) {
        return directory.resolve(key(number) + ".audio");
    }

    @Test
    void read_whatWasWritten_isTheSame() throws IOException {
        var mark = new TimingMark(TimingMark.Kind.WORD, 0, 5, Duration.ZERO, Duration.ofMillis(300));
        try (AudioStore store = store(100_000)) {
            store.write(key(1), audio(1000, "anna", mark));
            store.write(key(2), audio(1, null));
        }

        try (AudioStore again = store(100_000)) {
            assertThat(again.read(key(1))).contains(audio(1000, "anna", mark));
            assertThat(again.read(key(2))).contains(audio(1, null));
            assertThat(again.read(key(3))).isEmpty();
        }
    }

    @Test
    void read_damagedAtAnyPlaceOrCut_countsAsMissingAndIsGone() throws IOException {
        AudioStore store = store(100_000);
        store.write(key(1), audio(10, "anna"));
        byte[] whole = Files.readAllBytes(file(1));

        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x40;
            Files.write(file(1), damaged);
            assertThat(store.read(key(1))).isEmpty();
            assertThat(file(1)).doesNotExist();

            Files.write(file(1), java.util.Arrays.copyOf(whole, i));
            assertThat(store.read(key(1))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1_000, Integer.MAX_VALUE})
    void read_lengthThatCannotBeUnderARightChecksum_countsAsMissing(int headLength) throws IOException {
        AudioStore store = store(100_000);
        store.write(key(1), audio(10, "anna"));
        ByteBuffer record = ByteBuffer.wrap(Files.readAllBytes(file(1)));
        var checksum = new CRC32C();
        checksum.update(record.putInt(4, headLength).slice(0, record.limit() - 4));
        Files.write(
                file(1),
                record.putInt(record.limit() - 4, (int) checksum.getValue()).array());

        assertThat(store.read(key(1))).isEmpty();
    }

    @Test
    void read_underAnotherName_countsAsMissing() throws IOException {
        AudioStore store = store(100_000);
        store.write(key(1), audio(10, "anna"));
        Files.move(file(1), file(2));

        assertThat(store.read(key(2))).isEmpty();
    }

    @Test
    void write_noRoomLeft_whatWasUsedLongestAgoGoes() throws IOException {
        AudioStore store = store(3 * RECORD);
        for (int i = 1; i <= 3; i++) {
            store.write(key(i), audio(1000, null));
            now = now.plusSeconds(1);
        }
        store.read(key(1));
        now = now.plusSeconds(1);

        store.write(key(4), audio(1000, null));

        assertThat(files()).containsExactlyInAnyOrder(file(1), file(3), file(4));
    }

    @Test
    void write_noRoomLeft_makesItForTheNextOnesToo() throws IOException {
        AudioStore store = store(32 * RECORD);
        int deletions = 0;
        int before = 0;
        for (int i = 1; i <= 46; i++) {
            store.write(key(i), audio(1000, null));
            now = now.plusSeconds(1);
            int after = files().size();
            deletions += after > before ? 0 : 1;
            before = after;
        }

        assertThat(deletions).isBetween(1, 5); // and not at each write
    }

    @Test
    void write_noRoomLeftAndTheOldestCannotBeDeleted_theNextOneGoes() throws IOException {
        takePlaceOf(1);
        Files.setLastModifiedTime(file(1), FileTime.from(now.minusSeconds(1)));
        AudioStore store = store(100_000);
        for (int i = 2; i <= 5; i++) {
            store.write(key(i), audio(30_000, null)); // three of which have room
            now = now.plusSeconds(1);
        }

        assertThat(files()).containsExactlyInAnyOrder(file(1), file(3), file(4), file(5));
    }

    /** What is no file, and cannot be read, replaced or deleted: as another user's file, but for root too. */
    private void takePlaceOf(int number) throws IOException {
        Files.createDirectories(file(number).resolve("in the way"));
    }

    @Test
    void readAndWrite_fileThatCannotBeReadOrReplaced_failForItsKeyOnly() throws IOException {
        takePlaceOf(1);
        AudioStore store = store(100_000);

        assertThatThrownBy(() -> store.read(key(1))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store.write(key(1), audio(10, null))).isInstanceOf(IOException.class);
        store.write(key(2), audio(10, null));

        assertThat(store.read(key(2))).contains(audio(10, null));
        assertThat(files()).as("nothing half").containsExactlyInAnyOrder(file(1), file(2));
    }

    @Test
    void readAndWrite_directoryThatIsNoneAnyMore_fail() throws IOException {
        Path gone = directory.resolve("gone");
        AudioStore store = AudioStore.directory(gone, 100_000);
        Files.delete(gone);

        assertThat(store.read(key(1))).isEmpty();
        assertThatThrownBy(() -> store.write(key(1), audio(10, null))).isInstanceOf(IOException.class);

        Files.createFile(gone);
        assertThatThrownBy(() -> store.read(key(1))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store.write(key(1), audio(10, null))).isInstanceOf(IOException.class);
    }

    @Test
    void readAndWrite_withoutTheRightTo_readsWhatItCan() throws IOException {
        AudioStore store = store(100_000);
        for (int i = 1; i <= 3; i++) {
            store.write(key(i), audio(10, null));
        }
        Files.write(file(1), new byte[] {1, 2, 3});
        assertThat(file(2).toFile().setReadable(false)).isTrue();
        assertThat(directory.toFile().setWritable(false)).isTrue();
        try {
            assumeFalse(Files.isWritable(directory), "root may do everything");

            assertThat(store.read(key(1))).as("damaged, and stays").isEmpty();
            assertThatThrownBy(() -> store.read(key(2))).isInstanceOf(AccessDeniedException.class);
            assertThat(store.read(key(3))).contains(audio(10, null));
            assertThatThrownBy(() -> store.write(key(4), audio(10, null))).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> store(100_000)).isInstanceOf(AccessDeniedException.class);
        } finally {
            assertThat(directory.toFile().setWritable(true)).isTrue();
        }
    }

    @Test
    void write_longerThanAllMayBe_isLeftOut() throws IOException {
        store(1000).write(key(1), audio(1000, null));

        assertThat(files()).isEmpty();
    }

    @Test
    void write_otherProcessesWriteToo_staysWithinTheBoundAndASixteenth() throws IOException {
        AudioStore mine = store(16 * RECORD);
        AudioStore theirs = store(16 * RECORD);
        for (int i = 1; i <= 100; i++) {
            mine.write(key(2 * i), audio(1000, null));
            theirs.write(key(2 * i + 1), audio(1000, null));
            now = now.plusSeconds(1);
            long total = 0;
            for (Path file : files()) {
                total += Files.size(file);
            }
            assertThat(total).isLessThanOrEqualTo(18 * RECORD);
        }
    }

    @Test
    void write_leftoversOfACrash_areClearedAwayOnceTheyAreOld() throws IOException {
        Path old = Files.createFile(directory.resolve(".tts-1.part"));
        Path fresh = Files.createFile(directory.resolve(".tts-2.part"));
        Path foreign = Files.createFile(directory.resolve("notes.txt"));
        Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofHours(2))));
        Files.setLastModifiedTime(fresh, FileTime.from(now));
        Files.setLastModifiedTime(foreign, FileTime.from(now.minus(Duration.ofHours(2))));

        store(100_000).write(key(1), audio(10, null));

        assertThat(files()).containsExactlyInAnyOrder(fresh, foreign, file(1));
    }

    @Test
    void write_manyThreadsAndStores_whatIsReadIsWholeOrMissing() throws IOException {
        var running = new ArrayList<CompletableFuture<Integer>>();
        for (int thread = 0; thread < 8; thread++) {
            AudioStore store = AudioStore.directory(directory, 5 * RECORD);
            int seed = thread;
            running.add(Requests.async(() -> {
                int found = 0;
                for (int i = 0; i < 40; i++) {
                    int number = (seed * 7 + i) % 10;
                    store.write(key(number), audio(900 + number, null));
                    Optional<StoredAudio> read = store.read(key((number + 3) % 10));
                    if (read.isPresent()) {
                        assertThat(read.get().size()).isEqualTo(903 + (number + 3) % 10);
                        found++;
                    }
                }
                return found;
            }));
        }

        int found = 0;
        for (CompletableFuture<Integer> each : running) {
            found += Requests.get(each);
        }
        assertThat(found).isPositive();
    }

    @Test
    void open_nonsense_isRefused() throws IOException {
        assertThatThrownBy(() -> AudioStore.directory(directory, 0)).hasMessage("maxBytes: 0, allowed at least 1");
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> AudioStore.directory(file, 10)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store(10).read("../etc/passwd")).isInstanceOf(IllegalArgumentException.class);
    }
}
