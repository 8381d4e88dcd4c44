package org.sipring.sip.transport;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.sip.tls.Proof;

/**
 * A way to one peer: a pair of UDP addresses, or one connection. Whether it is still open is known only by trying.
 *
 * @param transport how bytes travel
 * @param local where this node listens for the transport; what a Via of ours says
 * @param remote the peer's address as packets show it
 * @param connection names a connection for as long as this process lives; 0 for UDP
 * @param peer the node at the other end as its certificate proved it, or null when it is not a node link
 * @param proof what the certificate of another domain's server at the other end has proved
 */
public record Flow(
        Transport transport,
        InetSocketAddress local,
        InetSocketAddress remote,
        long connection,
        @Nullable NodeId peer,
        Proof proof) {

    /**
     * A flow whose other end is a node, or has proved nothing.
     *
     * @param transport how bytes travel
     * @param local where this node listens for the transport
     * @param remote the peer's address as packets show it
     * @param connection names a connection; 0 for UDP
     * @param peer the node at the other end, or null
     */
    public Flow(
            Transport transport,
            InetSocketAddress local,
            InetSocketAddress remote,
            long connection,
            @Nullable NodeId peer) {
        this(transport, local, remote, connection, peer, Proof.NOTHING);
    }

    /**
     * A UDP flow.
     *
     * @param local where this node listens
     * @param remote the peer
     * @return the flow
     */
    public static Flow udp(InetSocketAddress local, InetSocketAddress remote) {
        return new Flow(Transport.UDP, local, remote, 0, null);
    }

    /**
     * The node at the other end.
     *
     * @return its proved name, or empty when the peer is a phone
     */
    public Optional<NodeId> node() {
        return Optional.ofNullable(peer);
    }
}
