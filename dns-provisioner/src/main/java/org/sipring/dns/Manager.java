package org.sipring.dns;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Chance;
import org.sipring.api.NodeId;
import org.sipring.api.Ticker;
import org.sipring.api.View;
import org.sipring.dns.fence.Fence;
import org.sipring.dns.fence.FenceMemory;
import org.sipring.dns.fence.FenceRule;
import org.sipring.dns.fence.FenceText;
import org.sipring.dns.plan.ZoneDiff;
import org.sipring.dns.plan.ZonePolicy;
import org.sipring.dns.zone.Primary;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;

/**
 * Keeps the zone as the view wants it, while this node is the one to write. The decisions are in {@link ZoneDiff} and
 * {@link Fence}, what is known in {@code ZoneCopy} and {@code FenceCopy}, what is written in {@code Reign}; this shell reads
 * the fence, and decides anew whenever something happened: a view, an answer, a timer.
 *
 * <p>Everything runs in the ticker's room, except {@link #state}, {@link #start} and {@link #stop}, which are callable
 * from any thread.
 */
public final class Manager {
    private final ZonePolicy policy;
    private final Ports ports;
    private final Ticker ticker;
    private final ZoneCopy zone;
    private final FenceCopy fence;
    private final Correspondence primary;
    private final Reign reign;

    private boolean stopped;
    private Ticker.@Nullable Timer timer;
    private volatile DnsState state;

    /**
     * A manager that does nothing yet.
     *
     * @param policy the operator's decisions
     * @param ports what it works with
     */
    public Manager(ZonePolicy policy, Ports ports) {
        this(policy, ports, FenceRule.EXACT);
    }

    Manager(ZonePolicy policy, Ports ports, FenceRule rule) {
        this.policy = policy;
        this.ports = ports;
        ticker = ports.ticker();
        zone = new ZoneCopy(policy, ticker);
        fence = new FenceCopy(ports.self(), ports.memory(), ticker, zone);
        primary = new Correspondence(ports.primary(), ticker, this::act);
        reign = new Reign(policy, rule, ports.chance(), fence, zone, primary);
        state = DnsState.unknown(ports.self(), "starts");
    }

    /**
     * What a manager works with.
     *
     * @param self this node
     * @param primary the fence
     * @param views tells who is on the platform
     * @param ticker the manager's room; nobody else's timers may block it
     * @param chance gives nonces
     * @param memory remembers the epoch on this node's disk
     */
    public record Ports(
            NodeId self, Primary primary, ViewSource views, Ticker ticker, Chance chance, FenceMemory memory) {}

    /** Begins to follow the view. Call it once. */
    public void start() {
        ports.views().onView(next -> ticker.execute(() -> see(next)));
    }

    /** Stops for good. An update under way may still be applied: the fence takes care of that. */
    public void stop() {
        ticker.execute(() -> {
            stopped = true;
            primary.end();
            sleep();
        });
    }

    /**
     * What this node knows of the platform's DNS.
     *
     * @return the newest state
     */
    public DnsState state() {
        return state;
    }

    private void see(View next) {
        if (fence.see(next)) {
            zone.changed();
            primary.news();
            act();
        }
    }

    private void act() {
        if (stopped || primary.busy()) {
            return;
        }
        sleep();
        next(ticker.nanos()).match(() -> {}, pause -> timer = ticker.after(pause, this::act));
        report();
    }

    private void sleep() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Does the next thing to do, or finds that there is none. */
    private Next next(long now) {
        if (!fence.isManager()) {
            reign.end();
            return new Next.Idle(FenceCopy.WATCH);
        }
        Duration pause = primary.pause(now);
        if (pause.compareTo(Duration.ZERO) > 0) {
            return new Next.Idle(pause);
        }
        if (fence.isDue(now)) {
            return readFence();
        }
        if (!fence.isCandidate()) {
            reign.end();
            return fence.untilDue(now);
        }
        return reign.next(now);
    }

    private Next readFence() {
        RrKey key = policy.fence();
        Set<RrKey> keys = fence.isCandidate() ? Set.of(key, policy.soa()) : Set.of(key);
        return primary.read(Correspondence.FENCE_LIMIT, keys, this::fenceIs, fence::distrust);
    }

    private void fenceIs(Map<RrKey, RrSet> found) {
        Optional<RrSet> set = Optional.ofNullable(found.get(policy.fence()));
        fence.read(set, primary.began());
        zone.fenceSeen(set, FenceCopy.PROBE);
        primary.alarms().fence(fence.known(), policy.fence());
        Optional.ofNullable(found.get(policy.soa())).ifPresent(primary.alarms()::soa);
    }

    private void report() {
        Fence known = fence.known();
        FenceMemory.Mark mark = known.text().map(FenceText::mark).orElse(FenceMemory.Mark.NONE);
        state = new DnsState(
                known.self(),
                known.holder(),
                mark.epoch(),
                mark.seq(),
                primary.lastSuccess(),
                Activity.of(Optional.of(fence).filter(FenceCopy::isManager).map(FenceCopy::permission)),
                reign.inSync(),
                primary.alarms().list());
    }
}
