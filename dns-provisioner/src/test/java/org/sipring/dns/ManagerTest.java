package org.sipring.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.dns.Views.POLICY;
import static org.sipring.dns.Views.id;
import static org.sipring.dns.Views.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.api.View;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimTime;

/** The manager against a simulated primary: what the zone looks like, and when. */
class ManagerTest {
    private static final RrKey PROXY = new RrKey("proxy.sipring.test.", "A");

    private final SimTime time = new SimTime();
    private final SimPrimary primary = new SimPrimary(time, new SimChance(1));

    @Test
    void theFirstNodeWritesTheZone() {
        SimNode n1 = start(1);
        n1.sees(1);
        pass(Duration.ofMillis(100));
        assertZone(1);
        assertThat(n1.manager.state().inSync()).isTrue();
        assertThat(primary.fence().map(FenceText::mark)).contains(new Memory.Mark(1, 1));
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
        assertThat(primary.fence().map(FenceText::mark)).contains(new Memory.Mark(1, 6));
    }

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
    void aHolderThatLosesTheOthersOneByOneAndIsTheLastTakesThemOutAMomentLater() {
        SimNode n1 = start(1);
        n1.sees(1, 2, 3);
        pass(Duration.ofSeconds(20));
        n1.sees(1, 3);
        pass(Duration.ofMillis(100));
        n1.sees(1);
        pass(Duration.ofSeconds(1));
        assertThat(primary.zone().get(PROXY).orElseThrow().data()).containsExactly("127.0.0.11", "127.0.0.13");
        pass(Published.MOMENT.plus(Manager.PROBE));
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
    void aWrongKeyIsAnAlarmUntilItIsRight() {
        primary.verdict = UpdateResult.NOT_AUTHENTIC;
        SimNode n1 = start(1);
        n1.sees(1);
        pass(Duration.ofSeconds(10));
        assertThat(n1.alarms(Alarm.Kind.WRONG_KEY)).isTrue();
        assertThat(n1.alarms(Alarm.Kind.NAME_SERVER_DOWN)).isFalse();
        primary.verdict = null;
        pass(Duration.ofSeconds(3));
        assertThat(n1.manager.state().alarms()).isEmpty();
        assertZone(1);
    }

    @Test
    void aKeyThatIsRejectedForQueriesAlreadyIsTheSameAlarm() {
        primary.wrongKey = true;
        SimNode n1 = start(1);
        n1.sees(1);
        pass(Duration.ofSeconds(10));
        assertThat(n1.manager.state().alarms()).extracting(Alarm::kind).containsExactly(Alarm.Kind.WRONG_KEY);
        primary.wrongKey = false;
        pass(Duration.ofSeconds(3));
        assertThat(n1.manager.state().alarms()).isEmpty();
        assertZone(1);
    }

    @Test
    void aRefusalIsAnAlarm() {
        primary.verdict = UpdateResult.REFUSED;
        SimNode n1 = start(1);
        n1.sees(1);
        pass(Duration.ofSeconds(10));
        assertThat(n1.alarms(Alarm.Kind.UPDATE_REFUSED)).isTrue();
    }

    @Test
    void aForeignRrSetIsLeftAloneAndReportedUntilItIsGone() {
        RrSet stranger = RrSet.of(PROXY.name(), "A", 300, List.of("192.0.2.1"));
        primary.edit(new Update.Replace(stranger));
        SimNode n1 = start(1);
        n1.sees(1);
        pass(Duration.ofSeconds(1));
        assertThat(primary.at(PROXY.name(), "A")).contains(stranger);
        assertThat(primary.at("_sip._udp.sipring.test.", "SRV")).isPresent();
        assertThat(n1.alarms(Alarm.Kind.FOREIGN_RRSET)).isTrue();
        primary.edit(new Update.Delete(PROXY));
        pass(Duration.ofSeconds(31));
        assertThat(n1.alarms(Alarm.Kind.FOREIGN_RRSET)).isFalse();
        assertZone(1);
    }

    @Test
    void aForeignRrSetThatComesFirstIsNotOverwritten() {
        SimNode n1 = start(1);
        n1.overlay.show(node(1, "127.0.0.11", RoleName.MANAGER));
        pass(Duration.ofSeconds(1));
        RrSet stranger = RrSet.of(PROXY.name(), "A", 300, List.of("192.0.2.1"));
        primary.edit(new Update.Replace(stranger));
        n1.sees(1);
        pass(Duration.ofSeconds(1));
        assertThat(primary.at(PROXY.name(), "A")).contains(stranger);
        assertThat(n1.alarms(Alarm.Kind.FOREIGN_RRSET)).isTrue();
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
    void aMissingFenceIsWrittenAnewWithAHigherEpochAndAnAlarm() {
        SimNode n1 = start(1);
        n1.sees(1, 2, 3);
        pass(Duration.ofSeconds(25));
        primary.edit(new Update.Delete(POLICY.fence()));
        pass(Duration.ofSeconds(10));
        assertThat(primary.fence().map(FenceText::mark)).contains(new Memory.Mark(2, 4));
        assertThat(n1.alarms(Alarm.Kind.FENCE_LOST)).isTrue();
        pass(Alarms.SHOWN);
        assertThat(n1.alarms(Alarm.Kind.FENCE_LOST)).isFalse();
    }

    @Test
    void aZoneFromABackupIsNoticedAlsoAfterARestart() {
        SimNode n1 = start(1);
        n1.sees(1);
        pass(Duration.ofSeconds(1));
        ZoneData backup = primary.zone();
        pass(Duration.ofMinutes(1));
        n1.host.kill();
        primary.restore(backup);
        SimNode again = SimNode.start(1, time, primary, FenceRule.EXACT, n1.disk);
        again.sees(1);
        pass(Duration.ofSeconds(1));
        assertThat(again.alarms(Alarm.Kind.FENCE_LOST)).isTrue();
        assertThat(primary.fence().map(text -> text.mark().epoch())).contains(2L);
    }

    @Test
    void aFenceOfAnotherPlatformStopsEverything() {
        FenceText other = new FenceText("other", new Memory.Mark(7, 7), new NodeId("x1"), "00");
        primary.edit(new Update.Replace(other.set(POLICY)));
        ZoneData before = primary.zone();
        SimNode n1 = start(1);
        n1.sees(1);
        pass(Duration.ofMinutes(2));
        assertThat(primary.zone()).isEqualTo(before);
        assertThat(n1.alarms(Alarm.Kind.FOREIGN_FENCE)).isTrue();
    }

    @Test
    void aLargeSoaMinimumIsWarnedOf() {
        RrSet soa = RrSet.of(
                "sipring.test.", "SOA", 30, List.of("ns.sipring.test. hostmaster.sipring.test. 5 3600 60 604800 3600"));
        primary.restore(ZoneData.of(
                "sipring.test.", List.of(soa, RrSet.of("sipring.test.", "NS", 30, Set.of("ns.sipring.test.")))));
        SimNode n1 = start(1);
        n1.sees(1);
        pass(Duration.ofSeconds(1));
        assertThat(n1.alarms(Alarm.Kind.SOA_MINIMUM)).isTrue();
    }

    @Test
    void aPrimaryThatDoesNotKeepWhatItAcknowledgesIsAnAlarmAndNotAHotLoop() {
        primary.sabotage = update -> new Update(
                update.prerequisites(),
                update.changes().stream()
                        .filter(change -> !change.name().equals(PROXY.name()))
                        .toList());
        SimNode n1 = start(1);
        n1.sees(1);
        pass(Duration.ofSeconds(60));
        assertThat(n1.alarms(Alarm.Kind.NOT_KEPT)).isTrue();
        assertThat(n1.manager.state().inSync()).isFalse();
        assertThat(primary.applied()).hasSizeLessThan(10);
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

    private SimNode start(int number) {
        return SimNode.start(number, time, primary, FenceRule.EXACT);
    }

    private static void both(SimNode one, SimNode other, int... numbers) {
        one.sees(numbers);
        other.sees(numbers);
    }

    private void pass(Duration duration) {
        time.advance(duration);
    }

    private void assertZone(int... numbers) {
        View view = Views.ready(numbers);
        ZonePlanner.plan(view, POLICY)
                .sets()
                .forEach((key, set) ->
                        assertThat(primary.zone().get(key)).as(key.toString()).isEqualTo(Optional.of(set)));
    }
}
