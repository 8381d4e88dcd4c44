package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.ratis.server.raftlog.RaftLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.store.watch.Watchers;

/** What Ratis asks of it after its end. */
final class ReplicaMachineTest {
    @TempDir
    private Path dir = Path.of("");

    @Test
    void aLastSnapshotThatIsAskedForTooLateIsNoFault() throws IOException {
        try (ReplicaMachine machine = new ReplicaMachine(dir.resolve("documents.db"), new Watchers(), Runnable::run)) {
            assertThat(machine.takeSnapshot()).isEqualTo(RaftLog.INVALID_LOG_INDEX);
        }
    }
}
