package org.sipring.dns.fence;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.sipring.api.NodeId;
import org.sipring.api.RoleName;
import org.sipring.api.View;
import org.sipring.dns.zone.RrSet;

/**
 * What one node knows of the fence, and whether it may write. Pure: each event gives a new fence.
 *
 * @param self this node
 * @param platform its platform
 * @param remembered how far the fence had come, over all that was ever read or written here
 * @param seen the last text read or written, when there was a read
 * @param taken the holder whose text this node replaced, or tried to; itself once that was applied
 * @param yielded the id of the view under which another node took the fence away from this one
 */
public record Fence(
        NodeId self,
        String platform,
        FenceMemory.Mark remembered,
        Optional<Seen> seen,
        Optional<NodeId> taken,
        OptionalLong yielded) {
    /** How long an unchanged text means that nobody else writes. Three refreshes of a holder. */
    public static final Duration SILENCE = Duration.ofSeconds(30);

    /** How often a holder writes, changes or none. */
    public static final Duration REFRESH = Duration.ofSeconds(10);

    /** What follows for a writer. */
    public enum Permission {
        /** Another node is the candidate, or none is. */
        STANDBY,
        /** The fence was never read. */
        UNREAD,
        /** The fence is not ours to change: it is of another platform, or no text of Sipring at all. */
        FOREIGN,
        /** May write: the view holds most of the published nodes, or nothing was ever published. */
        MAJORITY,
        /** May write: nobody else wrote for {@link #SILENCE}. */
        SILENCE,
        /** Must wait for {@link #SILENCE}. */
        WAIT;

        /**
         * Tells whether this is a permission.
         *
         * @return true when the node may write now
         */
        public boolean granted() {
            return this == MAJORITY || this == SILENCE;
        }
    }

    /**
     * The fence as the primary showed it.
     *
     * @param set the RRset; empty when there was none
     * @param since when it was first known, in nanoseconds of this node's monotonic clock
     * @param until the beginning of the last read that showed it unchanged, likewise
     */
    public record Seen(Optional<RrSet> set, long since, long until) {
        Optional<FenceText> text() {
            return set.flatMap(FenceText::parse);
        }
    }

    /**
     * What a node knows that never read the fence.
     *
     * @param self this node
     * @param platform its platform
     * @param remembered how far the fence had come, by this node's disk
     * @return a fence without permission
     */
    public static Fence unread(NodeId self, String platform, FenceMemory.Mark remembered) {
        return new Fence(self, platform, remembered, Optional.empty(), Optional.empty(), OptionalLong.empty());
    }

    /**
     * The node sees a view. Whoever was wrong about the members may be right under another one: yielding ends.
     *
     * @param view the view now
     * @return the fence from now on
     */
    public Fence under(View view) {
        boolean same = yielded.isPresent() && yielded.getAsLong() == view.id();
        return new Fence(self, view.platform(), remembered, seen, taken, same ? yielded : OptionalLong.empty());
    }

    /**
     * The primary was read.
     *
     * @param set the fence as it is
     * @param asked when the read began, in nanoseconds of this node's monotonic clock
     * @param now when its answer came, likewise
     * @param view the view now
     * @return the fence from now on
     */
    public Fence read(Optional<RrSet> set, long asked, long now, View view) {
        Seen next = seen.filter(before -> before.set().equals(set))
                .map(before -> new Seen(set, before.since(), Math.max(asked, before.until())))
                .orElseGet(() -> new Seen(set, now, now));
        Optional<NodeId> holder = ours(next.text()).map(FenceText::holder);
        boolean lost =
                taken.isPresent() && holder.isPresent() && !holder.equals(Optional.of(self)) && !holder.equals(taken);
        return new Fence(
                self,
                platform,
                ours(next.text()).map(text -> remembered.max(text.mark())).orElse(remembered),
                Optional.of(next),
                lost ? Optional.empty() : taken,
                lost ? OptionalLong.of(view.id()) : yielded);
    }

    /**
     * This node sends an update, conditioned on the text last seen.
     *
     * @return the fence from now on
     */
    public Fence sending() {
        Optional<NodeId> holder = text().map(FenceText::holder);
        return new Fence(self, platform, remembered, seen, holder.or(() -> Optional.of(self)), yielded);
    }

    /**
     * The update was applied.
     *
     * @param text what is there now
     * @param set the same, as an RRset
     * @param now when its answer came, in nanoseconds of this node's monotonic clock
     * @return the fence from now on
     */
    public Fence wrote(FenceText text, RrSet set, long now) {
        return new Fence(
                self,
                platform,
                remembered.max(text.mark()),
                Optional.of(new Seen(Optional.of(set), now, now)),
                Optional.of(self),
                OptionalLong.empty());
    }

    /**
     * This node is not, or no longer, the one to write.
     *
     * @return the fence from now on
     */
    public Fence idle() {
        return new Fence(self, platform, remembered, seen, Optional.empty(), yielded);
    }

    /**
     * Whether this node may write now.
     *
     * @param view the view now
     * @param published the nodes that the zone names as joinable
     * @return the permission, or why there is none
     */
    public Permission permission(View view, Set<NodeId> published) {
        if (!isCandidate(view)) {
            return Permission.STANDBY;
        }
        if (seen.isEmpty()) {
            return Permission.UNREAD;
        }
        if (isForeign()) {
            return Permission.FOREIGN;
        }
        boolean yields = yielded.isPresent() && yielded.getAsLong() == view.id();
        if (!yields && (isFirst(published) || majority(view, published, holder()))) {
            return Permission.MAJORITY;
        }
        return silent() ? Permission.SILENCE : Permission.WAIT;
    }

    /**
     * Tells whether this node is the one that may ask for permission.
     *
     * @param view the view now
     * @return true for one node of a view: the oldest ready member permitted the role
     */
    public boolean isCandidate(View view) {
        return view.oldestServing(RoleName.MANAGER)
                .filter(member -> member.id().equals(self))
                .isPresent();
    }

    /** More than half of the published nodes, or exactly half including the holder. */
    static boolean majority(View view, Set<NodeId> published, Optional<NodeId> holder) {
        long seen =
                published.stream().filter(node -> view.member(node).isPresent()).count();
        boolean withHolder = holder.flatMap(view::member).isPresent();
        return 2 * seen > published.size() || (2 * seen == published.size() && withHolder);
    }

    /**
     * How long the text has been seen unchanged.
     *
     * @return counted on the safe side, see RATIONALE.md; zero at first
     */
    public Duration unchanged() {
        return seen.map(last -> Duration.ofNanos(last.until() - last.since())).orElse(Duration.ZERO);
    }

    /**
     * Tells whether there is a fence that is not of this platform.
     *
     * @return true when it is not ours to change
     */
    public boolean isForeign() {
        return seen.flatMap(Seen::set).isPresent() && text().isEmpty();
    }

    /**
     * Tells whether the fence is gone, or older than it once was: somebody deleted it or restored the zone from a backup.
     *
     * @return false also before the first read
     */
    public boolean isLost() {
        return seen.isPresent()
                && !isForeign()
                && text().map(FenceText::mark).orElse(FenceMemory.Mark.NONE).compareTo(remembered) < 0;
    }

    /**
     * Who wrote last.
     *
     * @return empty without a text of this platform
     */
    public Optional<NodeId> holder() {
        return text().map(FenceText::holder);
    }

    /**
     * The text of this platform last seen.
     *
     * @return empty before the first read, and for a fence that is missing or foreign
     */
    public Optional<FenceText> text() {
        return ours(seen.flatMap(Seen::text));
    }

    /** The text that this node writes next: seq + 1; epoch + 1 on a change of holder, or when the fence was lost. */
    FenceText next(String nonce) {
        boolean reign = !isLost() && holder().equals(Optional.of(self));
        FenceMemory.Mark last =
                text().map(FenceText::mark).orElse(FenceMemory.Mark.NONE).max(remembered);
        return new FenceText(
                platform, new FenceMemory.Mark(reign ? last.epoch() : last.epoch() + 1, last.seq() + 1), self, nonce);
    }

    private boolean isFirst(Set<NodeId> published) {
        return published.isEmpty() && seen.flatMap(Seen::set).isEmpty();
    }

    private boolean silent() {
        return unchanged().compareTo(SILENCE) >= 0;
    }

    private Optional<FenceText> ours(Optional<FenceText> text) {
        return text.filter(found -> found.platform().equals(platform));
    }
}
