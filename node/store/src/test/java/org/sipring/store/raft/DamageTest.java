package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.store.database.DamagedException;
import org.sipring.store.database.Database;
import org.sipring.store.group.ReplicaName;

/** What a disk does to a replica's database is repaired, or refused in words; nothing wrong is served. */
@Tag("acceptance")
@Timeout(60)
final class DamageTest {
    private final Path dir;
    private final TestGroup group;
    private final Written written;

    DamageTest(@TempDir Path dir) throws Exception {
        this.dir = dir;
        group = new TestGroup(dir);
        written = new Written(group);
    }

    @AfterEach
    void stop() throws IOException {
        group.close();
    }

    private static Path documents(Path folder) throws IOException {
        return Disk.newest(folder, "documents.db");
    }

    private static void damage(Path folder) throws Exception {
        Disk.checkpoint(documents(folder));
        Disk.flip(documents(folder), "accounts\0" + Written.name(3));
    }

    @Test
    void oneAloneMakesADamagedDatabaseAnewFromItsLog() throws Exception {
        written.byAll();
        damage(dir.resolve("n1"));
        group.seat(1).restart();

        written.isThere(1);
        Path kept = documents(dir.resolve("n1")).resolveSibling("documents.db.damaged");
        assertThat(group.seat(1).replica().trouble()).hasValueSatisfying(alarm -> assertThat(alarm)
                .contains("has been made anew: check the disk, then delete")
                .contains(kept.toString()));
        Files.delete(kept);
        assertThat(group.seat(1).replica().trouble()).isEmpty();
    }

    @Test
    void soItDoesWhereTheHeaderIsNone() throws Exception {
        written.byAll();
        Disk.flip(documents(dir.resolve("n1")), 3, 1);
        group.seat(1).restart();

        written.isThere(1);
    }

    @Test
    void soItDoesWhereTheFileIsGone() throws Exception {
        written.byAll();
        for (Path file : Disk.all(dir.resolve("n1"), "documents.db")) {
            Files.delete(file);
        }
        group.seat(1).restart();

        written.isThere(1);
    }

    @Test
    void ofThreeOneDoesSoUnderItsName() throws Exception {
        group.grow();
        group.grow();
        written.byAll();
        group.seat(1).restart();
        group.seat(3).replica().close();
        Peer former = group.seat(3).replica().self();
        damage(dir.resolve("n3"));
        group.seat(3).restart();

        written.isThere(3);
        group.untilEqual();
        assertThat(group.seat(3).replica().self()).isEqualTo(former);
    }

    private static void damageAndLoseTheLog(Path folder) throws Exception {
        damage(folder);
        for (Path file : Disk.all(folder, "log_")) {
            Files.delete(file);
        }
    }

    @Test
    void ofThreeOneThatHasNothingLeftIsPutAsideAndCopiesAllUnderAnotherName() throws Exception {
        group.grow();
        group.grow();
        written.byAll();
        group.seat(1).restart();
        group.seat(3).replica().close();
        List<Peer> before = group.peers();
        ReplicaName former = group.seat(3).replica().self().name();
        damageAndLoseTheLog(dir.resolve("n3"));
        group.seat(3).restart();

        assertThat(group.seat(3).replica().self().name()).isNotEqualTo(former);
        assertThat(group.seat(3).replica().life()).isEqualTo(Life.WAITS);
        Path kept = dir.resolve("n3").resolve(former.folder() + ".damaged");
        assertThat(kept).isDirectory();
        assertThat(group.seat(3).replica().trouble())
                .hasValueSatisfying(alarm ->
                        assertThat(alarm).contains("is being made anew").contains("keep [" + kept + ']'));

        group.change(before, group.peers());
        written.isThere(3);
        assertThat(group.seat(3).replica().trouble())
                .hasValueSatisfying(alarm ->
                        assertThat(alarm).contains("has been made anew").contains("delete"));
    }

    @Test
    void oneAloneThatHasNothingLeftRefusesToStartAndTouchesNothing() throws Exception {
        written.byAll();
        damageAndLoseTheLog(dir.resolve("n1"));
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> group.seat(1).restart())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is damaged: ")
                    .hasMessageContaining("Keep a copy of " + dir.resolve("n1"))
                    .hasMessageContaining("sipring restore FILE")
                    .hasMessageNotContainingAny("move", "delete");
        }
    }

    /** The first node's, which has applied all there is. */
    private Replica running() throws IOException {
        group.seat(1).restart();
        written.more("one-more");
        return group.seat(1).replica();
    }

    @Test
    void whatIsDamagedWhileItRunsIsFoundWithinAnHourThoughNobodyReadsItAndMadeAnew() throws Exception {
        written.byAll();
        Replica replica = running();
        replica.look(0);
        damage(dir.resolve("n1"));

        replica.look(Duration.ofMinutes(59).toNanos());
        assertThat(replica.trouble()).isEmpty();
        replica.look(Duration.ofMinutes(60).toNanos());

        written.isThere(1);
        assertThat(documents(dir.resolve("n1")).resolveSibling("documents.db.damaged"))
                .exists();
    }

    @Test
    void whoReadsItBeforeIsRefused() throws Exception {
        written.byAll();
        Replica replica = running();
        damage(dir.resolve("n1"));

        assertThatThrownBy(() -> replica.database().orElseThrow().verify()).isInstanceOf(DamagedException.class);
        assertThat(replica.life()).isEqualTo(Life.DAMAGED);
        replica.look(0);
        written.isThere(1);
    }

    private static List<Path> copies(Path folder) throws IOException {
        return Disk.all(folder, "snapshot.").stream()
                .filter(file -> !file.toString().endsWith(".md5"))
                .toList();
    }

    private static boolean isWhole(Path copy) {
        try (Database database = Database.open(copy)) {
            database.verify();
            return true;
        } catch (DamagedException | IOException damage) {
            return false;
        }
    }

    @Test
    void noCopyIsMadeOfADamagedOne() throws Exception {
        written.byAll();
        Replica replica = running();
        damage(dir.resolve("n1"));
        replica.close();

        assertThat(copies(dir.resolve("n1"))).isNotEmpty().allMatch(DamageTest::isWhole);
        group.seat(1).restart();
        written.isThere(1);
    }

    @Test
    void aDamagedCopyIsMadeAnewFromTheDatabase() throws Exception {
        written.byAll();
        Path copy = Disk.newest(dir.resolve("n1"), "snapshot.");
        Disk.flip(copy, "accounts\0" + Written.name(3));
        group.seat(1).restart();

        written.isThere(1);
        assertThat(copies(dir.resolve("n1"))).isNotEmpty().allMatch(DamageTest::isWhole);
    }
}
