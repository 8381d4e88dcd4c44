package org.sipring.dns;

import java.util.HexFormat;
import java.util.Set;
import org.sipring.api.Chance;
import org.sipring.dns.fence.FenceRule;
import org.sipring.dns.fence.FencedUpdate;
import org.sipring.dns.plan.ZoneDiff;
import org.sipring.dns.plan.ZonePolicy;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;

/**
 * What the candidate does: it reads the zone and, with permission, writes what the view wants otherwise. Lives in the
 * manager's room.
 */
final class Reign {
    private static final int NONCE_OCTETS = 8;

    private final ZonePolicy policy;
    private final FenceRule rule;
    private final Chance chance;
    private final FenceCopy fence;
    private final ZoneCopy zone;
    private final Correspondence primary;
    private boolean inSync;

    Reign(ZonePolicy policy, FenceRule rule, Chance chance, FenceCopy fence, ZoneCopy zone, Correspondence primary) {
        this.policy = policy;
        this.rule = rule;
        this.chance = chance;
        this.fence = fence;
        this.zone = zone;
        this.primary = primary;
    }

    /** Whether the zone is known to be as planned. */
    boolean inSync() {
        return inSync;
    }

    /** Another one reigns. */
    void end() {
        rest();
        zone.forget();
        primary.alarms().idle();
    }

    private void rest() {
        fence.idle();
        inSync = false;
    }

    /** Does the next thing to do, or finds that there is none. */
    Next next(long now) {
        Set<RrKey> unread = zone.unread(fence.view());
        if (!unread.isEmpty()) {
            return primary.read(
                    Correspondence.ZONE_LIMIT,
                    unread,
                    found -> zone.read(unread, found, fence.view()),
                    fence::distrust);
        }
        if (!fence.permission().granted()) {
            rest();
            return fence.untilDue(now);
        }
        return write(now);
    }

    private Next write(long now) {
        ZoneDiff diff = zone.outlook(fence.view()).diff();
        zone.verify(diff);
        primary.alarms().zone(diff, zone.notKept(diff));
        inSync = zone.isAsPlanned(diff);
        boolean news = !diff.changes().isEmpty() && !zone.notKept(diff);
        if (news || fence.wantsWriting(now)) {
            return send(FencedUpdate.of(fence.known(), diff, nonce(), rule, policy));
        }
        if (zone.isDue(now)) {
            zone.distrust();
            return next(now);
        }
        return fence.untilRefresh(now).or(fence.untilDue(now)).or(zone.untilDue(now));
    }

    private String nonce() {
        return HexFormat.of().formatHex(chance.bytes(NONCE_OCTETS));
    }

    private Next send(FencedUpdate next) {
        fence.sending();
        return primary.update(next.update(), () -> applied(next), this::distrust);
    }

    private void applied(FencedUpdate update) {
        RrSet set = update.text().set(policy);
        fence.wrote(update.text(), set);
        zone.applied(set, update.diff());
        primary.alarms().fence(fence.known(), policy.fence());
    }

    // It may have been applied, now or later, or another node has written: the fence tells.
    private void distrust() {
        fence.distrust();
        zone.distrust();
        inSync = false;
    }
}
