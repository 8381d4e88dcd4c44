package org.sipring.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.dns.plan.Views.id;
import static org.sipring.dns.plan.Views.node;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeState;
import org.sipring.dns.fence.FenceText;
import org.sipring.dns.zone.ZoneData;

/** Who writes next, when the holder dies, hangs, leaves, or loses sight of the others. */
class TakeOverTest extends SimZone {
    @Test
    void underAMajorityTakeOverIsImmediate() {
        SimNode n1 = start(1);
        SimNode n2 = start(2);
        both(n1, n2, 1, 2, 3);
        pass(Duration.ofSeconds(5));
        n1.host.kill();
        n2.sees(2, 3);
        pass(Duration.ofMillis(100));
        assertThat(primary.fence().map(FenceText::holder)).contains(id(2));
        assertThat(primary.fence().map(text -> text.mark().epoch())).contains(2L);
        assertThat(primary.at("n1.sipring.test.", "A")).isEmpty();
    }

    @Test
    void aHolderThatIsCutOffAndLosesTheOthersOneByOneLosesTheZone() {
        SimNode n1 = start(1);
        SimNode n2 = start(2);
        both(n1, n2, 1, 2, 3);
        pass(Duration.ofSeconds(20));
        n1.sees(1, 3);
        pass(Duration.ofMillis(100));
        n1.sees(1);
        n2.sees(2, 3);
        pass(Duration.ofSeconds(60));
        assertThat(primary.fence().map(FenceText::holder)).contains(id(2));
        assertThat(primary.zone().get(PROXY).orElseThrow().data()).containsExactly("127.0.0.12", "127.0.0.13");
    }

    @Test
    void ofTwoNodesADeadHolderIsRemovedAfterThirtySecondsOfSilence() {
        SimNode n1 = start(1);
        SimNode n2 = start(2);
        both(n1, n2, 1, 2);
        pass(Duration.ofSeconds(15));
        n1.host.kill();
        n2.sees(2);
        pass(Duration.ofSeconds(15));
        assertThat(primary.fence().map(FenceText::holder)).contains(id(1));
        assertThat(n2.manager.state().activity()).contains("waits");
        pass(Duration.ofSeconds(18));
        assertThat(primary.fence().map(FenceText::holder)).contains(id(2));
        assertThat(primary.at("n1.sipring.test.", "A")).isEmpty();
    }

    @Test
    void theSmallerSideOfAPartitionNeverWrites() {
        SimNode n1 = start(1);
        SimNode n2 = start(2);
        both(n1, n2, 1, 2, 3);
        pass(Duration.ofSeconds(5));
        n1.sees(1);
        n2.sees(2, 3);
        pass(Duration.ofMinutes(5));
        assertThat(primary.fence().map(FenceText::holder)).contains(id(2));
        assertThat(primary.fence().map(text -> text.mark().epoch())).contains(2L);
        both(n1, n2, 1, 2, 3);
        pass(Duration.ofMillis(100));
        assertThat(primary.fence().map(FenceText::holder)).contains(id(1));
        assertZone(1, 2, 3);
    }

    @Test
    void whoeverLosesTheFenceYieldsInsteadOfTakingItBackWithoutEnd() {
        SimNode n1 = start(1);
        SimNode n2 = start(2);
        n1.sees(1, 2, 3);
        pass(Duration.ofSeconds(5));
        n2.sees(2, 3);
        pass(Duration.ofMinutes(2));
        assertThat(primary.fence().map(FenceText::holder)).contains(id(2));
        assertThat(primary.fence().map(text -> text.mark().epoch())).contains(2L);
    }

    @Test
    void aHungHolderThatGoesOnChangesNothingUntilItSeesTheMembersAgain() {
        SimNode n1 = start(1);
        SimNode n2 = start(2);
        both(n1, n2, 1, 2, 3);
        pass(Duration.ofSeconds(5));
        n1.host.hang();
        n2.sees(2, 3);
        pass(Duration.ofSeconds(23));
        ZoneData before = primary.zone();
        n1.host.resume();
        pass(Duration.ofMillis(500));
        assertThat(primary.zone()).isEqualTo(before);
    }

    @Test
    void aDrainingManagerHandsOver() {
        SimNode n1 = start(1);
        SimNode n2 = start(2);
        both(n1, n2, 1, 2);
        pass(Duration.ofSeconds(1));
        n1.overlay.show(node(1, NodeState.DRAINING), node(2));
        n2.overlay.show(node(1, NodeState.DRAINING), node(2));
        pass(Duration.ofMillis(100));
        assertThat(primary.fence().map(FenceText::holder)).contains(id(2));
        assertThat(primary.at("n1.sipring.test.", "A")).isPresent();
        assertThat(primary.at("proxy.sipring.test.", "A").orElseThrow().data()).containsExactly("127.0.0.12");
    }
}
