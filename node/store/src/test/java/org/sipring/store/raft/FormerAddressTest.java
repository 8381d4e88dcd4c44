package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.NodeId;
import org.sipring.store.MemoryStore;
import org.sipring.store.group.GroupDocuments;

/** A replica without memory at the address of one that its group still counts on. */
@Tag("acceptance")
@Timeout(60)
final class FormerAddressTest implements Nodes {
    private final TestGroup group;

    FormerAddressTest(@TempDir Path dir) throws Exception {
        group = new TestGroup(dir);
    }

    @AfterEach
    void stop() throws IOException {
        group.close();
    }

    private void three() throws Exception {
        group.write("alice");
        group.grow();
        group.grow();
    }

    // Of the first two.
    private TestGroup.Seat follower() {
        return group.seats().subList(0, 2).stream()
                .filter(seat -> seat.replica().leading().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private void untilReplaced() throws InterruptedException {
        List<GroupKeeper> keepers = group.seats().stream()
                .map(seat -> new GroupKeeper(
                        seat.replica(), this, new GroupDocuments(new MemoryStore()), TestPlatform.PATIENCE))
                .toList();
        while (group.seat(3).replica().database().isEmpty()) {
            keepers.forEach(keeper -> keeper.look(System.nanoTime()));
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void itAcknowledgesNothingInTheNameOfTheFormerOneAndIsTakenInUnderItsOwn() throws Exception {
        three();
        group.seat(3).restartEmpty();
        // Who leads from now on does not know what the former one had, and would give it all.
        group.seat(1).restart();
        group.write("bob");
        TestGroup.Seat other = follower();
        other.replica().close();

        assertThatThrownBy(() -> group.write("carol", Duration.ofSeconds(3)))
                .as("one of three has it")
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(group.seat(3).replica().life()).isEqualTo(Life.WAITS);

        other.restart();
        untilReplaced();
        group.untilEqual();
    }

    @Override
    public List<Peer> running() {
        return group.peers();
    }

    @Override
    public int expected() {
        return 3;
    }

    @Override
    public Optional<BigInteger> certificate(NodeId node) {
        return Optional.empty();
    }

    @Override
    public boolean isRevoked(BigInteger certificate) {
        return false;
    }
}
