/**
 * Where SIP bytes go to and come from: UDP, TCP, TLS with phones, WebSocket with browsers, and mutual TLS between the nodes.
 *
 * <p>The ports ({@link org.sipring.sip.transport.SipLoop}, {@link org.sipring.sip.transport.Receiver}) know nothing of
 * Netty, so that whole call flows run on a simulated network. {@link org.sipring.sip.transport.NettyNetwork} is the
 * real one, and this package the only one of the SIP core that sees Netty.
 */
@NullMarked
package org.sipring.sip.transport;

import org.jspecify.annotations.NullMarked;
