package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.util.SizeInBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.command.RequestId;
import org.sipring.store.database.Database;
import org.sipring.store.database.Entry;
import org.sipring.store.database.Entry.Place;

/** Copies that are made while entries go on to be applied. */
final class CopyingTest {
    private static final long NONE = RaftLog.INVALID_LOG_INDEX;
    private static final int ENTRIES = (int) RaftSettings.ENTRIES_BEFORE_SNAPSHOT;

    private final Queue<Runnable> beside = new ArrayDeque<>();
    private final Snapshots snapshots = new Snapshots();
    private int told;
    private final Copying copying = new Copying(snapshots, beside::add, () -> told++);

    @TempDir
    private Path dir = Path.of("");

    private Database database;
    private RaftStorage storage;
    private int entries;

    @BeforeEach
    void open() throws IOException {
        storage = RaftStorage.newBuilder()
                .setDirectory(dir.resolve("raft").toFile())
                .setOption(RaftStorage.StartupOption.FORMAT)
                .setStorageFreeSpaceMin(SizeInBytes.ZERO)
                .build();
        storage.initialize();
        snapshots.init(storage);
        database = Database.open(dir.resolve("documents.db"));
        copying.startsAt(NONE);
    }

    @AfterEach
    void close() throws IOException {
        database.close();
        storage.close();
    }

    private TermIndex apply() {
        Command put = new Command.Put(
                new RequestId(1, entries, Instant.EPOCH), new Key("accounts", "key" + entries), new byte[9], 0);
        var unused = database.apply(List.of(new Entry(new Place(1, entries), Optional.of(put))));
        entries++;
        return reached();
    }

    private TermIndex reached() {
        return TermIndex.valueOf(1, entries - 1);
    }

    private void runBeside() {
        beside.remove().run();
    }

    private Path folder() {
        return storage.getStorageDir().getStateMachineDir().toPath();
    }

    private void reached(int index) {
        copying.reached(index, database);
    }

    @Test
    void nobodyWaitsForOneAndRatisIsToldOfIt() throws IOException {
        apply();
        reached(ENTRIES - 2);
        assertThat(beside).isEmpty();
        reached(ENTRIES - 1);
        apply();
        reached(3 * ENTRIES);
        assertThat(copying.take()).isEqualTo(NONE);
        assertThat(beside).hasSize(1);
        runBeside();
        assertThat(told).isEqualTo(1);
        apply();
        assertThat(copying.take()).isEqualTo(1);
        assertThat(snapshots.getLatestSnapshot()).hasToString("copy of (t:1, i:1)");
        assertThat(copying.take()).as("again").isEqualTo(NONE);
        try (Database copy = Database.open(folder().resolve("snapshot.1_1"))) {
            assertThat(copy.list("accounts", "")).hasSize(2);
        }
        assertThat(folder().resolve("snapshot.tmp")).doesNotExist();
    }

    @Test
    void theNextComesAfterAsManyEntriesOrSoManyBytesOfChunks() {
        apply();
        copying.startsAt(5);
        reached(ENTRIES + 4);
        assertThat(beside).isEmpty();
        reached(ENTRIES + 5);
        runBeside();
        reached(2 * ENTRIES + 4);
        assertThat(beside).isEmpty();
        copying.chunk(64 << 20);
        reached(2 * ENTRIES + 5);
        assertThat(beside).hasSize(1);
    }

    @Test
    void afterOneThatFailedTheNextIsTriedAThousandEntriesLater() throws IOException {
        apply();
        Files.delete(folder());
        reached(ENTRIES);
        runBeside();
        assertThat(told).isEqualTo(1);
        assertThat(copying.take()).isEqualTo(NONE);
        reached(ENTRIES + 999);
        assertThat(beside).isEmpty();
        reached(ENTRIES + 1_000);
        assertThat(beside).hasSize(1);
        assertThatThrownBy(() -> copying.now(database, reached())).isInstanceOf(IOException.class);
    }

    @Test
    void oneThatNobodyWantsAnyMoreIsNotMade() {
        apply();
        reached(ENTRIES);
        copying.end();
        runBeside();
        assertThat(told).isZero();
        assertThat(snapshots.has(reached())).isFalse();
        reached(2 * ENTRIES);
        assertThat(beside).as("nobody wants another").isEmpty();
        copying.startsAt(2);
        reached(2 * ENTRIES);
        assertThat(beside).hasSize(1);
    }

    @Test
    void theLastOneIsWaitedFor() throws IOException {
        apply();
        reached(ENTRIES);
        assertThat(copying.now(database, apply())).isEqualTo(1);
        assertThat(snapshots.has(TermIndex.valueOf(1, 1))).isTrue();
        assertThat(copying.now(database, reached())).as("again").isEqualTo(1);
    }
}
