package org.sipring.sip.transport;

import java.net.InetAddress;
import java.util.function.BooleanSupplier;
import org.sipring.sip.ParseResult;

/** Hears what arrives at one {@link SipLoop}. Called in the loop's room only. */
public interface Receiver {
    /**
     * Something arrived: a whole datagram, or one message cut out of a stream.
     *
     * @param flow where it came from; an answer goes back there
     * @param result the message, or why it is refused
     */
    void received(Flow flow, ParseResult result);

    /**
     * Tells whether anything is heard of a peer that is no node. Asked before what it sent is read.
     *
     * @param source where something came from
     * @param transport how it came
     * @return false when datagrams are to be dropped and connections to be closed
     */
    default boolean hears(InetAddress source, Transport transport) {
        return true;
    }

    /**
     * Tells whether a datagram of a peer that is heard is dropped unread.
     *
     * @param source where it came from
     * @param response tells whether it may be a response
     * @return true when it is dropped
     */
    default boolean drops(InetAddress source, BooleanSupplier response) {
        return false;
    }

    /**
     * A connection has been closed. Also called for connections that this loop only used.
     *
     * @param flow the flow that is no more
     */
    void closed(Flow flow);
}
