package org.sipring.dns;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Chance;
import org.sipring.api.NodeId;
import org.sipring.api.RoleName;
import org.sipring.api.Ticker;
import org.sipring.api.View;
import org.sipring.dns.fence.Fence;
import org.sipring.dns.fence.Fence.Permission;
import org.sipring.dns.fence.FenceMemory;
import org.sipring.dns.fence.FenceRule;
import org.sipring.dns.fence.FenceText;
import org.sipring.dns.fence.FencedUpdate;
import org.sipring.dns.plan.ZoneDiff;
import org.sipring.dns.plan.ZonePolicy;
import org.sipring.dns.zone.Primary;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.UpdateResult;

/**
 * Keeps the zone as the view wants it, while this node is the one to write. The decisions are in {@link ZoneDiff} and
 * {@link Fence}, what is known of the zone in {@code ZoneCopy}; this shell asks the primary, one request at a time, and
 * decides anew whenever something happened: a view, an answer, a timer.
 *
 * <p>Everything runs in the ticker's room, except {@link #state}, {@link #start} and {@link #stop}, which are callable
 * from any thread.
 */
public final class Manager {
    /** How often a candidate without permission looks. */
    static final Duration PROBE = Duration.ofSeconds(2);

    /** How often a manager in waiting reads the fence. */
    static final Duration WATCH = Duration.ofSeconds(10);

    /** Only a guard: a primary has a limit of its own, and a request that it still works on must not pile up. */
    private static final Duration READ_LIMIT = Duration.ofSeconds(3);

    private static final Duration WRITE_LIMIT = Duration.ofSeconds(5);
    private static final int NONCE_OCTETS = 8;

    private final ZonePolicy policy;
    private final Ports ports;
    private final FenceRule rule;
    private final Ticker ticker;
    private final Errand errand;
    private final Alarms alarms;
    private final ZoneCopy copy;
    private final Backoff backoff;

    private View view;
    private Fence fence;
    /** Whether the fence must be read before anything else. */
    private boolean stale = true;

    private boolean inSync;
    private boolean stopped;

    // Monotonic nanoseconds.
    private long fenceRead;
    private long written;

