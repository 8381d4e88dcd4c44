package org.sipring.proxy.core;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.sipring.sip.SipUri;
import org.sipring.sip.locate.NextHop;
import org.sipring.sip.locate.Protocol;
import org.sipring.sip.transport.Dialled;
import org.sipring.sip.transport.SipLoop;

/** Opens flows to servers of other domains. Lives in one loop. */
final class ServerDialler {
    private final Strangers strangers;
    private final SipLoop loop;

    ServerDialler(Strangers strangers, SipLoop loop) {
        this.strangers = strangers;
        this.loop = loop;
    }

    /**
     * Hears a flow to a server in this loop, perhaps at once.
     *
     * @param hop the server
     * @param domain what it must prove to be where it speaks TLS: never the server's own name, RFC 5922 section 7.3
     */
    void open(NextHop hop, String domain, Consumer<Dialled> then) {
        Optional<InetSocketAddress> address = strangers.onlyElsewhere(hop.address());
        if (address.isEmpty()) {
            then.accept(Dialled.NOBODY);
        } else if (hop.protocol() == Protocol.TLS) {
            loop.secure(address.get(), proved(domain, address.get()), then);
        } else if (hop.protocol() == Protocol.TCP) {
            loop.connect(address.get(), then);
        } else {
            then.accept(Dialled.to(loop.udp(address.get())));
        }
    }

    // A URI that names no domain is written as numbers, for which IPv6 has many texts.
    private static String proved(String domain, InetSocketAddress address) {
        return SipUri.parse("sip:" + domain).flatMap(SipUri::address).isPresent()
                ? address.getAddress().getHostAddress()
                : domain;
    }
}
