package org.sipring.dns.plan;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.sipring.api.NodeId;
import org.sipring.api.View;
import org.sipring.dns.zone.RrKey;

/**
 * What follows from a zone as read and a view: all that a manager decides by.
 *
 * @param asked the keys that were read
 * @param plan what the zone shall be
 * @param published the nodes that it names as joinable now, or did a moment ago: what a view is measured against
 * @param needs the keys that must have been read before the difference may be believed
 * @param diff what turns the one into the other
 */
public record Outlook(Set<RrKey> asked, ZonePlan plan, Set<NodeId> published, Set<RrKey> needs, ZoneDiff diff) {
    /**
     * Draws the conclusions. Pure.
     *
     * @param zone as far as it was read; from a part of it follow only a part of the needs, and no diff to believe
     * @param view the members
     * @param policy the operator's decisions
     * @param now the time, for the age of nodes that left
     * @return what follows
     */
    public static Outlook of(Zone zone, View view, ZonePolicy policy, Instant now) {
        Registry registry = Registry.of(zone, policy);
        ZonePlan plan = ZonePlanner.plan(view, policy, Departures.of(registry, view, policy, now));
        Set<RrKey> needs = new HashSet<>(ZoneDiff.needs(plan, registry, policy));
        needs.add(policy.joinable());
        return new Outlook(
                zone.asked(),
                plan,
                Published.nodes(zone, registry, policy, now),
                needs,
                ZoneDiff.of(plan, zone, registry, policy));
    }

    /**
     * What is needed and was not read yet.
     *
     * @return empty when the difference may be believed
     */
    public Set<RrKey> missing() {
        Set<RrKey> missing = new HashSet<>(needs);
        missing.removeAll(asked);
        return missing;
    }
}
