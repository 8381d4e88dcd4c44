package org.sipring.proxy.core;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sipring.sip.locate.Located;
import org.sipring.sip.locate.NextHop;

/**
 * The servers of another domain that a request may be sent to.
 *
 * @param located those
 * @param none what the caller is told where there are none
 */
record Servers(Located located, int none) {
    /** All that were found. */
    static Servers all(Located located) {
        return new Servers(located, 404);
    }

    /** The same, but for some that may not be called so. */
    Servers without(Predicate<InetAddress> barred) {
        List<NextHop> hops = located.hops().stream()
                .filter(hop -> !barred.test(hop.address().getAddress()))
                .toList();
        return hops.size() == located.hops().size()
                ? this
                : new Servers(new Located(hops, located.transportAsked()), 403);
    }

    /** Where they are. */
    static Set<InetAddress> addresses(Located located) {
        return located.hops().stream().map(hop -> hop.address().getAddress()).collect(Collectors.toUnmodifiableSet());
    }
}
