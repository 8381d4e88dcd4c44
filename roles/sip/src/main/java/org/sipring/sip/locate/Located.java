package org.sipring.sip.locate;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a request may go.
 *
 * @param hops the servers, to be tried one after the other; none when the domain has none that this node can speak to
 * @param transportAsked whether the URI itself said by which transport
 */
public record Located(List<NextHop> hops, boolean transportAsked) {
    // RFC 3261 section 18.1.1, for a path whose MTU nobody knows.
    private static final int LONGEST_DATAGRAM = 1_300;

    /** Copies the hops. */
    public Located {
        hops = List.copyOf(hops);
    }

    /**
     * The hops for a request of a size. RFC 3261 section 18.1.1: what may not fit into a datagram goes over TCP, and over
     * UDP after all where the server does not speak it.
     *
     * @param bytes the length of the request as it will be sent
     * @return the servers in the order to try them
     */
    public List<NextHop> forSize(int bytes) {
        return transportAsked || bytes <= LONGEST_DATAGRAM
                ? hops
                : hops.stream().flatMap(Located::streamFirst).distinct().toList();
    }

    private static Stream<NextHop> streamFirst(NextHop hop) {
        return hop.protocol() == Protocol.UDP
                ? Stream.of(new NextHop(Protocol.TCP, hop.address()), hop)
                : Stream.of(hop);
    }
}
