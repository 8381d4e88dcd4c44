package org.sipring.proxy;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.sipring.proxy.edge.Edge;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.proxy.registrar.Binding;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Transport;

/** Reads from a binding how its phone is reached. Pure. */
final class BindingEdge {
    // No life of a node: a connection must be opened to the contact.
    private static final long NO_BOOT = 0;

    private BindingEdge() {}

    static Edge of(String aor, Binding binding, SipUri contact, boolean anyContact) {
        FlowRef seen = binding.origin().flow();
        return new Edge(
                aor,
                binding.instance().map(String::hashCode).orElse(0),
                binding.regId().orElse(0),
                // RFC 5626 section 5.3: who asks for it is called over the flow that it keeps, and no other.
                binding.regId().isPresent() ? seen : flow(seen, contact, anyContact));
    }

    private static FlowRef flow(FlowRef seen, SipUri contact, boolean anyContact) {
        if (seen.transport() != Transport.UDP) {
            return seen;
        }
        Optional<InetSocketAddress> written = contact.address();
        if (contact.transport().filter("TCP"::equals).isPresent()) {
            return new FlowRef(seen.node(), NO_BOOT, Transport.TCP, where(written, seen, anyContact), 0);
        }
        // RFC 3261 section 10.3: the contact is where the phone wants to be called. Where it names another host than
        // the packets showed, a NAT stands between, and only the way back through the NAT leads to the phone.
        InetSocketAddress remote = where(written, seen, anyContact);
        return new FlowRef(seen.node(), seen.boot(), Transport.UDP, remote, seen.connection());
    }

    /** Never another host than the phone's: whoever may register must not make this node speak to third parties. */
    private static InetSocketAddress where(Optional<InetSocketAddress> written, FlowRef seen, boolean anyContact) {
        return written.filter(address -> anyContact || sameHost(address, seen.remote()))
                .orElse(seen.remote());
    }

    private static boolean sameHost(InetSocketAddress address, InetSocketAddress seen) {
        return address.getAddress().equals(seen.getAddress());
    }
}
