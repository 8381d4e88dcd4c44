package org.sipring.overlay.forming;

import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sipring.api.NodeId;

/**
 * The members that a node remembers, so that it finds them again without DNS, and so that a majority of them can form
 * the platform again.
 *
 * @param platform the platform id
 * @param generation counts the platform's membership changes upwards; of two rosters the higher one is newer
 * @param seats the members, sorted by name
 */
public record Roster(String platform, long generation, List<Seat> seats) {
    /** Sorts and copies the seats. */
    public Roster {
        seats = seats.stream().sorted(Comparator.comparing(Seat::node)).toList();
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
         * Where to call it. Never resolves a name.
         *
         * @return its address
         */
        public InetSocketAddress address() {
            return new InetSocketAddress(host, port);
        }
    }
}
