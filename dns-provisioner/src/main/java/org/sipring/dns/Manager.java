package org.sipring.dns;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Chance;
import org.sipring.api.Overlay;
import org.sipring.api.RoleName;
import org.sipring.api.Ticker;
import org.sipring.api.View;
import org.sipring.dns.Fence.Permission;

/**
 * Keeps the zone as the view wants it, while this node is the one to write. The decisions are in {@link ZonePlanner},
 * {@code ZoneDiff} and {@code Fence}; this shell asks the primary, one request at a time, and decides anew whenever
 * something happened: a view, an answer, a timer.
 *
 * <p>Everything runs in the ticker's room, except {@link #state}, {@link #start} and {@link #stop}, which are callable
 * from any thread.
 */
public final class Manager {
    /** How often a candidate without permission looks; also the longest pause between attempts. */
    static final Duration PROBE = Duration.ofSeconds(2);

    /** How often the writer reads the whole zone again. */
    static final Duration REREAD = Duration.ofSeconds(30);

    /** How often a manager in waiting reads the fence. */
    static final Duration WATCH = Duration.ofSeconds(10);

    private static final Set<Alarm.Kind> WRITERS_ALARMS =
            Set.of(Alarm.Kind.FOREIGN_RRSET, Alarm.Kind.NOT_KEPT, Alarm.Kind.WRONG_KEY, Alarm.Kind.UPDATE_REFUSED);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    /** Only a guard: a primary has a limit of its own, and a request that it still works on must not pile up. */
    private static final Duration READ_LIMIT = Duration.ofSeconds(3);

    private static final Duration WRITE_LIMIT = Duration.ofSeconds(5);
    private static final int NONCE_OCTETS = 8;
    private static final long LARGEST_MINIMUM = 5;

    private final ZonePolicy policy;
    private final Ports ports;
    private final FenceRule rule;
    private final Ticker ticker;
    private final Errand errand;
    private final Alarms alarms;
    private final Set<Update.Change> unverified = new HashSet<>();

    private View view;
    private Fence fence;
    private Zone zone = Zone.UNREAD;
    private @Nullable Outlook outlook;

    /** The fence under which the zone was read, or last written by this node. */
    private Optional<RrSet> basis = Optional.empty();

    /** Whether the fence must be read before anything else. */
    private boolean stale = true;

    /** Whether {@link #zone} is the zone, as far as the fence tells. */
    private boolean known;

    /** Whether the zone was read since this node last changed it. */
    private boolean readBack;

    private boolean inSync;
    private boolean stopped;
    private int failedReads;
    private int failedWrites;

