package org.sipring.sip.transport;

import java.net.InetAddress;
import java.util.function.BooleanSupplier;

/**
 * Who is heard, and how much of whom. There is one for each {@link SipLoop}, called in its room only and for every message:
 * what it does must be quick and bounded.
 */
public interface Door {
    /** Everybody is heard, and all of it. */
    Door OPEN = new Door() {};

    /** What becomes of a request. */
    enum Pass {
        /** It is worked on. */
        NOW,
        /** It is answered 503 with Retry-After, and nothing is kept of it. RFC 3261 section 21.5.4. */
        LATER,
        /** It is dropped, which the same section allows as well. */
        NEVER
    }

    /**
     * Tells whether anything is heard of a peer. Asked before anything is spent on what it sent: where the answer is no, a
     * datagram is dropped unread and a connection is closed.
     *
     * @param source where it came from
     * @param transport how it came; not {@link Transport#NODE}
     * @return true when it is heard
     */
    default boolean hears(InetAddress source, Transport transport) {
        return true;
    }

    /**
     * Tells whether a datagram of a peer that is heard is dropped unread, because it would be once it had been read.
     *
     * @param source where it came from
     * @param response tells whether it may be a response; asked only where that matters. None is dropped: whoever forges
     *     datagrams of a peer must not keep its answers from us, and what answers nothing costs no more than its reading
     * @return true when it is dropped
     */
    default boolean drops(InetAddress source, BooleanSupplier response) {
        return false;
    }

    /**
     * Counts a request, or something malformed, of a peer.
     *
     * @param from where it came from
     * @return what becomes of it
     */
    default Pass request(Flow from) {
        return Pass.NOW;
    }

    /**
     * Tells whether an account may ask for something now. Counts nothing.
     *
     * @param account an address-of-record, also one that nobody has proved yet
     * @return false when those who proved to be the account have asked for too much lately
     */
    default boolean bears(String account) {
        return true;
    }

    /**
     * Counts what an account asks for.
     *
     * @param account the address-of-record of somebody who has proved who it is
     * @return false when it is too much
     */
    default boolean counts(String account) {
        return true;
    }

    /**
     * Tells whether a peer may make this node ask DNS now. Counts nothing.
     *
     * @param from where its request came from
     * @return false when it has asked for too many names lately, or too many wait for their answer
     */
    default boolean mayAskNames(Flow from) {
        return true;
    }

    /**
     * Counts that a peer makes this node ask DNS.
     *
     * @param from where its request came from
     * @return what to run in this room when the answer is there, or none comes: once
     */
    default Runnable asksNames(Flow from) {
        return () -> {};
    }
}
