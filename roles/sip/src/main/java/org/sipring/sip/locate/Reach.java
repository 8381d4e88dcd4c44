package org.sipring.sip.locate;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * What this node can speak.
 *
 * @param protocols the protocols; the preferred first, for domains that have no preference of their own
 * @param ipv6 whether it reaches IPv6 addresses; IPv4 addresses otherwise
 */
public record Reach(List<Protocol> protocols, boolean ipv6) {
    /** Copies the protocols. */
    public Reach {
        protocols = List.copyOf(protocols);
    }

    boolean speaks(Protocol protocol) {
        return protocols.contains(protocol);
    }

    boolean reaches(InetAddress address) {
        return address instanceof Inet6Address == ipv6;
    }

    Question.Kind addresses() {
        return ipv6 ? Question.Kind.AAAA : Question.Kind.A;
    }
}
