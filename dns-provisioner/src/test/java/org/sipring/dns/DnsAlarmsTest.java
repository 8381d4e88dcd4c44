package org.sipring.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.dns.plan.Views.POLICY;
import static org.sipring.dns.plan.Views.node;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.api.RoleName;
import org.sipring.dns.fence.FenceMemory;
import org.sipring.dns.fence.FenceRule;
import org.sipring.dns.fence.FenceText;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;
import org.sipring.dns.zone.UpdateResult;
import org.sipring.dns.zone.ZoneData;

/** What needs the operator is an alarm, until it is right. */
class DnsAlarmsTest extends SimZone {
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
    void aKeyThatIsNotThereIsAnAlarmUntilItComes() {
        primary.noKey = true;
        SimNode n1 = start(1);
        n1.sees(1);
        pass(Duration.ofSeconds(10));
        assertThat(n1.manager.state().alarms()).extracting(Alarm::kind).containsExactly(Alarm.Kind.NO_KEY);
        primary.noKey = false;
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
    void aMissingFenceIsWrittenAnewWithAHigherEpochAndAnAlarm() {
        SimNode n1 = start(1);
        n1.sees(1, 2, 3);
        pass(Duration.ofSeconds(25));
        primary.edit(new Update.Delete(POLICY.fence()));
        pass(Duration.ofSeconds(10));
        assertThat(primary.fence().map(FenceText::mark)).contains(new FenceMemory.Mark(2, 4));
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
        FenceText other = new FenceText("other", new FenceMemory.Mark(7, 7), new NodeId("x1"), "00");
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
}
