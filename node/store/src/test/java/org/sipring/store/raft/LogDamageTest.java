package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sipring.store.group.ReplicaName;

/** What a disk does to a replica's log is repaired, or refused in words; nothing acknowledged is lost silently. */
@Tag("acceptance")
@Timeout(60)
final class LogDamageTest {
    private static final byte[] GARBAGE = "garbage of the disk ".repeat(40).getBytes(StandardCharsets.UTF_8);
    private static final int HALF = 30;
    private static final int AHEAD = 1_000;

    private final Path dir;
    private final TestGroup group;
    private final Written written;

    LogDamageTest(@TempDir Path dir) throws Exception {
        this.dir = dir;
        group = new TestGroup(dir);
        written = new Written(group);
    }

    @AfterEach
    void stop() throws IOException {
        group.close();
    }

    /** What a disk may do. */
    private enum Damage {
        A_BIT_OF_AN_ENTRY {
            @Override
            void to(Path log) throws IOException {
                Disk.flip(log, Written.name(3));
            }
        },
        /** Which Ratis takes for the end of the log, and cuts off all behind it. */
        A_BIT_OF_A_LENGTH {
            @Override
            void to(Path log) throws IOException {
                Disk.flip(log, "RaftLog1".length(), 0x40);
            }
        };

        abstract void to(Path log) throws IOException;
    }

    // The file that is written to.
    private Path log(String node) throws IOException {
        return Disk.newest(dir.resolve(node), "log_");
    }

    private Path logOfDocuments(String node) throws IOException {
        for (Path file : Disk.all(dir.resolve(node), "log_")) {
            if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(Written.name(3))) {
                return file;
            }
        }
        throw new IllegalStateException("the documents are in no log of " + node);
    }

    private void append(byte... more) throws IOException {
        byte[] whole = Files.readAllBytes(log("n1"));
        byte[] longer = Arrays.copyOf(whole, whole.length + more.length);
        System.arraycopy(more, 0, longer, whole.length, more.length);
        Files.write(log("n1"), longer);
    }

    private void goesOn() throws Exception {
        group.seat(1).restart();
        written.isThere(1);
        written.more("after-it");
        group.seat(1).restart();
        written.isThere(1);
    }

    private void goesOnWithoutAlarm() throws Exception {
        goesOn();
        assertThat(group.seat(1).replica().trouble()).isEmpty();
    }

    @Test
    void whatIsAllocatedAheadIsNoDamage() throws Exception {
        written.byAll();
        append(new byte[AHEAD]);
        goesOnWithoutAlarm();
    }

    @Test
    void garbageBehindTheLogIsCutOff() throws Exception {
        written.byAll();
        append(GARBAGE);
        goesOnWithoutAlarm();
    }

    @Test
    void aWriteThatWasCutShortIsCutOff() throws Exception {
        written.byAll();
        byte[] whole = Files.readAllBytes(log("n1"));
        // Behind the last entry, in what was allocated ahead, the begin of another.
        append(Arrays.copyOfRange(whole, "RaftLog1".length(), "RaftLog1".length() + HALF));
        append(new byte[AHEAD]);
        goesOnWithoutAlarm();
    }

    /** As after a loss of power, where the database is newer than the log. */
    @Test
    void whatTheDatabaseHasIsThereAlsoWhereTheLogEndsBefore() throws Exception {
        written.byAll();
        byte[] whole = Files.readAllBytes(log("n1"));
        Files.write(log("n1"), Arrays.copyOf(whole, whole.length - HALF));
        goesOnWithoutAlarm();
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void aLogWhoseEntriesTheDatabaseHasBeginsAnewAndAnAlarmSaysSo(Damage damage) throws Exception {
        written.byAll();
        damage.to(logOfDocuments("n1"));
        goesOn();
        assertThat(group.seat(1).replica().trouble())
                .hasValueSatisfying(
                        alarm -> assertThat(alarm).contains("check the disk").contains("log.damaged"));
    }

    private void loseDatabase(String node) throws IOException {
        for (Path file : Disk.all(dir.resolve(node), "documents.db")) {
            Files.delete(file);
        }
        for (Path file : Disk.all(dir.resolve(node), "snapshot.")) {
            Files.delete(file);
        }
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void whatNothingElseHasOneAloneRefusesToStartWithoutAndKeepsIt(Damage damage) throws Exception {
        written.byAll();
        Path log = logOfDocuments("n1");
        damage.to(log);
        byte[] damaged = Files.readAllBytes(log);
        loseDatabase("n1");
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> group.seat(1).restart())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(log + " is damaged: entry ")
                    .hasMessageContaining("Keep a copy of " + dir.resolve("n1"))
                    .hasMessageContaining("sipring restore FILE")
                    .hasMessageNotContainingAny("move", "delete");
        }
        assertThat(log).hasBinaryContent(damaged);
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void ofThreeOneIsPutAsideAndGetsAllFromTheOthersUnderAnotherName(Damage damage) throws Exception {
        group.grow();
        group.grow();
        written.byAll();
        group.seat(1).restart();
        group.seat(3).replica().close();
        List<Peer> before = group.peers();
        ReplicaName former = group.seat(3).replica().self().name();
        damage.to(logOfDocuments("n3"));
        loseDatabase("n3");
        group.seat(3).restart();

        assertThat(group.seat(3).replica().self().name()).isNotEqualTo(former);
        assertThat(group.seat(3).replica().trouble())
                .hasValueSatisfying(alarm ->
                        assertThat(alarm).contains("is being made anew").contains(former.folder() + ".damaged"));
        group.change(before, group.peers());
        written.isThere(3);
        assertThat(group.seat(3).replica().trouble())
                .hasValueSatisfying(alarm -> assertThat(alarm).contains("has been made anew"));
    }

    @Test
    void aDamagedLogIsNotRecoveredFrom() throws Exception {
        written.byAll();
        Damage.A_BIT_OF_A_LENGTH.to(logOfDocuments("n1"));
        assertThatThrownBy(() -> Recovery.open(
                        dir.resolve("n1"), group.seat(1).replica().self().name().node()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is damaged: entry ")
                .hasMessageContaining("start the node");
    }
}
