package org.sipring.app.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
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

    /**
     * Each says what to do.
     *
     * @param own what this node's own replica knows of the group; empty where it does not belong to that
     * @param keptBy who keeps the documents; empty where nobody has told
     * @param view who is there
     */
    synchronized List<String> of(Optional<Keepers> own, List<NodeId> keptBy, View view) {
        String now = keptBy.isEmpty() ? "" : trouble(own, keptBy, view).orElse("");
        if (!now.equals(last)) {
            last = now;
            sinceNanos = nanos.getAsLong();
        }
        boolean lasts = nanos.getAsLong() - sinceNanos >= LASTING.toNanos();
        return lasts && !now.isEmpty() ? List.of(now) : List.of();
    }

    private static Optional<String> trouble(Optional<Keepers> own, List<NodeId> keptBy, View view) {
        // From outside of the group nobody sees who leads, only who is there.
        boolean led = own.map(keepers -> keepers.leader().isPresent()).orElseGet(() -> isMajorityThere(keptBy, view));
        if (!led) {
            return Optional.of("documents cannot be changed, for no majority of the nodes that keep them is in reach:"
                    + " bring back " + keptBy);
        }
        return keptBy.size() == 1 && view.members().size() > 1
                ? Optional.of(alone(keptBy.get(0), view))
                : Optional.empty();
    }

    private static boolean isMajorityThere(List<NodeId> keptBy, View view) {
        long there =
                view.members().stream().map(Member::id).filter(keptBy::contains).count();
        return 2 * there > keptBy.size();
    }

    private static String alone(NodeId keeper, View view) {
        boolean movable = view.members().stream()
                .anyMatch(
                        member -> !member.id().equals(keeper) && member.roles().contains(RoleName.STORE));
        return "only " + keeper
                + " keeps the platform's documents: when it dies, nothing can be changed until it is back,"
                + " and with its disk they are lost; have three nodes with the role " + RoleName.STORE
                + (movable
                        ? ", and before you take " + keeper + " away, give them to another by 'sipring store replace "
                                + keeper + "'"
                        : "");
    }
}
