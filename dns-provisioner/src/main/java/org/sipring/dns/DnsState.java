package org.sipring.dns;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sipring.api.NodeId;

/**
 * How one node sees the platform's DNS.
 *
 * @param reporter who says so
 * @param holder who wrote last, where that is known
 * @param epoch counts the changes of holder
 * @param seq counts the updates
 * @param lastSuccess when the primary last answered the reporter
 * @param activity what the reporter does about it, for people
 * @param inSync whether the zone is known to be as planned; only the holder knows
 * @param alarms what is wrong
 */
public record DnsState(
        NodeId reporter,
        Optional<NodeId> holder,
        long epoch,
        long seq,
        Optional<Instant> lastSuccess,
        String activity,
        boolean inSync,
        List<Alarm> alarms) {
    /** Copies the alarms. */
    public DnsState {
        alarms = List.copyOf(alarms);
    }

    /**
     * What a node knows that never looked.
     *
     * @param reporter the node
     * @param activity why it did not look
     * @return a state with nothing in it
     */
    public static DnsState unknown(NodeId reporter, String activity) {
        return new DnsState(reporter, Optional.empty(), 0, 0, Optional.empty(), activity, false, List.of());
    }
}
