package org.sipring.dns.plan;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.api.View;
import org.sipring.dns.zone.RrKey;

/**
 * What follows from a zone as read and a view: all that a manager decides by. Computed once, and only what is asked: who
 * stands by needs no plan. For one thread.
 */
public final class Outlook {
    private final Zone zone;
    private final View view;
    private final ZonePolicy policy;
    private final Instant now;
    private final Registry registry;
    private final Set<NodeId> published;
    private @Nullable ZonePlan plan;
    private @Nullable Set<RrKey> needs;
    private @Nullable ZoneDiff diff;

    private Outlook(Zone zone, View view, ZonePolicy policy, Instant now, Registry registry) {
        this.zone = zone;
        this.view = view;
        this.policy = policy;
        this.now = now;
        this.registry = registry;
        published = Published.nodes(zone, registry, policy, now);
    }

    /**
     * Draws the conclusions, when they are asked for.
     *
     * @param zone as far as it was read; from a part of it follow only a part of the needs, and no diff to believe
     * @param view the members
     * @param policy the operator's decisions
     * @param now the time, for the age of nodes that left
     * @return what follows
     */
    public static Outlook of(Zone zone, View view, ZonePolicy policy, Instant now) {
        return new Outlook(zone, view, policy, now, Registry.of(zone, policy));
    }

    /**
     * What a view is measured against.
     *
     * @return the nodes that the zone names as joinable now, or did a moment ago
     */
    public Set<NodeId> published() {
        return published;
    }

    /**
     * What the zone shall be.
     *
     * @return the plan
     */
    public ZonePlan plan() {
        ZonePlan known = plan;
        if (known == null) {
            known = ZonePlanner.plan(view, policy, Departures.of(registry, view, policy, now));
            plan = known;
        }
        return known;
    }

    /**
     * What must have been read before the difference may be believed.
     *
     * @return the keys
     */
    public Set<RrKey> needs() {
        Set<RrKey> known = needs;
        if (known == null) {
            known = new HashSet<>(ZoneDiff.needs(plan(), registry, policy));
            known.add(policy.joinable());
            needs = known;
        }
        return known;
    }

    /**
     * What turns the zone into the plan.
     *
     * @return the difference
     */
    public ZoneDiff diff() {
        ZoneDiff known = diff;
        if (known == null) {
            known = ZoneDiff.of(plan(), zone, registry, policy);
            diff = known;
        }
        return known;
    }

    /**
     * What is needed and was not read yet.
     *
     * @return empty when the difference may be believed
     */
    public Set<RrKey> missing() {
        Set<RrKey> missing = new HashSet<>(needs());
        missing.removeAll(zone.asked());
        return missing;
    }
}
