package org.sipring.sip.transaction;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.sipring.api.Chance;
import org.sipring.api.Meter;
import org.sipring.sip.transport.Door;
import org.sipring.sip.transport.Receiver;
import org.sipring.sip.transport.SipLoop;

/**
 * The transactions of all loops of one node. Give {@link #attach} to the network when it opens.
 *
 * <p>The kernel spreads peers over the loops, so a response may arrive in another loop than the one that sent its
 * request: our branch says where it belongs, and it is handed over.
 */
public final class SipStack {
    private static final int SECRET_BYTES = 32;
    private static final int RETRY_SECONDS = 5;

    final StackSettings settings;
    final Chance chance;
    final StackCounters counters;
    private final byte[] tagSecret;
    private final TimerSettings crowdedTimers;
    private final Function<TransactionLayer, TransactionUser> users;
    private final Function<SipLoop, Door> doors;
    private final List<TransactionLayer> layers = new CopyOnWriteArrayList<>();
    private final List<LoopProbe> probes = new CopyOnWriteArrayList<>();

    /**
     * A stack without loops yet, which hears everybody.
     *
     * @param settings how transactions behave
     * @param chance for branches and tags
     * @param meter where to count
     * @param users makes the user of one loop's transactions
     */
    public SipStack(
            StackSettings settings, Chance chance, Meter meter, Function<TransactionLayer, TransactionUser> users) {
        this(settings, chance, meter, users, loop -> Door.OPEN);
    }

    /**
     * A stack without loops yet.
     *
     * @param settings how transactions behave
     * @param chance for branches and tags
     * @param meter where to count
     * @param users makes the user of one loop's transactions
     * @param doors makes the door of one loop
     */
    public SipStack(
            StackSettings settings,
            Chance chance,
            Meter meter,
            Function<TransactionLayer, TransactionUser> users,
            Function<SipLoop, Door> doors) {
        this.settings = settings;
        this.chance = chance;
        this.counters = StackCounters.of(meter);
        this.users = users;
        this.doors = doors;
        tagSecret = chance.bytes(SECRET_BYTES);
        crowdedTimers = settings.timers().crowded();
        meter.gauge("sipring_sip_transactions", "SIP transactions kept now.", () -> size());
    }

    /**
     * Adds a loop. Called for loop 0, 1, 2, ... before anything arrives.
     *
     * @param loop the loop
     * @return what the loop's messages are given to
     */
    public Receiver attach(SipLoop loop) {
        TransactionLayer layer = new TransactionLayer(this, loop);
        layers.add(layer);
        probes.add(new LoopProbe(loop.ticker()));
        layer.serve(users.apply(layer));
        return layer;
    }

    /**
     * How many transactions there are. Callable from any thread.
     *
     * @return clients and servers in all loops, as of a moment ago
     */
    public int size() {
        return layers.stream().mapToInt(TransactionLayer::size).sum();
    }

    /**
     * How full the fullest loop is. Callable from any thread.
     *
     * @return 0 for empty; at 1 and above it refuses new transactions
     */
    public double fill() {
        return layers.stream().mapToInt(TransactionLayer::size).max().orElse(0) / (double) settings.most();
    }

    /** Sends a task into each loop, to learn how long it waits there. Callable from any thread. */
    public void probe() {
        probes.forEach(LoopProbe::send);
    }

    /**
     * How long the last task that {@link #probe} sent waited for its loop. Callable from any thread.
     *
     * @return the longest of all loops; zero before the first
     */
    public Duration delay() {
        return probes.stream()
                .map(LoopProbe::delay)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    TimerSettings timers(int transactions) {
        return transactions > settings.most() / 2 ? crowdedTimers : settings.timers();
    }

    Door door(SipLoop loop) {
        return doors.apply(loop);
    }

    /** Those who are sent away together shall not come back together. */
    int retryAfterSeconds() {
        return RETRY_SECONDS + chance.below(RETRY_SECONDS * 2);
    }

    OwnTags tags() {
        return new OwnTags(tagSecret);
    }

    int loops() {
        return layers.size();
    }

    TransactionLayer layer(int index) {
        return layers.get(index);
    }
}
