package org.sipring.sip.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.function.Function;
import org.sipring.api.NodeId;
import org.sipring.api.Ticker;

/** The open sockets of one node, and the loops that work on what arrives there. */
public interface SipNetwork extends AutoCloseable {
    /**
     * Where phones reach this node, over UDP and TCP.
     *
     * @return the address with the port really taken
     */
    InetSocketAddress phones();

    /**
     * Where other nodes reach this node.
     *
     * @return the address with the port really taken
     */
    InetSocketAddress nodes();

    /**
     * How many connections there are. Callable from any thread.
     *
     * @return phones and nodes together
     */
    int connections();

    /**
     * Closes the links to nodes that are no longer there, so that what waits for them goes another way. Callable from
     * any thread.
     *
     * @param alive the nodes that are
     */
    void keepLinks(Set<NodeId> alive);

    /** Closes all sockets at once. */
    @Override
    void close();

    /** Opens networks. */
    @FunctionalInterface
    interface Opener {
        /**
         * Opens the sockets. May block until they are open.
         *
         * @param settings where to listen
         * @param credentials what the node proves itself with
         * @param clock whose {@code now} and {@code nanos} may be read from any thread
         * @param receivers makes the receiver of each loop; called once for each before anything arrives
         * @return the open network
         * @throws IOException when a port cannot be had; says which
         */
        SipNetwork open(
                NetworkSettings settings, Credentials credentials, Ticker clock, Function<SipLoop, Receiver> receivers)
                throws IOException;
    }
}
