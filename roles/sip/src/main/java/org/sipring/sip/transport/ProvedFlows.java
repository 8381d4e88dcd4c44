package org.sipring.sip.transport;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The open connections whose other ends have proved which domains they are, by the address that they are reached at: a
 * request goes over one of them before another is opened. Callable from any thread.
 */
final class ProvedFlows {
    // A peer that opens one after the other, each with the same alias, gains nothing.
    private static final int MOST_AT_AN_ADDRESS = 8;

    private final Map<InetSocketAddress, List<Flow>> open = new ConcurrentHashMap<>();

    /** A connection leads to an address: it was opened to it, or its peer said so (RFC 5923 section 8). */
    void add(InetSocketAddress where, Flow flow) {
        open.merge(
                where,
                List.of(flow),
                (known, fresh) -> known.contains(flow)
                        ? known
                        : Stream.concat(fresh.stream(), known.stream())
                                .limit(MOST_AT_AN_ADDRESS)
                                .toList());
    }

    /**
     * A connection to a server of a domain.
     *
     * @param where the server
     * @param domain what it must have proved; an address as numbers is whoever has proved anything there, since the other
     *     side of a call names it in the place of a domain that it has proved before
     */
    Optional<Flow> find(InetSocketAddress where, String domain) {
        List<Flow> here = open.getOrDefault(where, List.of());
        boolean number = where.getAddress().getHostAddress().equals(domain);
        return here.stream()
                .filter(flow -> number || flow.proof().domains().contains(domain))
                .findFirst();
    }

    /** A connection has been closed. */
    void remove(Flow flow) {
        if (flow.proof().domains().isEmpty()) {
            return;
        }
        open.replaceAll((where, flows) -> flows.contains(flow)
                ? flows.stream().filter(one -> !one.equals(flow)).toList()
                : flows);
        open.values().removeIf(List::isEmpty);
    }
}
