package org.sipring.proxy.core;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.sip.SipUri;

/**
 * Which URIs belong to this platform.
 *
 * @param names the platform's names
 * @param phones where phones reach this node
 */
record OurUris(EdgeNames names, InetSocketAddress phones) {
    /** Whether a Route without token leads to this proxy: what a phone is configured with as outbound proxy. */
    boolean nameTheProxy(SipUri uri) {
        boolean named = uri.host().equals(names.domain()) || uri.host().equals("proxy." + names.domain());
        return uri.user().isEmpty() && (named || names.isEdge(uri) || here(uri));
    }

    /** Whether this platform answers for a Request-URI. */
    boolean answersFor(SipUri uri) {
        return uri.host().equals(names.domain()) || here(uri);
    }

    private boolean here(SipUri uri) {
        // As addresses: IPv6 has many texts for one.
        return uri.address().filter(phones::equals).isPresent();
    }

    /** The address-of-record of a Request-URI that this platform answers for, or empty for the platform itself. */
    Optional<String> aor(SipUri uri) {
        return uri.user().isEmpty() ? Optional.empty() : Optional.of(uri.user() + '@' + names.domain());
    }
}