    private Optional<Instant> lastSuccess = Optional.empty();
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
        this.rule = rule;
        this.ticker = ports.ticker();
        this.errand = new Errand(ticker);
        this.alarms = new Alarms(ticker);
        this.copy = new ZoneCopy(policy, ticker);
        this.view = new View(0, "", List.of());
        this.fence = Fence.unread(ports.self(), view.platform(), ports.memory().recall());
        this.written = ticker.nanos();
        this.backoff = new Backoff(written);
        this.state = DnsState.unknown(fence.self(), "starts");
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
            errand.drop();
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
        boolean candidate = fence.isCandidate(view);
        boolean changed = next.id() != view.id();
        view = next;
        fence = fence.under(next);
        if (changed) {
            copy.changed();
            stale |= !candidate;
            backoff.end(ticker.nanos());
            act();
        }
    }

    private void act() {
        if (stopped || errand.busy()) {
            return;
        }
        sleep();
        move(ticker.nanos()).match(() -> {}, pause -> timer = ticker.after(pause, this::act));
        report();
    }

    private void sleep() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Does the next thing to do, or finds that there is none. */
    private Next move(long now) {
        if (!isManager()) {
            forget();
            return new Next.Idle(WATCH);
        }
        if (backoff.left(now).compareTo(Duration.ZERO) > 0) {
            return new Next.Idle(backoff.left(now));
        }
        if (stale || now - fenceRead >= interval().toNanos()) {
            return readFence();
        }
        if (!fence.isCandidate(view)) {
            forget();
            return new Next.Idle(until(fenceRead, interval(), now));
        }
        return manage(now);
    }

    private boolean isManager() {
        return view.member(fence.self())
                .filter(member -> member.roles().contains(RoleName.MANAGER))
                .isPresent();
    }

    private void forget() {
        fence = fence.idle();
        copy.forget();
        inSync = false;
        alarms.idle();
    }

    /** How often the fence is read. */
    private Duration interval() {
        Permission permission = permission();
        if (permission == Permission.WAIT) {
            Duration left = Fence.SILENCE.minus(fence.unchanged());
            return left.compareTo(PROBE) < 0 ? left : PROBE;
        }
        return permission == Permission.STANDBY ? WATCH : permission.granted() ? ZoneCopy.REREAD : PROBE;
    }

    private Permission permission() {
        return fence.permission(view, copy.outlook(view).published());
    }

    private static Duration until(long since, Duration interval, long now) {
        return Duration.ofNanos(Math.max(0, since + interval.toNanos() - now));
    }

    private Next readFence() {
        RrKey key = policy.fence();
        Set<RrKey> keys = fence.isCandidate(view) ? Set.of(key, policy.soa()) : Set.of(key);
        errand.run(READ_LIMIT, () -> ports.primary().read(keys), this::fenceIs, this::unreadable);
        return new Next.Asked();
    }

    private void fenceIs(Map<RrKey, RrSet> found) {
        long now = ticker.nanos();
        Optional<RrSet> set = Optional.ofNullable(found.get(policy.fence()));
        become(fence.read(set, errand.began(), now, view));
        copy.fenceSeen(set, PROBE);
        fenceRead = now;
        stale = false;
        answered();
        alarms.fence(fence, policy.fence());
        Optional.ofNullable(found.get(policy.soa())).ifPresent(alarms::soa);
        act();
    }

    private void become(Fence next) {
        if (!next.remembered().equals(fence.remembered())) {
            ports.memory().remember(next.remembered());
        }
        fence = next;
    }

    private void answered() {
        backoff.answered();
        lastSuccess = Optional.of(ticker.now());
        alarms.clear(Alarm.Kind.NAME_SERVER_DOWN);
    }

    private void unreadable(Throwable error) {
        stale = true;
        backoff.unreadable(errand.began());
        alarms.unreadable(error, backoff.isDown());
        act();
    }

    private Next manage(long now) {
        Set<RrKey> unread = copy.unread(view);
        if (!unread.isEmpty()) {
            errand.run(
                    WRITE_LIMIT, () -> ports.primary().read(unread), found -> zoneIs(unread, found), this::unreadable);
            return new Next.Asked();
        }
        return permission().granted() ? write(now) : hold(now);
    }

    private void zoneIs(Set<RrKey> keys, Map<RrKey, RrSet> found) {
        copy.read(keys, found, view);
        answered();
        act();
    }

    private Next hold(long now) {
        fence = fence.idle();
        inSync = false;
        return new Next.Idle(until(fenceRead, interval(), now));
    }

    private Next write(long now) {
        ZoneDiff diff = copy.outlook(view).diff();
        copy.verify(diff);
        alarms.zone(diff, copy.notKept(diff));
        inSync = copy.isAsPlanned(diff);
        boolean news = !diff.changes().isEmpty() && !copy.notKept(diff);
        if (news || !isHolder() || fence.isLost() || now - written >= Fence.REFRESH.toNanos()) {
            return send(FencedUpdate.of(fence, diff, nonce(), rule, policy));
        }
        if (copy.isDue(now)) {
            copy.distrust();
            return manage(now);
        }
        Duration refresh = until(written, Fence.REFRESH, now);
        Duration reread = until(Math.min(fenceRead, copy.readAt()), interval(), now);
        return new Next.Idle(refresh.compareTo(reread) < 0 ? refresh : reread);
    }

    private boolean isHolder() {
        return fence.holder().filter(fence.self()::equals).isPresent();
    }

    private Next send(FencedUpdate next) {
        fence = fence.sending();
        errand.run(
                WRITE_LIMIT,
                () -> ports.primary().update(next.update()),
                result -> sent(result, next),
                this::unanswered);
        return new Next.Asked();
    }

    private String nonce() {
        return HexFormat.of().formatHex(ports.chance().bytes(NONCE_OCTETS));
    }

    private void sent(UpdateResult result, FencedUpdate update) {
        answered();
        alarms.sent(result);
        if (result == UpdateResult.APPLIED) {
            applied(update.text(), update.diff());
        } else {
            backoff.rejected(result, errand.began());
            distrust();
        }
        act();
    }

    private void applied(FenceText text, ZoneDiff diff) {
        RrSet set = text.set(policy);
        written = ticker.nanos();
        become(fence.wrote(text, set, written));
        copy.applied(set, diff);
        backoff.applied();
        alarms.fence(fence, policy.fence());
    }

    private void distrust() {
        stale = true;
        copy.distrust();
        inSync = false;
    }

    /** It may have been applied, now or later: the fence tells. */
    private void unanswered(Throwable error) {
        backoff.unanswered();
        distrust();
        unreadable(error);
    }

    private void report() {
        FenceMemory.Mark mark = fence.text().map(FenceText::mark).orElse(FenceMemory.Mark.NONE);
        state = new DnsState(
                fence.self(), fence.holder(), mark.epoch(), mark.seq(), lastSuccess, activity(), inSync, alarms.list());
    }

    private String activity() {
        if (!isManager()) {
            return "leaves DNS to the managers";
        }
        return switch (permission()) {
            case STANDBY -> "stands by";
            case UNREAD -> "asks the name server";
            case FOREIGN -> "does not touch a fence that is not of this platform";
            case MAJORITY, SILENCE -> "writes";
            case WAIT ->
                "waits until nobody else has written for " + Fence.SILENCE.toSeconds()
                        + " s: this node does not see most of the published nodes";
        };
    }
}
