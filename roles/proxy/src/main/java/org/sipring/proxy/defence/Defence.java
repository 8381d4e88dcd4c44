package org.sipring.proxy.defence;

import java.net.InetAddress;
import java.util.function.LongSupplier;
import org.sipring.api.Chance;
import org.sipring.api.Meter;
import org.sipring.sip.transport.Door;

/** What protects this node from those who send too much. Callable from any thread. */
public final class Defence {
    private final DefenceSettings settings;
    private final LongSupplier nanos;
    private final long secret;
    private final Counters counters;

    /**
     * The defence of a node.
     *
     * @param settings what the node bears
     * @param nanos the monotonic time, from any thread
     * @param chance makes what others must not guess
     * @param meter where to count
     */
    public Defence(DefenceSettings settings, LongSupplier nanos, Chance chance, Meter meter) {
        this.settings = settings;
        this.nanos = nanos;
        this.secret = chance.number();
        counters = Counters.of(meter);
    }

    /**
     * Makes the door of one loop.
     *
     * @return a door that only that loop may use
     */
    public Door door() {
        return new LoopDoor(this, settings, secret);
    }

    long nanos() {
        return nanos.getAsLong();
    }

    /** Whether somebody may send as much as it likes. */
    boolean allows(InetAddress source) {
        return settings.allowed().include(source);
    }

    Counters counters() {
        return counters;
    }

    /** What became of those who asked for too much. */
    record Counters(Runnable refused, Runnable dropped, Runnable account) {
        private static final String NAME = "sipring_sip_shaped_total";
        private static final String HELP = "Requests beyond what one sender or one account may ask for.";

        static Counters of(Meter meter) {
            return new Counters(
                    meter.counter(NAME, HELP, "kind", "refused"),
                    meter.counter(NAME, HELP, "kind", "dropped"),
                    meter.counter(NAME, HELP, "kind", "account"));
        }
    }
}
