package org.sipring.api;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A node as the others see it.
 *
 * @param id its name
 * @param address its IP address in text form, without port
 * @param roles the roles that it takes now; each is permitted by its certificate
 * @param weight its capacity relative to the others, 1 to 10,000; 100 is ordinary
 * @param version the release it runs
 * @param state what it says of its service
 * @param boot a number chosen anew at each start of the node's process; tells two lives of one name apart
 * @param rank its place in the order of joining: smaller joined earlier; unique in a view
 * @param busy whether it has so much to do that others are to spare it
 */
public record Member(
        NodeId id,
        String address,
        Set<RoleName> roles,
        int weight,
        String version,
        NodeState state,
        long boot,
        long rank,
        boolean busy) {
    /** The weight of an ordinary node. */
    public static final int ORDINARY_WEIGHT = 100;

    // Enough to be heard of again by whoever asks little.
    private static final int BUSY_SHARE = 10;

    /** Copies and sorts the roles: {@link View#id} hashes the text, and {@code Set.of} orders anew in each process. */
    public Member {
        roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
        if (weight < 1 || weight > 10_000) {
            throw new IllegalArgumentException("weight " + weight + ": use 1 to 10000");
        }
    }

    /**
     * How much of what is new it is to get, relative to the others: while it is busy a tenth of its weight.
     *
     * @return 1 to 10,000
     */
    public int share() {
        return busy ? Math.max(1, weight / BUSY_SHARE) : weight;
    }

    /**
     * The same member, to be spared or not.
     *
     * @param spared whether it is
     * @return a copy
     */
    public Member spared(boolean spared) {
        return new Member(id, address, roles, weight, version, state, boot, rank, spared);
    }

    /**
     * Tells whether this member takes a role and is in service.
     *
     * @param role the role asked for
     * @return true when ready and holding the role
     */
    public boolean serves(RoleName role) {
        return state == NodeState.READY && roles.contains(role);
    }

    /**
     * The same member in another state.
     *
     * @param next the state to show
     * @return a copy
     */
    public Member in(NodeState next) {
        return new Member(id, address, roles, weight, version, next, boot, rank, busy);
    }

    /**
     * The same member taking other roles.
     *
     * @param taken the roles to show
     * @return a copy
     */
    public Member taking(Set<RoleName> taken) {
        return new Member(id, address, taken, weight, version, state, boot, rank, busy);
    }

    /**
     * The same member in another life of its process.
     *
     * @param life the boot to show
     * @return a copy
     */
    public Member born(long life) {
        return new Member(id, address, roles, weight, version, state, life, rank, busy);
    }

    /**
     * The same member elsewhere in the order of joining.
     *
     * @param place the rank to show
     * @return a copy
     */
    public Member ranked(long place) {
        return new Member(id, address, roles, weight, version, state, boot, place, busy);
    }
}
