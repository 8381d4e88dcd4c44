package org.sipring.store.raft;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says when a replica must be started again. Lives in one thread. */
final class Watchdog {
    private @Nullable Life last;
    private long sinceNanos;

    /**
     * Looks at the replica.
     *
     * @param life how it does
     * @param nanos now
     * @return true when it has done so for too long; the next patience begins
     */
    boolean bites(Life life, long nanos) {
        if (life != last) {
            last = life;
            sinceNanos = nanos;
        }
        boolean bites = Duration.ofNanos(nanos - sinceNanos).compareTo(life.patience()) >= 0;
        if (bites) {
            sinceNanos = nanos;
        }
        return bites;
    }
}
