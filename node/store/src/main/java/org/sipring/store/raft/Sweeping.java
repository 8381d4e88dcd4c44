package org.sipring.store.raft;

import java.time.Duration;
import org.sipring.api.StoreNotOpenException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has removed what nobody needs any more, while this node's replica leads: large values that nothing uses, and what came of
 * requests that nobody repeats any more. Whoever has written a large value needs some time until a document refers to it, a
 * request is repeated for seconds, and clocks may differ. Lives in the room of its node's chores.
 */
final class Sweeping {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeping.class);

    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final Duration UNUSED = Duration.ofHours(1);
    private static final Duration REMEMBERED = Duration.ofHours(24);

    private final Replica replica;
    private final RaftStore store;
    private long lastNanos;
    private boolean begun;

    Sweeping(Replica replica, RaftStore store) {
        this.replica = replica;
        this.store = store;
    }

    /**
     * Looks whether it is due; to be called about every second.
     *
     * @param nanos now, by monotonic time
     */
    void look(long nanos) {
        boolean due = !begun || nanos - lastNanos >= EVERY.toNanos();
        if (due && replica.leading().isPresent()) {
            begun = true;
            lastNanos = nanos;
            sweep();
        }
    }

    // What fails is tried again the next time.
    private void sweep() {
        try {
            var unused = store.sweep(UNUSED)
                    .thenCompose(swept -> store.forget(REMEMBERED))
                    .exceptionally(failure -> {
                        LOG.info("what nobody needs any more is still there: {}", failure.getMessage());
                        return null;
                    });
        } catch (StoreNotOpenException closed) {
            LOG.debug("nothing can be removed: {}", closed.getMessage());
        }
    }
}
