package org.sipring.overlay.table;

import java.util.concurrent.atomic.AtomicLong;
import org.sipring.api.NodeId;
import org.sipring.api.Stamp;

/** This node's hybrid logical clock. Callable from any thread. */
final class Stamps {
    private final NodeId self;
    private final AtomicLong last = new AtomicLong();

    Stamps(NodeId self) {
        this.self = self;
    }

    /** A stamp greater than every one given or seen here, and than a time known from elsewhere. */
    Stamp next(long clock, long known) {
        long time = last.updateAndGet(
                given -> Stamp.next(clock, Math.max(given, known), self).time());
        return new Stamp(time, self);
    }

    /** Takes note of a stamp that another node gave, so that this node's next one is greater. */
    void see(Stamp stamp) {
        last.accumulateAndGet(stamp.time(), Math::max);
    }
}
