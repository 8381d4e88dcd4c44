package org.sipring.dns;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Ticker;
import org.sipring.api.View;
import org.sipring.dns.plan.Outlook;
import org.sipring.dns.plan.Zone;
import org.sipring.dns.plan.ZoneDiff;
import org.sipring.dns.plan.ZonePolicy;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;

/** The zone as this node has it, and how far it may be believed. Lives in the manager's room. */
final class ZoneCopy {
    /** How long it is believed while the fence stays the same. */
    static final Duration REREAD = Duration.ofSeconds(30);

    private final ZonePolicy policy;
    private final Ticker ticker;

    /** Changes of ours that were acknowledged and not yet read back. */
    private final Set<Update.Change> unverified = new HashSet<>();

    private Zone zone = Zone.UNREAD;
    private @Nullable Outlook outlook;

    /** The fence under which the zone was read, or last written by this node. */
    private Optional<RrSet> basis = Optional.empty();

    /** Whether {@link #zone} is the zone, as far as the fence tells. */
    private boolean known;

    /** Whether the zone was read since this node last changed it. */
    private boolean readBack;

    // Monotonic nanoseconds.
    private long readAt;

    ZoneCopy(ZonePolicy policy, Ticker ticker) {
        this.policy = policy;
        this.ticker = ticker;
    }

    /** What follows from the zone and a view, which is the same one until {@link #changed} is called. */
    Outlook outlook(View view) {
        Outlook now = outlook == null ? Outlook.of(zone, view, policy, ticker.now()) : outlook;
        outlook = now;
        return now;
    }

    /** The view is another one, or time has passed: a node that left a moment ago may count no more. */
    void changed() {
        outlook = null;
    }

    private void know(Zone next) {
        zone = next;
        changed();
    }

    /** The fence was read: under another one, or after a while, the zone must be read again. */
    void fenceSeen(Optional<RrSet> set, Duration slack) {
        known &= basis.equals(set)
                && ticker.nanos() - readAt < REREAD.minus(slack).toNanos();
        basis = set;
        changed();
    }

    /** What must be read before the zone may be believed: all at first, later what the plan touches for the first time. */
    Set<RrKey> unread(View view) {
        return known ? outlook(view).missing() : outlook(view).needs();
    }

    /** In quiet times nothing changes, and nothing needs to be computed again but the age of departed nodes. */
    void read(Set<RrKey> keys, Map<RrKey, RrSet> found, View view) {
        Zone next = known ? zone.with(keys, found) : new Zone(keys, new TreeMap<>(found));
        if (!next.equals(zone) || !outlook(view).plan().departed().isEmpty()) {
            know(next);
        }
        if (!known) {
            known = true;
            readBack = true;
            readAt = ticker.nanos();
        }
    }

    /** This node's update was applied. */
    void applied(RrSet fence, ZoneDiff diff) {
        basis = Optional.of(fence);
        if (!diff.changes().isEmpty()) {
            know(zone.with(diff.changes()));
        }
        unverified.addAll(diff.changes());
        readBack &= diff.changes().isEmpty();
    }

    /** Compares what was read with what was written. */
    void verify(ZoneDiff diff) {
        if (readBack && diff.changes().isEmpty()) {
            unverified.clear();
        }
    }

    /** Read back, the zone still lacks what this node wrote. Writing it again at once would change nothing. */
    boolean notKept(ZoneDiff diff) {
        return readBack && !diff.changes().isEmpty() && unverified.containsAll(diff.changes());
    }

    boolean isAsPlanned(ZoneDiff diff) {
        return readBack && diff.changes().isEmpty() && diff.foreign().isEmpty();
    }

    /** Tells whether the zone should be read again, because this node changed it or some time ago. */
    boolean isDue(long now) {
        return !readBack || now - readAt >= REREAD.toNanos();
    }

    Next.Idle untilDue(long now) {
        return Next.Idle.until(readAt, REREAD, now);
    }

    /** Somebody else may have written. */
    void distrust() {
        known = false;
    }

    /** This node is not the one to write. */
    void forget() {
        know(Zone.UNREAD);
        known = false;
        unverified.clear();
    }
}
