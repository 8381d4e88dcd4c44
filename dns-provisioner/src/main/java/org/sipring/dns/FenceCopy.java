package org.sipring.dns;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sipring.api.NodeId;
import org.sipring.api.RoleName;
import org.sipring.api.Ticker;
import org.sipring.api.View;
import org.sipring.dns.fence.Fence;
import org.sipring.dns.fence.Fence.Permission;
import org.sipring.dns.fence.FenceMemory;
import org.sipring.dns.fence.FenceText;
import org.sipring.dns.zone.RrSet;

/**
 * The fence as this node has it under the newest view, what this node may do by it, and when it is to be read or written
 * again. Lives in the manager's room.
 */
final class FenceCopy {
    /** How often a candidate without permission looks. */
    static final Duration PROBE = Duration.ofSeconds(2);

    /** How often a manager in waiting looks. */
    static final Duration WATCH = Duration.ofSeconds(10);

    private final FenceMemory memory;
    private final Ticker ticker;
    private final ZoneCopy zone;

    private View view = new View(0, "", List.of());
    private Fence fence;

    /** Whether it must be read before anything else. */
    private boolean stale = true;

    // Monotonic nanoseconds.
    private long readAt;
    private long writtenAt;

    FenceCopy(NodeId self, FenceMemory memory, Ticker ticker, ZoneCopy zone) {
        this.memory = memory;
        this.ticker = ticker;
        this.zone = zone;
        fence = Fence.unread(self, view.platform(), memory.recall());
        writtenAt = ticker.nanos();
    }

    View view() {
        return view;
    }

    /** What is known. */
    Fence known() {
        return fence;
    }

    /** A view has come; tells whether it is another one. Whoever waited until now has not followed the fence. */
    boolean see(View next) {
        boolean changed = next.id() != view.id();
        stale |= changed && !isCandidate();
        view = next;
        fence = fence.under(next);
        return changed;
    }

    boolean isManager() {
        return view.member(fence.self())
                .filter(member -> member.roles().contains(RoleName.MANAGER))
                .isPresent();
    }

    /** Whether this node is the one that may ask for permission. */
    boolean isCandidate() {
        return fence.isCandidate(view);
    }

    Permission permission() {
        return fence.permission(view, zone.outlook(view).published());
    }

    boolean isDue(long now) {
        return stale || now - readAt >= interval().toNanos();
    }

    Next.Idle untilDue(long now) {
        return Next.Idle.until(readAt, interval(), now);
    }

    private Duration interval() {
        Permission permission = permission();
        if (permission == Permission.WAIT) {
            Duration left = Fence.SILENCE.minus(fence.unchanged());
            return left.compareTo(PROBE) < 0 ? left : PROBE;
        }
        return permission == Permission.STANDBY ? WATCH : permission.granted() ? ZoneCopy.REREAD : PROBE;
    }

    /** Whether this node must write, changes or none. */
    boolean wantsWriting(long now) {
        return !isHolder() || fence.isLost() || now - writtenAt >= Fence.REFRESH.toNanos();
    }

    private boolean isHolder() {
        return fence.holder().filter(fence.self()::equals).isPresent();
    }

    Next.Idle untilRefresh(long now) {
        return Next.Idle.until(writtenAt, Fence.REFRESH, now);
    }

    /** It was read; empty where there is none. */
    void read(Optional<RrSet> set, long asked) {
        readAt = ticker.nanos();
        stale = false;
        become(fence.read(set, asked, readAt, view));
    }

    /** This node sends an update. */
    void sending() {
        fence = fence.sending();
    }

    /** The update was applied. */
    void wrote(FenceText text, RrSet set) {
        writtenAt = ticker.nanos();
        become(fence.wrote(text, set, writtenAt));
    }

    private void become(Fence next) {
        if (!next.remembered().equals(fence.remembered())) {
            memory.remember(next.remembered());
        }
        fence = next;
    }

    /** Somebody else may have written. */
    void distrust() {
        stale = true;
    }

    /** This node is not, or no longer, the one to write. */
    void idle() {
        fence = fence.idle();
    }
}