    // Monotonic nanoseconds.
    private long fenceRead;
    private long zoneRead;
    private long written;
    private long notBefore;

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
        this.view = ports.overlay().view();
        this.fence = Fence.unread(
                ports.overlay().self(), view.platform(), ports.memory().recall());
        this.written = ticker.nanos();
        this.notBefore = written;
        this.state = DnsState.unknown(fence.self(), "starts");
    }

    /**
     * What a manager works with.
     *
     * @param primary the fence
     * @param overlay gives the view
     * @param ticker the manager's room; nobody else's timers may block it
     * @param chance gives nonces
     * @param memory remembers the epoch on this node's disk
     */
    public record Ports(Primary primary, Overlay overlay, Ticker ticker, Chance chance, Memory memory) {}

    /** Begins to follow the view. Call it once. */
    public void start() {
        ports.overlay().onView(next -> ticker.execute(() -> see(next)));
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
        outlook = changed ? null : outlook;
        fence = fence.under(next);
        if (changed) {
            stale |= !candidate;
            notBefore = ticker.nanos();
            act();
        }
    }

    private void act() {
        if (stopped || errand.busy()) {
            return;
        }
        sleep();
        Optional<Duration> pause = move(ticker.nanos());
        pause.ifPresent(wait -> timer = ticker.after(wait, this::act));
        report();
    }

    private void sleep() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Does the next thing to do; or says how long there is nothing to do. */
    private Optional<Duration> move(long now) {
        if (!isManager()) {
            forget();
            return Optional.of(WATCH);
        }
        if (now - notBefore < 0) {
            return Optional.of(Duration.ofNanos(notBefore - now));
        }
        if (stale || now - fenceRead >= interval().toNanos()) {
            readFence();
            return Optional.empty();
        }
        if (!fence.isCandidate(view)) {
            forget();
            return Optional.of(until(fenceRead, interval(), now));
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
        know(Zone.UNREAD);
        known = false;
        unverified.clear();
        inSync = false;
        WRITERS_ALARMS.forEach(alarms::clear);
    }

    /** How often the fence is read. */
    private Duration interval() {
        Permission permission = permission();
        if (permission == Permission.WAIT) {
            Duration left = Fence.SILENCE.minus(fence.unchanged());
            return left.compareTo(PROBE) < 0 ? left : PROBE;
        }
        return permission == Permission.STANDBY ? WATCH : permission.granted() ? REREAD : PROBE;
    }

    private Permission permission() {
        return fence.permission(view, outlook().published());
    }

    private Outlook outlook() {
        Outlook now = outlook == null ? Outlook.of(zone, view, policy, ticker.now()) : outlook;
        outlook = now;
        return now;
    }

    private void know(Zone next) {
        zone = next;
        outlook = null;
    }

    private static Duration until(long since, Duration interval, long now) {
        return Duration.ofNanos(Math.max(0, since + interval.toNanos() - now));
    }

    private void readFence() {
        RrKey key = policy.fence();
        Set<RrKey> keys = fence.isCandidate(view) ? Set.of(key, policy.soa()) : Set.of(key);
        errand.run(READ_LIMIT, () -> ports.primary().read(keys), this::fenceIs, this::unreadable);
    }

    private void fenceIs(Map<RrKey, RrSet> found) {
        long now = ticker.nanos();
        Optional<RrSet> set = Optional.ofNullable(found.get(policy.fence()));
        become(fence.read(set, errand.began(), now, view));
        known &= basis.equals(set) && now - zoneRead < REREAD.minus(PROBE).toNanos();
        basis = set;
        fenceRead = now;
        stale = false;
        // A node that left a moment ago may count no more.
        outlook = null;
        answered();
        judgeFence();
        Optional.ofNullable(found.get(policy.soa())).ifPresent(this::judgeSoa);
        act();
    }

    private void become(Fence next) {
        if (!next.remembered().equals(fence.remembered())) {
            ports.memory().remember(next.remembered());
        }
        fence = next;
    }

    private void judgeFence() {
        boolean stranger = fence.seen().flatMap(Fence.Seen::set).isPresent()
                && fence.text().isEmpty();
        alarms.set(Alarm.Kind.FOREIGN_FENCE, stranger, policy.fence().toString());
        alarms.show(Alarm.Kind.FENCE_LOST, fence.isLost(), policy.fence().toString());
    }

    private void judgeSoa(RrSet soa) {
        long minimum = Soa.of(soa).minimum();
        alarms.set(Alarm.Kind.SOA_MINIMUM, minimum > LARGEST_MINIMUM, "it is " + minimum + " s");
    }

    private void answered() {
        failedReads = 0;
        lastSuccess = Optional.of(ticker.now());
        alarms.clear(Alarm.Kind.NAME_SERVER_DOWN);
    }

    private void unreadable(Throwable error) {
        failedReads++;
        stale = true;
        if (cause(error) instanceof NotAuthenticException) {
            alarms.raise(Alarm.Kind.WRONG_KEY, reason(error));
        } else if (failedReads > 1) {
            // One lost answer is no news.
            alarms.raise(Alarm.Kind.NAME_SERVER_DOWN, reason(error));
        }
        pause(failedReads);
        act();
    }

    private static Throwable cause(Throwable error) {
        Throwable cause = error.getCause();
        return error instanceof CompletionException && cause != null ? cause : error;
    }

    private static String reason(Throwable error) {
        String message = cause(error).getMessage();
        return message == null ? cause(error).getClass().getSimpleName() : message;
    }

    /** Counted from the last request, which may have taken its time already. */
    private void pause(int failures) {
        long doubled = FIRST_PAUSE.toNanos() << Math.min(failures - 1, 10);
        notBefore = errand.began() + Math.min(doubled, PROBE.toNanos());
    }

    private Optional<Duration> manage(long now) {
        if (!known) {
            Set<RrKey> all = outlook().needs();
            readZone(all, found -> zoneIs(new Zone(all, new TreeMap<>(found))));
            return Optional.empty();
        }
        Set<RrKey> missing = outlook().missing();
        if (!missing.isEmpty()) {
            readZone(missing, found -> zoneIs(zone.with(missing, found)));
            return Optional.empty();
        }
        return permission().granted() ? write(now) : hold(now);
    }

    private void readZone(Set<RrKey> keys, Consumer<Map<RrKey, RrSet>> then) {
        errand.run(WRITE_LIMIT, () -> ports.primary().read(keys), then, this::unreadable);
    }

    /** In quiet times nothing changes, and nothing needs to be computed again but the age of departed nodes. */
    private void zoneIs(Zone next) {
        if (!next.equals(zone) || !outlook().plan().departed().isEmpty()) {
            know(next);
        }
        if (!known) {
            known = true;
            readBack = true;
            zoneRead = ticker.nanos();
        }
        answered();
        act();
    }

    private Optional<Duration> hold(long now) {
        fence = fence.idle();
        inSync = false;
        return Optional.of(until(fenceRead, interval(), now));
    }

    private Optional<Duration> write(long now) {
        ZoneDiff diff = outlook().diff();
        judgeZone(diff);
        boolean news = !diff.changes().isEmpty() && !notKept(diff);
        if (news || !isHolder() || fence.isLost() || now - written >= Fence.REFRESH.toNanos()) {
            send(diff);
            return Optional.empty();
        }
        if (!readBack || now - zoneRead >= REREAD.toNanos()) {
            known = false;
            return manage(now);
        }
        Duration refresh = until(written, Fence.REFRESH, now);
        Duration reread = until(Math.min(fenceRead, zoneRead), interval(), now);
        return Optional.of(refresh.compareTo(reread) < 0 ? refresh : reread);
    }

    private boolean isHolder() {
        return fence.holder().filter(fence.self()::equals).isPresent();
    }

    private void judgeZone(ZoneDiff diff) {
        alarms.set(
                Alarm.Kind.FOREIGN_RRSET,
                !diff.foreign().isEmpty(),
                diff.foreign().toString());
        if (readBack && diff.changes().isEmpty()) {
            unverified.clear();
        }
        alarms.set(Alarm.Kind.NOT_KEPT, notKept(diff), notKept(diff) ? diff.names() : "");
        inSync = readBack && diff.changes().isEmpty() && diff.foreign().isEmpty();
    }

    /** Read back, the zone still lacks what this node wrote. Writing it again at once would change nothing. */
    private boolean notKept(ZoneDiff diff) {
        return readBack && !diff.changes().isEmpty() && unverified.containsAll(diff.changes());
    }

    private void send(ZoneDiff diff) {
        FenceText text = rule.next(fence.text(), fence.next(nonce()));
        Update update = fenced(diff, text);
        fence = fence.sending();
        errand.run(
                WRITE_LIMIT,
                () -> ports.primary().update(update),
                result -> sent(result, text, diff),
                this::unanswered);
    }

    private String nonce() {
        return HexFormat.of().formatHex(ports.chance().bytes(NONCE_OCTETS));
    }

    private Update fenced(ZoneDiff diff, FenceText text) {
        List<Update.Prerequisite> prerequisites =
                new ArrayList<>(rule.prerequisites(fence.seen().flatMap(Fence.Seen::set), policy.fence()));
        prerequisites.addAll(diff.prerequisites());
        List<Update.Change> changes = new ArrayList<>(List.of(new Update.Replace(text.set(policy))));
        changes.addAll(diff.changes());
        return new Update(prerequisites, changes);
    }

    private void sent(UpdateResult result, FenceText text, ZoneDiff diff) {
        answered();
        alarms.set(Alarm.Kind.WRONG_KEY, result == UpdateResult.NOT_AUTHENTIC, "");
        alarms.set(Alarm.Kind.UPDATE_REFUSED, result == UpdateResult.REFUSED, "");
        if (result == UpdateResult.APPLIED) {
            applied(text, diff);
        } else {
            rejected(result);
        }
        act();
    }

    private void applied(FenceText text, ZoneDiff diff) {
        long now = ticker.nanos();
        become(fence.wrote(text, text.set(policy), now));
        basis = Optional.of(text.set(policy));
        if (!diff.changes().isEmpty()) {
            know(zone.with(diff.changes()));
        }
        written = now;
        failedWrites = 0;
        unverified.addAll(diff.changes());
        readBack &= diff.changes().isEmpty();
        judgeFence();
    }

    /** A failed prerequisite is read and planned again at once, the first time; nothing else heals so fast. */
    private void rejected(UpdateResult result) {
        failedWrites++;
        distrust();
        if (result != UpdateResult.PREREQUISITE_FAILED || failedWrites > 1) {
            pause(failedWrites);
        }
    }

    private void distrust() {
        stale = true;
        known = false;
        inSync = false;
    }

    /** It may have been applied, now or later: the fence tells. */
    private void unanswered(Throwable error) {
        failedWrites++;
        distrust();
        unreadable(error);
    }

    private void report() {
        Memory.Mark mark = fence.text().map(FenceText::mark).orElse(Memory.Mark.NONE);
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
