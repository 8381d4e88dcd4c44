package org.sipring.dns;

import java.util.ArrayList;
import java.util.List;

/**
 * An update that is applied only while the fence is as last read, and replaces it.
 *
 * @param text the fence that it leaves
 * @param diff what it changes beside the fence
 * @param update for the primary
 */
record FencedUpdate(FenceText text, ZoneDiff diff, Update update) {
    static FencedUpdate of(Fence fence, ZoneDiff diff, String nonce, FenceRule rule, ZonePolicy policy) {
        FenceText text = rule.next(fence.text(), fence.next(nonce));
        List<Update.Prerequisite> prerequisites =
                new ArrayList<>(rule.prerequisites(fence.seen().flatMap(Fence.Seen::set), policy.fence()));
        prerequisites.addAll(diff.prerequisites());
        List<Update.Change> changes = new ArrayList<>(List.of(new Update.Replace(text.set(policy))));
        changes.addAll(diff.changes());
        return new FencedUpdate(text, diff, new Update(prerequisites, changes));
    }
}
