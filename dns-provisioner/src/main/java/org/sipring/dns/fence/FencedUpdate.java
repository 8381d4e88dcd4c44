package org.sipring.dns.fence;

import java.util.ArrayList;
import java.util.List;
import org.sipring.dns.plan.ZoneDiff;
import org.sipring.dns.plan.ZonePolicy;
import org.sipring.dns.zone.Update;

/**
 * An update that is applied only while the fence is as last read, and replaces it.
 *
 * @param text the fence that it leaves
 * @param diff what it changes beside the fence
 * @param update for the primary
 */
public record FencedUpdate(FenceText text, ZoneDiff diff, Update update) {
    /**
     * Puts the fence around a change.
     *
     * @param fence as last read or written
     * @param diff the change; without any, the update only refreshes the fence
     * @param nonce hexadecimal digits that never came before
     * @param rule {@link FenceRule#EXACT}, but in tests
     * @param policy the operator's decisions, for the fence's name and TTL
     * @return the update, with what it stands for
     */
    public static FencedUpdate of(Fence fence, ZoneDiff diff, String nonce, FenceRule rule, ZonePolicy policy) {
        FenceText text = rule.next(fence.text(), fence.next(nonce));
        List<Update.Prerequisite> prerequisites =
                new ArrayList<>(rule.prerequisites(fence.seen().flatMap(Fence.Seen::set), policy.fence()));
        prerequisites.addAll(diff.prerequisites());
        List<Update.Change> changes = new ArrayList<>(List.of(new Update.Replace(text.set(policy))));
        changes.addAll(diff.changes());
        return new FencedUpdate(text, diff, new Update(prerequisites, changes));
    }
}
