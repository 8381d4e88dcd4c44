package org.sipring.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.large.ChunkFolder;
import org.sipring.store.large.ChunkName;
import org.sipring.store.large.Manifest;
import org.sipring.testkit.SimChance;

/** Large values as entries of the log make them. */
final class LargeDatabaseTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_000_000);

    @TempDir
    Path dir;

    private final byte[] first = new SimChance(1).bytes(ChunkName.LONGEST);
    private final byte[] second = {1, 2, 3};
    private final Manifest manifest =
            Manifest.of(ChunkName.LONGEST + 3, List.of(ChunkName.of(first), ChunkName.of(second)));
    private Database database;
    private Log log;

    @BeforeEach
    void open() throws IOException {
        database = Database.open(dir.resolve("store/documents.db"));
        log = new Log(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void write() {
        log.apply(new Command.Chunk(first, NOW));
        log.apply(new Command.Chunk(second, NOW));
        assertThat(log.apply(new Command.Whole(manifest, NOW))).isEqualTo(Answer.DONE);
    }

    private Answer refer(String name, long expected) {
        return log.apply(new Command.Put(log.request(), Log.key(name), new byte[1], expected, Set.of(manifest.name())));
    }

    private void sweep(Instant before) {
        log.apply(new Command.Sweep(before));
    }

    private long files() throws IOException {
        Path folder = dir.resolve("store/large");
        if (Files.notExists(folder)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void oneIsThereWhenAllItsChunksAre() {
        log.apply(new Command.Chunk(first, NOW));
        assertThat(log.apply(new Command.Whole(manifest, NOW))).isEqualTo(Answer.MISSING);
        assertThat(refer("alice", 0)).isEqualTo(Answer.MISSING);
        assertThat(log.value("alice")).isEmpty();
        log.apply(new Command.Chunk(second, NOW));
        assertThat(log.apply(new Command.Whole(manifest, NOW))).isEqualTo(Answer.DONE);
        assertThat(refer("alice", 0)).isEqualTo(Answer.written(1));
        assertThat(database.large().manifest(manifest.name())).contains(manifest);
    }

    @Test
    void chunksOfOtherLengthsThanTheValueHasAreNoValue() {
        log.apply(new Command.Chunk(second, NOW));
        Manifest lie = Manifest.of(4, List.of(ChunkName.of(second)));
        assertThat(log.apply(new Command.Whole(lie, NOW))).isEqualTo(Answer.MISSING);
    }

    @Test
    void whatIsKeptIsComparedWithItsChecksums() throws Exception {
        write();
        refer("alice", 0);
        database.verify();
        sweep(NOW.plusSeconds(100));
        database.verify();
        log.delete("alice", 1);
        sweep(NOW.plusSeconds(100));
        database.verify();
        write();
        database.verify();
        try (Connection disk = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("store/documents.db"));
                Statement statement = disk.createStatement()) {
            statement.execute("DELETE FROM chunk WHERE name = '" + ChunkName.of(second) + "'");
        }
        assertThatThrownBy(database::verify).isInstanceOf(DamagedException.class);
        assertThatThrownBy(() -> sweep(NOW.plusSeconds(100))).isInstanceOf(DamagedException.class);
    }

    @Test
    void theSameChunkTwiceIsOneFile() throws IOException {
        write();
        write();
        assertThat(files()).isEqualTo(2);
    }

    @Test
    void aRepeatChangesNothing() {
        write();
        byte[] digest = database.digest();
        database.apply(log.entries);
        assertThat(database.digest()).isEqualTo(digest);
    }

    @Test
    void theGraceCountsFromWhenItWasUsedLast() throws IOException {
        write();
        sweep(NOW);
        assertThat(files()).isEqualTo(2);
        long revision = refer("alice", 0).revision();
        sweep(NOW.plusSeconds(100));
        assertThat(files()).isEqualTo(2);
        Instant later = NOW.plusSeconds(200);
        log.apply(new Command.Put(
                new org.sipring.store.command.RequestId(9, 9, later), Log.key("alice"), new byte[2], revision));
        sweep(later);
        assertThat(database.large().isDue(later)).isFalse();
        assertThat(files()).isEqualTo(2);
        assertThat(database.large().isDue(later.plusMillis(1))).isTrue();
        sweep(later.plusMillis(1));
        assertThat(files()).isZero();
        assertThat(database.large().isDue(later.plusMillis(1))).isFalse();
        assertThat(database.large().manifest(manifest.name())).isEmpty();
    }

    @Test
    void whatIsSweptAndWrittenAnewInOneTransactionStays() throws IOException {
        log.apply(new Command.Chunk(second, NOW));
        Entry sweep = log.next(new Command.Sweep(NOW.plusSeconds(1)));
        Entry again = log.next(new Command.Chunk(second, NOW));
        database.apply(List.of(sweep, again));

        assertThat(database.large().chunk(ChunkName.of(second))).contains(second);
    }

    @Test
    void whatAnEndLeftIsGoneAfterTheNextStart() throws IOException {
        write();
        ChunkFolder chunks = Database.chunks(dir.resolve("store/documents.db"));
        byte[] unknown = {7};
        chunks.write(ChunkName.of(unknown), unknown);
        database.close();
        open();
        database.large().sweep();

        assertThat(files()).isEqualTo(2);
        assertThat(database.large().chunk(ChunkName.of(first))).contains(first);
    }

    @Test
    void replicasThatMissAFileAreNotEqual() throws IOException {
        write();
        byte[] digest = database.digest();
        Database.chunks(dir.resolve("store/documents.db")).remove(List.of(ChunkName.of(first)));

        assertThat(database.digest()).isNotEqualTo(digest);
        assertThat(database.large().chunk(ChunkName.of(first))).isEmpty();
        database.large().repair(ChunkName.of(first), first);
        assertThat(database.digest()).isEqualTo(digest);
    }

    @Test
    void whatNoValueHasIsNotPutBack() throws IOException {
        byte[] unknown = {7};
        database.large().repair(ChunkName.of(unknown), unknown);
        assertThat(files()).isZero();
        assertThatThrownBy(() -> {
                    write();
                    database.large().repair(ChunkName.of(first), unknown);
                })
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDocumentsReferencesAreOfItsChecksum() throws IOException {
        write();
        refer("alice", 0);
        assertThat(database.get(Log.key("alice")).orElseThrow().refersTo()).containsExactly(manifest.name());
        assertThat(database.list("accounts", "")).singleElement().satisfies(document -> assertThat(document.refersTo())
                .containsExactly(manifest.name()));
        database.moment((key, document) -> assertThat(document.refersTo()).containsExactly(manifest.name()));
    }
}
