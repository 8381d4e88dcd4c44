package org.sipring.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.dns.plan.Views.POLICY;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.sipring.dns.fence.FenceRule;
import org.sipring.dns.plan.Views;
import org.sipring.dns.zone.Primary;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;
import org.sipring.dns.zone.UpdateResult;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimTime;

/** What {@code dns show} and {@code dns verify} say. */
class ZoneReportTest {
    private static final RrKey PROXY = new RrKey("proxy.sipring.test.", "A");

    private final SimTime time = new SimTime();
    private final SimPrimary primary = new SimPrimary(time, new SimChance(1));

    @Test
    void aRightZoneIsShownWithItsFence() {
        write();
        ZoneReport report = report(1, 2);
        assertThat(report.good()).isTrue();
        assertThat(report.show())
                .contains("ok       n1.sipring.test. 30 A 127.0.0.11")
                .contains("fence    written by n1, epoch 1, update 1");
        assertThat(report.verify()).contains("RRsets are right");
    }

    @Test
    void whatIsMissingDifferentOrForeignIsNamed() {
        primary.edit(
                new Update.Replace(RrSet.of("_sip._udp.sipring.test.", "SRV", 60, List.of("1 1 5060 other.test."))));
        write();
        primary.edit(
                new Update.Delete(PROXY),
                new Update.Replace(RrSet.of("n1.sipring.test.", "A", 30, List.of("192.0.2.1"))));
        ZoneReport report = report(1, 2);
        assertThat(report.good()).isFalse();
        assertThat(report.verify())
                .contains("proxy.sipring.test. A missing")
                .contains("n1.sipring.test. A differs")
                .contains("_sip._udp.sipring.test. SRV was not made by Sipring");
    }

    @Test
    void anEmptyZoneHasNoFence() {
        assertThat(report(1).problems())
                .anyMatch(problem -> problem.startsWith("_sipring-epoch.sipring.test. TXT is missing"));
    }

    private void write() {
        SimNode.start(1, time, primary, FenceRule.EXACT).sees(1, 2);
        time.advance(Duration.ofSeconds(1));
    }

    private ZoneReport report(int... numbers) {
        return ZoneReport.read(atOnce(), POLICY, Views.ready(numbers), time.now())
                .toCompletableFuture()
                .join();
    }

    /** The same zone, read without a network. */
    private Primary atOnce() {
        return new Primary() {
            @Override
            public CompletionStage<Map<RrKey, RrSet>> read(Set<RrKey> keys) {
                Map<RrKey, RrSet> found = new TreeMap<>(primary.zone().sets());
                found.keySet().retainAll(keys);
                return CompletableFuture.completedFuture(found);
            }

            @Override
            public CompletionStage<UpdateResult> update(Update update) {
                throw new AssertionError("a report writes nothing");
            }
        };
    }
}
