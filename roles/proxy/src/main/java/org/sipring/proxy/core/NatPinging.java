package org.sipring.proxy.core;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.sipring.api.Meter;

/**
 * How phones behind a NAT are pinged, and what all loops of a node count of it. Callable from any thread.
 *
 * @param every how often a flow is pinged; zero for never
 * @param flows how many are pinged now
 * @param crowded counts a REGISTER over a flow that should be pinged as well, and is not, because so many are
 */
public record NatPinging(Duration every, LongAdder flows, Runnable crowded) {
    /**
     * Pings that are counted.
     *
     * @param every how often a flow is pinged; zero for never
     * @param meter where to count
     * @return how phones are pinged
     */
    public static NatPinging of(Duration every, Meter meter) {
        LongAdder flows = new LongAdder();
        meter.gauge("sipring_sip_nat_pinged", "Flows of phones behind a NAT that are pinged now.", flows::sum);
        Runnable crowded = meter.counter(
                "sipring_sip_nat_unpinged_total",
                "Registrations from behind a NAT whose flow is not pinged because too many are.");
        return new NatPinging(every, flows, crowded);
    }
}
