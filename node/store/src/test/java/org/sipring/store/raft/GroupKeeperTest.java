package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sipring.store.raft.GroupKeeper.Grace;

final class GroupKeeperTest {
    @Test
    void nodesWaitTenMinutesForAReplicaThatIsAway() {
        Duration silence = Duration.ofMinutes(10);
        assertThat(Grace.USUAL.isOver(silence)).isFalse();
        assertThat(Grace.USUAL.isOver(silence.plusNanos(1))).isTrue();
    }
}
