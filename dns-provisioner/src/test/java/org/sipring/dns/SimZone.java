package org.sipring.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.dns.plan.Views.POLICY;

import java.time.Duration;
import java.util.Optional;
import org.sipring.api.View;
import org.sipring.dns.fence.FenceRule;
import org.sipring.dns.plan.Views;
import org.sipring.dns.plan.ZonePlanner;
import org.sipring.dns.zone.RrKey;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimTime;

/** The zone of one simulated primary, and the managers that keep it. */
abstract class SimZone {
    static final RrKey PROXY = new RrKey("proxy.sipring.test.", "A");

    final SimTime time = new SimTime();
    final SimPrimary primary = new SimPrimary(time, new SimChance(1));

    final SimNode start(int number) {
        return SimNode.start(number, time, primary, FenceRule.EXACT);
    }

    static void both(SimNode one, SimNode other, int... numbers) {
        one.sees(numbers);
        other.sees(numbers);
    }

    final void pass(Duration duration) {
        time.advance(duration);
    }

    final void assertZone(int... numbers) {
        View view = Views.ready(numbers);
        ZonePlanner.plan(view, POLICY)
                .sets()
                .forEach((key, set) ->
                        assertThat(primary.zone().get(key)).as(key.toString()).isEqualTo(Optional.of(set)));
    }
}
