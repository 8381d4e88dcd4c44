package org.sipring.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.dns.plan.Views.node;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sipring.api.RoleName;
import org.sipring.dns.fence.FenceMemory;
import org.sipring.dns.fence.FenceText;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.Update;
import org.sipring.dns.zone.ZoneData;

/** The node that writes, against a simulated primary: what the zone looks like, and when. */
class HolderTest extends SimZone {
    /** How long a node that left still counts, as RATIONALE.md has it. */
    private static final Duration MOMENT = Duration.ofSeconds(5);

    @Test
    void theFirstNodeWritesTheZone() {
        SimNode n1 = start(1);
        n1.sees(1);
        pass(Duration.ofMillis(100));
        assertZone(1);
        assertThat(n1.manager.state().inSync()).isTrue();
        assertThat(primary.fence().map(FenceText::mark)).contains(new FenceMemory.Mark(1, 1));
        assertThat(n1.manager.state().alarms()).isEmpty();
    }

    @Test
    void aChangedViewIsInTheZoneAtOnce() {
        SimNode n1 = start(1);
        n1.sees(1, 2, 3);
        pass(Duration.ofMillis(100));
        n1.sees(1, 3);
        pass(Duration.ofMillis(100));
        assertThat(primary.at("proxy.sipring.test.", "A").orElseThrow().data())
                .containsExactly("127.0.0.11", "127.0.0.13");
        assertThat(primary.at("_sip._udp.n2.edge.sipring.test.", "SRV")
                        .orElseThrow()
                        .data())
                .containsExactly("20 100 5060 n1.sipring.test.", "20 100 5060 n3.sipring.test.");
        assertThat(n1.manager.state().inSync()).isTrue();
    }

    @Test
    void theHolderRefreshesEveryTenSeconds() {
        start(1).sees(1);
        pass(Duration.ofSeconds(60));
        assertThat(primary.fence().map(FenceText::mark)).contains(new FenceMemory.Mark(1, 6));
    }

    @Test
    void aHolderThatLosesTheOthersOneByOneAndIsTheLastTakesThemOutAMomentLater() {
        SimNode n1 = start(1);
        n1.sees(1, 2, 3);
        pass(Duration.ofSeconds(20));
        n1.sees(1, 3);
        pass(Duration.ofMillis(100));
        n1.sees(1);
        pass(Duration.ofSeconds(1));
        assertThat(primary.zone().get(PROXY).orElseThrow().data()).containsExactly("127.0.0.11", "127.0.0.13");
        pass(MOMENT.plus(FenceCopy.PROBE));
        assertThat(primary.zone().get(PROXY).orElseThrow().data()).containsExactly("127.0.0.11");
    }

    @Test
    void ofTwoNodesTheHolderRemovesTheOtherAtOnce() {
        SimNode n1 = start(1);
        n1.sees(1, 2);
        pass(Duration.ofSeconds(1));
        n1.sees(1);
        pass(Duration.ofMillis(100));
        assertThat(primary.at("n2.sipring.test.", "A")).isEmpty();
    }

    @Test
    void withoutAPermittedManagerTheZoneStaysAsItIs() {
        SimNode n1 = start(1);
        n1.sees(1, 2);
        pass(Duration.ofSeconds(1));
        ZoneData before = primary.zone();
        n1.overlay.show(node(1, "127.0.0.11", RoleName.PROXY));
        pass(Duration.ofMinutes(2));
        assertThat(primary.zone()).isEqualTo(before);
    }

    @Test
    void aPrimaryThatWasDownForTenMinutesIsRightWithinFiveSeconds() {
        SimNode n1 = start(1);
        n1.sees(1, 2, 3);
        pass(Duration.ofSeconds(1));
        primary.down = true;
        n1.sees(1, 3);
        pass(Duration.ofMinutes(10));
        assertThat(n1.alarms(Alarm.Kind.NAME_SERVER_DOWN)).isTrue();
        primary.down = false;
        pass(Duration.ofSeconds(5));
        assertThat(primary.at("n2.sipring.test.", "A")).isEmpty();
        assertThat(n1.manager.state().inSync()).isTrue();
        assertThat(n1.alarms(Alarm.Kind.NAME_SERVER_DOWN)).isFalse();
    }

    @Test
    void anUpdateWithoutAnswerIsLookedForByItsNonceAndNotSentAgain() {
        SimNode n1 = start(1);
        n1.sees(1);
        pass(Duration.ofMillis(3));
        primary.unanswered = 100;
        pass(Duration.ofMillis(100));
        primary.unanswered = 0;
        pass(Duration.ofSeconds(6));
        assertZone(1);
        assertThat(primary.applied()).hasSizeLessThanOrEqualTo(2);
        assertThat(n1.manager.state().inSync()).isTrue();
    }

    @Test
    void whatAStrangerChangedIsPutRightWithinThirtySeconds() {
        SimNode n1 = start(1);
        n1.sees(1);
        pass(Duration.ofSeconds(1));
        primary.edit(new Update.Delete(PROXY), new Update.Delete(new RrKey("n1.sipring.test.", "A")));
        pass(Duration.ofSeconds(31));
        assertZone(1);
        assertThat(n1.manager.state().inSync()).isTrue();
    }

    @Test
    void anEdgeNameIsKeptForADayAcrossManagers() {
        SimNode n1 = start(1);
        SimNode n2 = start(2);
        both(n1, n2, 1, 2, 3);
        pass(Duration.ofSeconds(1));
        both(n1, n2, 1, 2);
        pass(Duration.ofMinutes(1));
        n1.host.kill();
        n2.sees(2);
        n2.host.jump(Duration.ofHours(23));
        pass(Duration.ofMinutes(1));
        assertThat(primary.at("n3.edge.sipring.test.", "A").orElseThrow().data())
                .containsExactly("127.0.0.12");
        n2.host.jump(Duration.ofHours(1));
        pass(Duration.ofMinutes(1));
        assertThat(primary.at("n3.edge.sipring.test.", "A")).isEmpty();
    }
}
