package org.sipring.sip.locate;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.sipring.sip.SipUri;

/**
 * What a URI says of its server.
 *
 * @param host the TARGET of RFC 3263 section 4: the {@code maddr} parameter where there is one, the host otherwise
 * @param number its address where it is written as numbers
 * @param port the port, or -1 where none is written
 * @param transport the transport parameter in upper case, where there is one
 * @param secure whether the URI is {@code sips}
 */
record Wanted(String host, Optional<InetAddress> number, int port, Optional<String> transport, boolean secure) {
    static Wanted of(SipUri uri) {
        String host = uri.maddr().orElse(uri.host());
        Optional<InetAddress> number =
                SipUri.parse("sip:" + host).flatMap(SipUri::address).map(InetSocketAddress::getAddress);
        return new Wanted(host, number, uri.port(), uri.transport(), uri.secure());
    }

    boolean hasPort() {
        return port >= 0;
    }

    int portFor(Protocol protocol) {
        return hasPort() ? port : protocol.port();
    }

    /**
     * The protocol that the URI decides, by its parameter, its numbers or its port. RFC 3263 section 4.1; empty where DNS
     * decides, or where the parameter asks for what this software does not know.
     */
    Optional<Protocol> protocol() {
        if (transport.isPresent()) {
            return Protocol.ofTransport(transport.get(), secure);
        }
        return number.isPresent() || hasPort() ? Optional.of(usual()) : Optional.empty();
    }

    /** What is spoken where neither the URI nor DNS says. */
    Protocol usual() {
        return secure ? Protocol.TLS : Protocol.UDP;
    }
}
