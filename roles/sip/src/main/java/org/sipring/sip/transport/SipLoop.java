package org.sipring.sip.transport;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.sipring.api.NodeId;
import org.sipring.api.Ticker;

/**
 * One of the rooms in which SIP messages are received, worked on and sent, from begin to end, without a change of
 * thread. All methods are called in the room, except {@link #index} and {@link #ticker}.
 */
public interface SipLoop {
    /**
     * Its number.
     *
     * @return 0 to one less than the number of loops
     */
    int index();

    /**
     * Time in this room, and the way into it.
     *
     * @return the room's ticker
     */
    Ticker ticker();

    /**
     * The way to an address over UDP.
     *
     * @param remote a resolved address
     * @return the flow from this node's own SIP port
     */
    Flow udp(InetSocketAddress remote);

    /**
     * Where this node listens.
     *
     * @param transport any transport
     * @return the address and port of the transport; those of UDP for one that is not offered
     */
    InetSocketAddress local(Transport transport);

    /**
     * Sends a message.
     *
     * @param flow where to
     * @param message its bytes; not changed afterwards
     * @return false when the connection is closed, its peer reads too slowly, or the message is longer than {@link
     *     org.sipring.sip.SipMessage#MOST_BYTES}; true promises nothing
     */
    boolean send(Flow flow, byte[] message);

    /**
     * Tells whether messages may still be sent.
     *
     * @param flow a flow of this node
     * @return false when its connection is closed, for good; true for UDP
     */
    boolean open(Flow flow);

    /**
     * Closes a connection whose peer falls silent: it has promised to send something, if only a keep-alive, before. RFC
     * 5626 section 4.4.
     *
     * @param flow a flow of this node; nothing happens where it is UDP, a node's or closed
     * @param silence how long nothing may arrive, from now on
     */
    void closeAfterSilence(Flow flow, Duration silence);

    /**
     * Finds the connection to an address, or opens one.
     *
     * @param remote a resolved address
     * @param then hears in this room, perhaps at once, what came of it
     */
    void connect(InetSocketAddress remote, Consumer<Dialled> then);

    /**
     * Finds the TLS connection to a server of another domain, or opens one. RFC 5922.
     *
     * @param remote the server; a resolved address
     * @param domain the domain that the server must prove to be, in lower case; or the server's address as numbers
     * @param then hears in this room, perhaps at once, what came of it
     */
    void secure(InetSocketAddress remote, String domain, Consumer<Dialled> then);

    /**
     * A peer allows its connection to be used for requests to it. RFC 5923 section 8.
     *
     * @param flow its connection; nothing happens where the peer has not proved who it is
     * @param port where it listens
     */
    void alias(Flow flow, int port);

    /**
     * Finds the link to a node of the platform, or opens one.
     *
     * @param node who must be at the other end
     * @param address its IP address in text form
     * @param then hears the flow in this room, perhaps at once; empty when there is no link
     */
    void link(NodeId node, String address, Consumer<Optional<Flow>> then);
}
