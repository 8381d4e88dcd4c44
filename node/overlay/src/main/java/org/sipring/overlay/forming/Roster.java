package org.sipring.overlay.forming;

import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sipring.api.NodeId;

/**
 * The members that a node remembers, so that it finds them again without DNS, and so that a majority of them can form
 * the platform again.
 *
 * @param platform the platform id
 * @param generation counts the platform's membership changes upwards; of two rosters the higher one is newer
 * @param seats the members, sorted by name: a majority of them may form
 * @param former members before, the latest first: they have no vote, but whoever died last must find the others
 */
public record Roster(String platform, long generation, List<Seat> seats, List<Seat> former) {
    private static final int FORMER = 32;

    /** Sorts and copies the seats. */
    public Roster {
        seats = seats.stream().sorted(Comparator.comparing(Seat::node)).toList();
        former = List.copyOf(former);
    }

    /**
     * A roster without a past.
     *
     * @param platform the platform id
     * @param generation counts the platform's membership changes upwards
     * @param seats the members
     */
    public Roster(String platform, long generation, List<Seat> seats) {
        this(platform, generation, seats, List.of());
    }

    /**
     * This roster, remembering who was on an earlier one.
     *
     * @param before the roster until now
     * @return one with former members
     */
    public Roster after(Roster before) {
        Set<NodeId> present = names();
        List<Seat> gone = Stream.concat(before.seats().stream(), before.former().stream())
                .filter(seat -> !present.contains(seat.node()))
                .limit(FORMER)
                .toList();
        return new Roster(platform, generation, seats, gone);
    }

    /**
     * Where members may be.
     *
     * @return the addresses of present and former members
     */
    public List<InetSocketAddress> addresses() {
        return Stream.concat(seats.stream(), former.stream()).map(Seat::address).toList();
    }

    /**
     * The names.
     *
     * @return sorted
     */
    public Set<NodeId> names() {
        return seats.stream().map(Seat::node).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * A remembered member.
     *
     * @param node its name
     * @param host its IP address in text form
     * @param port its overlay port
     */
    public record Seat(NodeId node, String host, int port) {
        /**
         * Where to call it.
         *
         * @return its address
         */
        public InetSocketAddress address() {
            return new InetSocketAddress(host, port);
        }
    }
}
