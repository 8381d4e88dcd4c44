package org.sipring.sip.locate;

import java.net.InetSocketAddress;

/**
 * One server to try.
 *
 * @param protocol how to speak to it
 * @param address where it listens; resolved
 */
public record NextHop(Protocol protocol, InetSocketAddress address) {}
