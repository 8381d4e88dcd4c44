package org.sipring.sip.transport;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The open connections whose other ends have proved which domains they are, by the address that they are reached at: a
 * request goes over one of them before another is opened. Callable from any thread.
 */
final class ProvedFlows {
    // A peer that opens one after the other, each with the same alias, gains nothing.
    private static final int MOST_AT_AN_ADDRESS = 8;

    private final Predicate<Flow> alive;
    private final Map<InetSocketAddress, List<Flow>> open = new ConcurrentHashMap<>();
    // By connection, each of which leads to one address: so there are no more of either than there are connections.
    private final Map<Long, Lead> leads = new ConcurrentHashMap<>();

    /**
     * Where a connection leads.
     *
     * @param where the address
     * @param opened whether this node opened it, to that address
     */
    private record Lead(InetSocketAddress where, boolean opened) {}

    /** For connections of which it can be told, from any thread, whether they are still open. */
    ProvedFlows(Predicate<Flow> alive) {
        this.alive = alive;
    }

    /** This node has opened a connection to an address. */
    void opened(InetSocketAddress where, Flow flow) {
        add(new Lead(where, true), flow);
    }

    /**
     * The peer of a connection says that it leads to an address, RFC 5923 section 8. Its last word counts: each request may
     * name another port. A connection of our own leads where we opened it to.
     */
    void alias(InetSocketAddress where, Flow flow) {
        add(new Lead(where, false), flow);
    }

    private synchronized void add(Lead lead, Flow flow) {
        Lead known = leads.get(flow.connection());
        if (known != null && known.opened()) {
            return;
        }
        if (known != null && !known.equals(lead)) {
            remove(flow);
        }
        leads.put(flow.connection(), lead);
        open.merge(
                lead.where(),
                List.of(flow),
                (here, fresh) -> here.contains(flow)
                        ? here
                        : Stream.concat(fresh.stream(), here.stream())
                                .limit(MOST_AT_AN_ADDRESS)
                                .toList());
        if (!alive.test(flow)) {
            // It closed meanwhile, and nobody will say so again.
            remove(flow);
        }
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
                .filter(alive)
                .findFirst();
    }

    /** A connection has been closed, whatever its other end had proved: the address in its certificate may be all. */
    synchronized void remove(Flow flow) {
        Lead lead = leads.remove(flow.connection());
        if (lead == null) {
            return;
        }
        List<Flow> rest = open.getOrDefault(lead.where(), List.of()).stream()
                .filter(one -> !one.equals(flow))
                .toList();
        if (rest.isEmpty()) {
            open.remove(lead.where());
        } else {
            open.put(lead.where(), rest);
        }
    }

    /** How many addresses are remembered. */
    int addresses() {
        return open.size();
    }
}
