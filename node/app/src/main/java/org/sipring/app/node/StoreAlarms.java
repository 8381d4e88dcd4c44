package org.sipring.app.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.sipring.api.RoleName;
import org.sipring.api.View;
import org.sipring.store.raft.Keepers;

/**
 * What about the store needs the operator. A platform that starts or grows, and an election, are given time. Callable from
 * any thread.
 */
final class StoreAlarms {
    private static final Duration LASTING = Duration.ofSeconds(30);

    private final LongSupplier nanos;
    private String last = "";
    private long sinceNanos;

    /**
     * Has seen nothing yet.
     *
     * @param nanos monotonic time
     */
    StoreAlarms(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Each says what to do. */
    synchronized List<String> of(Keepers keepers, View view) {
        String now = trouble(keepers, view).orElse("");
        if (!now.equals(last)) {
            last = now;
            sinceNanos = nanos.getAsLong();
        }
        boolean lasts = nanos.getAsLong() - sinceNanos >= LASTING.toNanos();
        return lasts && !now.isEmpty() ? List.of(now) : List.of();
    }

    private static Optional<String> trouble(Keepers keepers, View view) {
        if (keepers.leader().isEmpty()) {
            return Optional.of("documents cannot be changed, for no majority of the nodes that keep them is in reach:"
                    + " bring back " + keepers.nodes());
        }
        return keepers.nodes().size() == 1 && view.members().size() > 1
                ? Optional.of("only " + keepers.nodes().get(0)
                        + " keeps the platform's documents: they cannot be changed while it is away, and are lost with"
                        + " its disk; have three nodes with the role " + RoleName.STORE)
                : Optional.empty();
    }
}
