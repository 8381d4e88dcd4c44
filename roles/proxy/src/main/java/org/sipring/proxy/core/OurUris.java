package org.sipring.proxy.core;

import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.SipLoop;
import org.sipring.sip.transport.Transport;

/**
 * Which URIs belong to this platform.
 *
 * @param names the platform's names
 * @param loop knows where this node listens
 */
record OurUris(EdgeNames names, SipLoop loop) {
    private static final String GRUU = "gr";
    private static final Set<Transport> TRANSPORTS = EnumSet.allOf(Transport.class);

    /** Whether a Route without token leads to this proxy: what a phone is configured with as outbound proxy. */
    boolean nameTheProxy(SipUri uri) {
        boolean named = names.serves(uri.host()) || uri.host().equals("proxy." + names.domain());
        return uri.user().isEmpty() && (named || names.isEdge(uri) || here(uri));
    }

    /** Whether this platform answers for a Request-URI. */
    boolean answersFor(SipUri uri) {
        return names.serves(uri.host()) || here(uri);
    }

    private boolean here(SipUri uri) {
        // As addresses: IPv6 has many texts for one.
        return uri.address().filter(this::here).isPresent();
    }

    private boolean here(InetSocketAddress address) {
        for (Transport transport : TRANSPORTS) {
            if (address.equals(loop.local(transport))) {
                return true;
            }
        }
        return false;
    }

    /** Whom a Request-URI that this platform answers for names, or empty for the platform itself. */
    Optional<Locations.Address> address(SipUri uri) {
        Optional<String> gruu =
                uri.params().has(GRUU) ? Optional.of(uri.params().value(GRUU).orElse("")) : Optional.empty();
        return uri.user().isEmpty()
                ? Optional.empty()
                : Optional.of(new Locations.Address(uri.user() + '@' + domain(uri), gruu));
    }

    // A node's address in the place of a domain means the platform's own.
    private String domain(SipUri uri) {
        return names.serves(uri.host()) ? uri.host() : names.domain();
    }

    /** The phone that a Request-URI names, or empty where it names none or more than one. RFC 5627 section 6.1. */
    Optional<Locations.Address> phone(SipUri uri) {
        // Most phones name no GRUU, which is told sooner than whose host it is.
        return uri.params().has(GRUU) && answersFor(uri) ? address(uri) : Optional.empty();
    }
}
