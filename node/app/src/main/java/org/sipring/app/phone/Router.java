package org.sipring.app.phone;

import java.net.InetSocketAddress;
import java.util.List;

/** Where a URI's host leads to over UDP (RFC 3263): addresses in the order to try. */
@FunctionalInterface
public interface Router {
    /**
     * Resolves.
     *
     * @param host a domain, an edge name or an address
     * @param port the URI's port, or -1 when it has none
     * @return addresses to try, best first; empty when nothing is found
     */
    List<InetSocketAddress> route(String host, int port);
}
