package org.sipring.api;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which node serves a key, for one role: weighted rendezvous hashing, expanded into a table of slots so that a look-up
 * costs one hash and one read. Immutable.
 *
 * <p>Equal view ids give equal owners on every machine. The ring chooses when a session starts; whoever must find the
 * session again pins the choice in a {@link Table}.
 */
public final class Ring {
    /** How many slots the keys fall into. */
    public static final int SLOTS = 1 << 14;

    private static final int SLOT_SHIFT = Long.SIZE - 14;

    private final RoleName role;
    private final List<Candidate> candidates;
    private final @Nullable Candidate[] owners;
    private final double[] scores;

    private Ring(RoleName role, List<Candidate> candidates, @Nullable Candidate[] owners, double[] scores) {
        this.role = role;
        this.candidates = candidates;
        this.owners = owners;
        this.scores = scores;
    }

    /**
     * The ring of a view.
     *
     * @param view the members
     * @param role the role asked for
     * @return the ring of the members in service with that role
     */
    public static Ring of(View view, RoleName role) {
        return new Ring(role, List.of(), new @Nullable Candidate[SLOTS], new double[SLOTS]).follow(view);
    }

    /**
     * The ring of a later view. Equal to {@link #of}, but costs only what changed.
     *
     * @param view the members now
     * @return this ring when nothing changed for its role
     */
    public Ring follow(View view) {
        List<Candidate> next = view.serving(role).stream().map(Candidate::of).toList();
        if (next.equals(candidates)) {
            return this;
        }
        Ring ring = new Ring(role, next, owners.clone(), scores.clone());
        ring.remove(without(candidates, next));
        ring.challenge(without(next, candidates));
        return ring;
    }

    private static Set<Candidate> without(List<Candidate> all, List<Candidate> others) {
        Set<Candidate> rest = new HashSet<>(all);
        others.forEach(rest::remove);
        return rest;
    }

    // Gives the slots of those who left to the best of all who are there now.
    private void remove(Set<Candidate> gone) {
        if (gone.isEmpty()) {
            return;
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            Candidate owner = owners[slot];
            if (owner != null && gone.contains(owner)) {
                vacate(slot);
                compete(slot, candidates);
            }
        }
    }

    private void challenge(Set<Candidate> arrived) {
        for (int slot = 0; slot < SLOTS && !arrived.isEmpty(); slot++) {
            compete(slot, arrived);
        }
    }

    private void vacate(int slot) {
        owners[slot] = null;
        scores[slot] = 0;
    }

    private void compete(int slot, Iterable<Candidate> challengers) {
        for (Candidate challenger : challengers) {
            double score = challenger.score(slot);
            if (score > scores[slot]) {
                owners[slot] = challenger;
                scores[slot] = score;
            }
        }
    }

    /**
     * The node that serves a key.
     *
     * @param key such as an address-of-record
     * @return the owner, or empty when no node serves the role
     */
    public Optional<NodeId> owner(String key) {
        return Optional.ofNullable(owners[slot(key)]).map(Candidate::id);
    }

    /**
     * The nodes to try for a key, one after another.
     *
     * @param key such as an address-of-record
     * @param count how many at most
     * @return distinct nodes, the owner first; each next one would own the key without those before it
     */
    public List<NodeId> owners(String key, int count) {
        int slot = slot(key);
        return candidates.stream()
                .sorted(Comparator.comparingDouble((Candidate candidate) -> -candidate.score(slot)))
                .limit(count)
                .map(Candidate::id)
                .toList();
    }

    /**
     * How much of the ring a node owns.
     *
     * @param node the node
     * @return 0 to 1
     */
    public double share(NodeId node) {
        return Arrays.stream(owners)
                        .filter(owner -> owner != null && owner.id().equals(node))
                        .count()
                / (double) SLOTS;
    }

    private static int slot(String key) {
        return (int) (Hash.of(key) >>> SLOT_SHIFT);
    }

    private record Candidate(NodeId id, int weight, long hash) {
        static Candidate of(Member member) {
            return new Candidate(
                    member.id(), member.weight(), Hash.of(member.id().value()));
        }

        double score(int slot) {
            return Rendezvous.score(hash, slot, weight);
        }
    }
}
