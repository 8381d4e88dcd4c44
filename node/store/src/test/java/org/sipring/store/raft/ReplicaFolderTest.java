package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.Chance;
import org.sipring.testkit.SimChance;

/** A folder whose name is the replica's. */
final class ReplicaFolderTest {
    private static final UUID GROUP = new UUID(7, 7);

    @TempDir
    private Path dir = Path.of("");

    private final Chance chance = new SimChance(1);

    private ReplicaFolder open() throws IOException {
        return ReplicaFolder.in(dir.resolve("store"), chance);
    }

    @Test
    void itKeepsItsName() throws IOException {
        assertThat(open().name()).isEqualTo(open().name());
    }

    @Test
    void onceWipedItIsAnotherAndFoundsNothing() throws IOException {
        ReplicaFolder folder = open();
        assertThat(folder.mayFound(GROUP)).isTrue();
        Files.writeString(folder.documents(), "what was");

        folder.wipe();
        ReplicaFolder anew = open();

        assertThat(anew.name()).isNotEqualTo(folder.name());
        assertThat(folder.documents()).doesNotExist();
        assertThat(anew.documents()).doesNotExist();
        assertThat(anew.mayFound(GROUP)).isFalse();
    }

    @Test
    void onlyItsOwnerMayLookIntoIt() throws IOException {
        open();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("store"))))
                .isEqualTo("rwx------");
    }

    @Test
    void whatAnotherPlatformHasAcknowledgedIsNotMixedWithThis() throws IOException {
        ReplicaFolder folder = open();
        Files.createDirectories(folder.raft().resolve(GROUP.toString()));
        folder.refuseOthers(GROUP);

        assertThatThrownBy(() -> folder.refuseOthers(new UUID(7, 8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is a replica of another platform's store: move it away");
    }

    @Test
    void aDeletionThatWasCutShortIsFinished() throws IOException {
        ReplicaFolder folder = open();
        Path gone = dir.resolve("store").resolve(folder.name() + ".gone");
        Files.createDirectories(gone.resolve("raft"));
        Files.writeString(gone.resolve("raft").resolve("log"), "what was");

        assertThat(open().name()).isEqualTo(folder.name());
        assertThat(gone).doesNotExist();
    }

    @Test
    void whoKnowsTheGroupDoesNotFoundIt() throws IOException {
        ReplicaFolder folder = open();
        Path current = folder.raft().resolve(GROUP.toString()).resolve("current");
        Files.createDirectories(current);
        assertThat(folder.mayFound(GROUP)).as("before its first entry").isTrue();
        Files.writeString(current.resolve("raft-meta.conf"), "who is in it");

        assertThat(folder.mayFound(GROUP)).isFalse();
    }

    @Test
    void twoAreRefusedInWords() throws IOException {
        open();
        Files.createDirectory(dir.resolve("store").resolve(new UUID(1, 2).toString()));

        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(dir.resolve("store") + " holds more than one replica: move all of them away");
    }
}
