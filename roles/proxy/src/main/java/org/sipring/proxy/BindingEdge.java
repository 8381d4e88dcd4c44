package org.sipring.proxy;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.sipring.proxy.edge.Edge;
import org.sipring.proxy.edge.Literal;
import org.sipring.proxy.registrar.Binding;
import org.sipring.proxy.registrar.Place;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Transport;

/** Reads from a binding how its phone is reached. Pure. */
final class BindingEdge {
    // No life of a node: a connection must be opened to the contact.
    private static final long NO_BOOT = 0;

    private BindingEdge() {}

    static Edge of(String aor, Binding binding, boolean anyContact) {
        Place place = binding.place();
        SipUri uri = binding.uri();
        Optional<InetSocketAddress> written = Literal.of(uri);
        boolean datagrams = place.transport() == Transport.UDP;
        if (datagrams && uri.transport().filter("TCP"::equals).isPresent()) {
            return edge(aor, binding, Transport.TCP, written.orElse(place.remote()), NO_BOOT);
        }
        InetSocketAddress remote = datagrams
                ? written.filter(address -> anyContact || sameHost(address, place))
                        .orElse(place.remote())
                : place.remote();
        return edge(aor, binding, place.transport(), remote, place.boot());
    }

    // RFC 3261 section 10.3: the contact is where the phone wants to be called. Where it names another host than the
    // packets showed, a NAT stands between, and only the way back through the NAT leads to the phone.
    private static boolean sameHost(InetSocketAddress address, Place place) {
        return address.getAddress().equals(place.remote().getAddress());
    }

    private static Edge edge(String aor, Binding binding, Transport transport, InetSocketAddress remote, long boot) {
        return new Edge(
                aor,
                binding.instance().map(String::hashCode).orElse(0),
                binding.regId().orElse(0),
                binding.place().node(),
                boot,
                transport,
                remote,
                boot == NO_BOOT ? 0 : binding.place().connection());
    }
}
