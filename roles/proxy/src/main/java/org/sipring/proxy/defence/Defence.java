package org.sipring.proxy.defence;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.sipring.api.Chance;
import org.sipring.api.Meter;
import org.sipring.api.Overlay;
import org.sipring.api.Sources;
import org.sipring.api.Ticker;
import org.sipring.proxy.auth.Suspicion;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Door;
import org.sipring.sip.transport.Flow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What protects this node from those who send too much or guess passwords. Its log lines are read by fail2ban: the filter
 * in docs/operations.md must match them. Callable from any thread.
 */
public final class Defence implements Suspicion {
    private static final Logger LOG = LoggerFactory.getLogger(Defence.class);
    private static final int OFFENDERS = 1 << 14;
    private static final int LONGEST_USER = 64;
    private static final long ALLOWED = 0;

    private final DefenceLimits settings;
    private final Ticker clock;
    private final long secret;
    private final Counters counters;
    private final SharedBans bans;
    private final OperatorBans operators;
    private final Rates failures;

    /**
     * The defence of a node.
     *
     * @param settings what the node bears
     * @param overlay the other nodes
     * @param room follows their bans; its clock is read from any thread
     * @param chance makes what others must not guess
     * @param meter where to count
     */
    public Defence(DefenceLimits settings, Overlay overlay, Ticker room, Chance chance, Meter meter) {
        this.settings = settings;
        this.clock = room;
        secret = chance.number();
        counters = Counters.of(meter);
        failures = new Rates(settings.bans().rate(), OFFENDERS, secret, room.nanos());
        bans = new SharedBans(overlay, room, chance, Defence::log);
        operators = new OperatorBans(settings, bans, overlay, room);
        meter.gauge("sipring_sip_bans", "Senders that are not heard now.", () -> bans().size());
    }

    /**
     * Opens the table of bans. Every node does, also one that is no proxy: it may become its owner.
     *
     * @param overlay keeps the table
     */
    public static void openTable(Overlay overlay) {
        SharedBans.openTable(overlay);
    }

    /** Begins to follow the bans of the other nodes. To be called once. */
    public void start() {
        bans.start();
    }

    /**
     * Makes the door of one loop.
     *
     * @return a door that only that loop may use
     */
    public Door door() {
        return new LoopDoor(this, settings, secret);
    }

    /**
     * Who is not heard now.
     *
     * @return in no order of use
     */
    public List<Ban> bans() {
        return bans.now().inForce(clock.now());
    }

    /**
     * What operators may say about it.
     *
     * @return callable from any thread
     */
    public OperatorBans operators() {
        return operators;
    }

    long nanos() {
        return clock.nanos();
    }

    /** Whether somebody may send as much as it likes. */
    boolean allows(InetAddress source) {
        return settings.allowed().include(source);
    }

    /** Whether somebody is not heard at all. */
    boolean refuses(InetAddress source) {
        BanList known = bans.now();
        return !known.isEmpty() && known.names(Sources.of(source), clock.now().toEpochMilli()) && !allows(source);
    }

    Counters counters() {
        return counters;
    }

    @Override
    public long source(Flow from) {
        InetAddress address = from.remote().getAddress();
        return allows(address) ? ALLOWED : Sources.of(address);
    }

    @Override
    public void failed(Flow from, SipMessage request, String user) {
        counters.failed().run();
        InetAddress address = from.remote().getAddress();
        LOG.info(
                "failed authentication from {} by {}: {} as {}",
                address.getHostAddress(),
                from.transport(),
                printable(request.method()),
                printable(user));
        if (!allows(address) && !takeFailure(Sources.of(address))) {
            ban(address, Ban.Reason.AUTHENTICATION);
        }
    }

    private synchronized boolean takeFailure(long source) {
        return failures.take(source, nanos());
    }

    /** Somebody sends far too much, and has not forged where it is. */
    void floods(InetAddress source) {
        ban(source, Ban.Reason.FLOOD);
    }

    private void ban(InetAddress address, Ban.Reason reason) {
        if (!settings.bans().time().isZero()) {
            Senders sender = Senders.one(Sources.of(address));
            Instant now = clock.now();
            bans.add(Ban.begun(sender, now, now.plus(settings.bans().time()), reason, ""));
        }
    }

    private static void log(Ban ban) {
        if (ban.isLifted()) {
            LOG.warn("{} is heard again: an operator took its ban back", ban.address());
        } else {
            LOG.warn("banned {} until {}: {}", ban.address(), ban.end(), ban.why());
        }
    }

    // A stranger shall not write lines of its own into the log.
    private static String printable(String text) {
        String some = text.length() > LONGEST_USER ? text.substring(0, LONGEST_USER) : text;
        return some.replaceAll("[^A-Za-z0-9._+-]", "?");
    }

    /** What became of those who asked for too much. */
    record Counters(
            Runnable refused, Runnable dropped, Runnable account, Runnable names, Runnable banned, Runnable failed) {
        private static final String SHAPED = "sipring_sip_shaped_total";
        private static final String HELP = "Requests beyond what one sender or one account may ask for.";

        static Counters of(Meter meter) {
            return new Counters(
                    meter.counter(SHAPED, HELP, "kind", "refused"),
                    meter.counter(SHAPED, HELP, "kind", "dropped"),
                    meter.counter(SHAPED, HELP, "kind", "account"),
                    meter.counter(SHAPED, HELP, "kind", "names"),
                    meter.counter("sipring_sip_banned_total", "Datagrams and connections of banned senders."),
                    meter.counter("sipring_sip_failed_proofs_total", "Wrong answers to this platform's challenges."));
        }
    }
}
